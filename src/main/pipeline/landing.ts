import type { DataPaths } from '../base/data-folder';
import { checkDocument } from './check-document';
import { textRoom } from './json-scanner';
import { LandingStore } from './landing-store';
import { lengthOf } from './pieces';

/** Where bodies become documents on disk: checked, durable, byte for byte. */
export interface Landing {
  /**
   * Lands one body, given in pieces, which are the landing's own from then on.
   *
   * Rejects with FetchProblem for a body that is not document `id`, with the system's error
   * where the disk fails.
   */
  land(id: number, body: readonly Buffer[]): Promise<void>;
  /** Waits for nothing: only after every `land` has settled. */
  close(): Promise<void>;
}

/** Lands in the calling thread. The folders have to be there (`LandingStore.prepare`). */
export class LocalLanding implements Landing {
  private readonly store: LandingStore;

  constructor(paths: DataPaths) {
    this.store = new LandingStore(paths);
  }

  async land(id: number, body: readonly Buffer[]): Promise<void> {
    checkDocument(joined(body), id);
    await this.store.land(body, id);
  }

  async close(): Promise<void> {}
}

/** Where the check reads it in place; good until the next call. */
function joined(body: readonly Buffer[]): Buffer {
  const bytes = textRoom(lengthOf(body));
  let at = 0;
  for (const piece of body) at += piece.copy(bytes, at);
  return bytes;
}
