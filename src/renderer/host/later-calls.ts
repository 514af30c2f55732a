/** Calls that are still to be answered, and what has each of them ask whether it is. */
export class LaterCalls {
  private readonly waiting = new Map<string, () => void>();

  /** Resolves once there is reason to ask for that call's answer. */
  told(id: string): Promise<void> {
    return new Promise((resolve) => this.waiting.set(id, resolve));
  }

  /** The host says that it has the answer. */
  answered(id: string): void {
    this.waiting.get(id)?.();
  }

  /** Something the host said may have been missed. */
  askAll(): void {
    for (const ask of this.waiting.values()) ask();
  }

  ended(id: string): void {
    this.waiting.delete(id);
  }

  get ids(): string[] {
    return [...this.waiting.keys()];
  }
}
