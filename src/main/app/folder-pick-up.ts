import { sourceKind } from '../../preload/contract/source-kinds';
import type { RefreshReport } from '../../preload/contract/reports';
import { FolderLook } from '../folder/folder-look';
import { SYSTEM_CLOCK } from '../updates/clock';
import { LIST_EVERY_MS, watchFolder } from '../updates/folder-watch';

/** How long to wait where the watch itself could not go on. */
const BEGIN_AGAIN_MS = 60_000;

/** While a folder is the source: takes up what comes to it, with a schedule or without. */
export class FolderPickUp {
  private source = '';
  private stop = new AbortController();
  private ended: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly data: string,
    /** Rejects with AppError, `locked` while another refresh runs. */
    private readonly refresh: () => Promise<RefreshReport>,
    /** Called with what kept it from going on. */
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Goes by another source from now on; a refresh that runs is not ended by that. */
  set(source: string): void {
    if (source === this.source || this.closed) return;
    this.source = source;
    this.stop.abort();
    const { signal } = (this.stop = new AbortController());
    this.ended = this.ended.then(async () => {
      if (sourceKind(source) === 'folder') await this.run(source, signal);
    });
  }

  /** Resolves once nothing of it runs any more. */
  async close(): Promise<void> {
    this.closed = true;
    this.stop.abort();
    await this.ended;
  }

  private async run(source: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const look = new FolderLook(source, this.data);
        await watchFolder({
          everyMs: LIST_EVERY_MS,
          times: null,
          clock: SYSTEM_CLOCK,
          lookAt: () => look.look(),
          refresh: this.refresh,
          // The folder may come back; the refresh says what is wrong.
          isHopeless: () => false,
          tell: () => {},
          signal,
        });
      } catch (error) {
        if (signal.aborted) return;
        this.failed(error);
        await SYSTEM_CLOCK.sleep(BEGIN_AGAIN_MS, signal).catch(() => {});
      }
    }
  }
}
