import { STANDING_EVENTS } from '../../preload/contract/bridge';
import { EventLine, type Heard } from './event-line';

/** What a page tells this worker. */
export type Said = { kind: 'listen'; key: string | null } | { kind: 'leave' };

/**
 * One event stream for all tabs of a browser: it opens six connections to a host and no more, so
 * with a stream in every tab the sixth tab would leave none for calls.
 */
const pages = new Set<MessagePort>();
/** What still holds, for a page that comes later. */
const standing = new Map<string, Heard>();
let state: Heard | null = null;

const line = new EventLine((heard) => {
  if (heard.kind === 'event') {
    if ((STANDING_EVENTS as readonly string[]).includes(heard.name))
      standing.set(heard.name, heard);
  } else {
    state = heard;
    // The host tells what holds each time the line is opened.
    standing.clear();
  }
  for (const page of pages) page.postMessage(heard);
});

const scope = globalThis as unknown as {
  onconnect: ((event: { ports: readonly MessagePort[] }) => void) | null;
};

scope.onconnect = ({ ports: [page] }) => {
  if (page === undefined) return;
  page.onmessage = ({ data }: MessageEvent<Said>) => {
    if (data.kind === 'leave') return void pages.delete(page);
    const isNew = !pages.has(page);
    pages.add(page);
    if (isNew) {
      // From here on it hears what is told: of what came before, it has to ask.
      if (state !== null)
        page.postMessage(state.kind === 'opened' ? { ...state, again: false } : state);
      for (const heard of standing.values()) page.postMessage(heard);
    }
    line.use(data.key);
  };
};
