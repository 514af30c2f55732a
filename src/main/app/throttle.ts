/** Passes values on at most once every `everyMs`; the last one always arrives. */
export class Throttle<T> {
  private next: { value: T } | null = null;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly everyMs: number,
    private readonly pass: (value: T) => void,
  ) {}

  push(value: T): void {
    if (this.timer !== null) {
      this.next = { value };
      return;
    }
    this.pass(value);
    this.timer = setTimeout(() => this.due(), this.everyMs);
  }

  /** Forgets what has not been passed on yet. */
  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.next = null;
  }

  private due(): void {
    this.timer = null;
    const next = this.next;
    this.next = null;
    if (next !== null) this.push(next.value);
  }
}
