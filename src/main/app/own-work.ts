/** Work that pages began and may end: each its own, by the id it gave. */
export class OwnWork {
  private readonly running = new Map<string, AbortController>();

  /** `signal` aborts once the page cancels that id, or is `gone`. */
  async run<T>(
    id: string,
    gone: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const abort = new AbortController();
    const end = () => abort.abort();
    if (gone.aborted) end();
    gone.addEventListener('abort', end);
    this.running.set(id, abort);
    try {
      return await work(abort.signal);
    } finally {
      gone.removeEventListener('abort', end);
      if (this.running.get(id) === abort) this.running.delete(id);
    }
  }

  cancel(id: string): void {
    this.running.get(id)?.abort();
  }
}
