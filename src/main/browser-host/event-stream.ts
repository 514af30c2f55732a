import type { ServerResponse } from 'node:http';
import { STANDING_EVENTS } from '../../preload/contract/bridge';
import { CALL_ANSWERED } from '../../preload/contract/host-session';
import type { EventName, Events } from '../../preload/contract/calls';

/** Keeps what stands between from taking a silent connection for a dead one. */
const PING_EVERY_MS = 15_000;
/** A browser that is only starting its line again is back by then. */
const SILENT_AFTER_MS = 15_000;
/** Browsers at once: all tabs of one share a stream. More is not a person. */
const MAX_STREAMS = 64;

/**
 * Server-Sent Events to every browser that shows the app. What came since a page's data was asked
 * for must not be missed, so what still holds is told again to a new one.
 */
export class EventStreams {
  private readonly streams = new Set<ServerResponse>();
  private readonly latest = new Map<EventName, string>();
  private readonly timer = setInterval(() => this.write(': ping\n\n'), PING_EVERY_MS).unref();

  private silence: NodeJS.Timeout | null = null;

  /** `silent` is called once no browser has listened for a while. */
  constructor(private readonly silent: () => void) {}

  /** False where there are too many already. */
  add(response: ServerResponse): boolean {
    if (this.streams.size >= MAX_STREAMS) return false;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.write(': open\n\n');
    for (const message of this.latest.values()) response.write(message);
    this.streams.add(response);
    if (this.silence !== null) clearTimeout(this.silence);
    response.on('close', () => {
      this.streams.delete(response);
      if (this.streams.size > 0) return;
      if (this.silence !== null) clearTimeout(this.silence);
      this.silence = setTimeout(this.silent, SILENT_AFTER_MS).unref();
    });
    return true;
  }

  /** The call of that id has its answer. */
  tellAnswered(id: string): void {
    this.write(`data: ${JSON.stringify({ name: CALL_ANSWERED, payload: id })}\n\n`);
  }

  emit<Name extends EventName>(name: Name, payload: Events[Name]): void {
    const message = `data: ${JSON.stringify({ name, payload })}\n\n`;
    if (STANDING_EVENTS.includes(name)) this.latest.set(name, message);
    this.write(message);
  }

  close(): void {
    clearInterval(this.timer);
    for (const stream of this.streams) stream.end();
  }

  private write(text: string): void {
    for (const stream of this.streams) stream.write(text);
  }
}
