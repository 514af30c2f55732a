import { KEY_HEADER } from '../../preload/contract/host-session';

/** What a page hears over the line. */
export type Heard =
  | { kind: 'event'; name: string; payload: unknown }
  /** The line is open: for the first time, or again after it was lost. */
  | { kind: 'opened'; again: boolean }
  /** The host does not answer, or does not know the key. It is tried again meanwhile. */
  | { kind: 'lost'; refused: boolean };

const TRY_AGAIN_MS = 1000;

/** The host's event stream, opened again whenever it ends; by a fetch, which can carry the key. */
export class EventLine {
  private key: string | null = null;
  private newKey = () => {};
  private running = false;
  private opened = false;

  constructor(private readonly tell: (heard: Heard) => void) {}

  /** Begins with the first key; a later one is tried at once where the one before was refused. */
  use(key: string | null): void {
    if (key === this.key && this.running) return;
    this.key = key;
    this.newKey();
    if (this.running) return;
    this.running = true;
    void this.keepOpen();
  }

  private async keepOpen(): Promise<never> {
    for (let failed = 0; ;) {
      const key = this.key;
      const ended = await this.listen(key);
      failed = ended === 'closed' ? 0 : failed + 1;
      if (ended === 'refused') {
        this.tell({ kind: 'lost', refused: true });
        if (this.key === key) await new Promise<void>((resolve) => (this.newKey = resolve));
        continue;
      }
      // One failure is a hiccup, as after a sleep of the machine; two are told.
      if (failed === 2) this.tell({ kind: 'lost', refused: false });
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  }

  private async listen(key: string | null): Promise<'closed' | 'failed' | 'refused'> {
    try {
      const response = await fetch('/events', { headers: { [KEY_HEADER]: key ?? '' } });
      if (response.status === 403) return 'refused';
      if (!response.ok || response.body === null) return 'failed';
      this.tell({ kind: 'opened', again: this.opened });
      this.opened = true;
      await this.read(response.body);
      return 'closed';
    } catch {
      // The connection broke, or none came about.
      return 'failed';
    }
  }

  private async read(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const messages = (text + value).split('\n\n');
      text = messages.pop() ?? '';
      for (const message of messages) {
        if (!message.startsWith('data: ')) continue;
        const { name, payload } = JSON.parse(message.slice(6)) as {
          name: string;
          payload: unknown;
        };
        this.tell({ kind: 'event', name, payload });
      }
    }
  }
}
