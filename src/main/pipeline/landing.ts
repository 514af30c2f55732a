import type { DataPaths } from '../base/data-folder';
import { checkDocument } from './check-document';
import { LandingStore } from './landing-store';
import { lengthOf } from './pieces';

/** Where bodies become documents on disk: checked, durable, byte for byte. */
export interface Landing {
  /**
   * Lands one body, given in pieces, which are the landing's own from then on. Rejects with FetchProblem for a body that is not document `id`, with the system's error where
   * the disk fails.
   */
  land(id: number, body: readonly Buffer[]): Promise<void>;
  /** Waits for nothing: only after every `land` has settled. */
  close(): Promise<void>;
}

/** Lands in the calling thread. The folders have to be there (`LandingStore.prepare`). */
export class LocalLanding implements Landing {
  private readonly store: LandingStore;
  /** Bodies are joined here, one after the other: no new memory for each. */
  private scratch = Buffer.alloc(256 * 1024);

  constructor(paths: DataPaths) {
    this.store = new LandingStore(paths);
  }

  async land(id: number, body: readonly Buffer[]): Promise<void> {
    const bytes = this.joined(body);
    checkDocument(bytes, id);
    const received = this.store.receive(bytes);
    await this.store.accept(received, id);
  }

  async close(): Promise<void> {}

  /** Good until the next call. */
  private joined(body: readonly Buffer[]): Buffer {
    const length = lengthOf(body);
    if (length > this.scratch.length) this.scratch = Buffer.alloc(length);
    let at = 0;
    for (const piece of body) at += piece.copy(this.scratch, at);
    return this.scratch.subarray(0, length);
  }
}
