import { type FSWatcher, watch } from 'node:fs';

/** More folders than these are not watched: the listing finds what is in them a little later. */
const MOST_FOLDERS = 200;
/** What is written for so long is taken up all the same. */
const LONGEST_UNREST_MS = 2_000;
const REST_MS = 250;

/**
 * The system's word that something in some folders may have changed. Only a hint to list them: events get
 * lost, and some file systems have none. `POKEDEX_FOLDER_EVENTS=off` does without.
 */
export class FolderHints {
  private readonly watched = new Map<string, FSWatcher>();
  private first: number | null = null;
  private last = 0;
  private onHint = () => {};

  /** Watches these from now on, and no others. */
  follow(folders: readonly string[]): void {
    if (process.env['POKEDEX_FOLDER_EVENTS'] === 'off') return;
    const wanted = new Set(folders.slice(0, MOST_FOLDERS));
    for (const folder of this.watched.keys()) if (!wanted.has(folder)) this.drop(folder);
    for (const folder of wanted) if (!this.watched.has(folder)) this.add(folder);
  }

  /** Resolves after so many milliseconds; sooner, once files were changed and have rested for a moment. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    const until = performance.now() + ms;
    for (;;) {
      signal.throwIfAborted();
      const now = performance.now();
      const rested =
        this.first === null ? until : Math.min(this.last + REST_MS, this.first + LONGEST_UNREST_MS);
      const at = Math.min(until, rested);
      if (now >= at) break;
      await this.hintWithin(at - now, signal);
    }
    this.first = null;
  }

  close(): void {
    for (const folder of [...this.watched.keys()]) this.drop(folder);
  }

  private add(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, () => this.hint());
      this.watched.set(folder, watcher);
      // As where the folder went away, or the system watches no more: the listing goes on.
      watcher.on('error', () => this.drop(folder));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }

  private drop(folder: string): void {
    this.watched.get(folder)?.close();
    this.watched.delete(folder);
  }

  private hint(): void {
    this.last = performance.now();
    this.first ??= this.last;
    this.onHint();
  }

  private hintWithin(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.onHint = () => {};
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
      this.onHint = done;
    });
  }
}
