import type { CallAnswer, PokedexBridge } from '../../preload/contract/calls';
import type { ErrorShape } from '../../preload/contract/errors';
import {
  CALL_ANSWERED,
  CALL_HEADER,
  KEY_HEADER,
  KEY_NAME,
} from '../../preload/contract/host-session';
import { ownId } from '../own-id';
import { EventLine, type Heard } from './event-line';
import type { Said } from './event-worker';
import { LaterCalls } from './later-calls';

/** What the bridge tells of the host itself. */
export interface HostNews {
  /** The host does not answer. */
  lost(error: ErrorShape): void;
  /** The host is heard again: what it told meanwhile was missed. */
  back(): void;
}

const TOO_LARGE: ErrorShape = {
  code: 'usage',
  message: 'This is too large to be handed to the app.',
  hint: 'Choose less of it.',
};

const AWAY: ErrorShape = {
  code: 'engine-died',
  message: 'The app behind this page does not answer.',
  hint: 'Start it again with pokedex serve, and open the link it prints.',
};

const REFUSED: ErrorShape = {
  code: 'engine-died',
  message: 'The app was started again and does not know this page any more.',
  hint: 'Open the link that pokedex serve printed (Enter prints a new one); this page then goes on by itself.',
};

/** Beyond it browsers refuse a request that is to outlive its page. */
const MOST_KEPT_ALIVE = 60_000;

/** The bridge over HTTP, where the renderer runs in a browser. */
export function httpBridge(news: HostNews): PokedexBridge {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  let key = storedKey();
  let say: ((said: Said) => void) | null = null;

  const later = new LaterCalls();

  const hear = (heard: Heard) => {
    // What is told while the line is down is missed, and a host that was started again knows no call.
    if (heard.kind !== 'event') later.askAll();
    if (heard.kind === 'lost') {
      news.lost(heard.refused ? REFUSED : AWAY);
      if (heard.refused) renewKey();
    } else if (heard.kind === 'opened') {
      if (heard.again) news.back();
    } else if (heard.name === CALL_ANSWERED) {
      later.answered(String(heard.payload));
    } else {
      for (const listener of listeners.get(heard.name) ?? []) listener(heard.payload as never);
    }
  };

  /** True where another tab has entered the host since. */
  function renewKey(): boolean {
    const stored = storedKey();
    if (stored === key) return false;
    key = stored;
    say?.({ kind: 'listen', key });
    return true;
  }

  function listen(): void {
    if (say !== null) return;
    say = openLine(hear);
    say({ kind: 'listen', key });
    window.addEventListener('storage', ({ key: name }) => {
      if (name !== KEY_NAME || !renewKey()) return;
      // The line may have come back by the other tab's key before this one knew it: what was asked
      // then was refused.
      later.askAll();
      news.back();
    });
    window.addEventListener('pagehide', () => {
      for (const id of later.ids) void post(`forget/${id}`, '', true).catch(() => {});
      say?.({ kind: 'leave' });
    });
    window.addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return;
      say?.({ kind: 'listen', key });
      later.askAll();
      news.back();
    });
  }

  async function post(
    path: string,
    body: string,
    keepalive: boolean,
    id: string | null = null,
  ): Promise<Response> {
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      [KEY_HEADER]: key ?? '',
    };
    if (id !== null) headers[CALL_HEADER] = id;
    return fetch(`/${path}`, { method: 'POST', headers, body, keepalive });
  }

  /**
   * A browser opens six connections to a host, for all its tabs together. A call that takes long
   * gives its own back (202) and is asked for once the event stream tells that it is answered.
   */
  async function answerOf(name: string, body: string): Promise<Response> {
    const id = ownId();
    // A window that closes right after a change still keeps it.
    const keepalive = name === 'settings.save' && body.length < MOST_KEPT_ALIVE;
    try {
      let told = later.told(id);
      let response = await post(`call/${name}`, body, keepalive, id);
      if (response.status === 202) listen();
      while (response.status === 202) {
        await told;
        told = later.told(id);
        response = await post(`answer/${id}`, '', false);
      }
      return response;
    } finally {
      later.ended(id);
    }
  }

  const call: PokedexBridge['call'] = async (name, request) => {
    try {
      const body = JSON.stringify(request);
      let response = await answerOf(name, body);
      if (response.status === 403 && renewKey()) response = await answerOf(name, body);
      if (response.status === 403) return { ok: false, error: REFUSED };
      // The host was started again meanwhile.
      if (response.status === 404) return { ok: false, error: AWAY };
      return response.status === 413 ? { ok: false, error: TOO_LARGE } : await response.json();
    } catch {
      return { ok: false, error: AWAY };
    }
  };

  return {
    call,
    async openDropped(files) {
      const { handedTogether, handOver } = await import('./hand-over');
      let answer: CallAnswer<'datasets.open'> = { ok: true, result: { kind: 'cancelled' } };
      for (const together of handedTogether(files)) {
        const id = ownId();
        const problem = await handOver(id, together, key ?? '');
        if (problem !== null) return { ok: false, error: problem };
        answer = await call('datasets.open', { from: 'upload', id });
        if (!answer.ok) return answer;
      }
      return answer;
    },
    on(name, listener) {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known);
      known.add(listener as (payload: never) => void);
      listen();
      return () => known.delete(listener as (payload: never) => void);
    },
  };
}

/** Null where this browser did not enter by a link, or keeps nothing. */
function storedKey(): string | null {
  try {
    return window.localStorage.getItem(KEY_NAME);
  } catch {
    return null;
  }
}

/** The line that all tabs share; a line of its own in a browser without shared workers. */
function openLine(hear: (heard: Heard) => void): (said: Said) => void {
  const own = () => {
    const line = new EventLine(hear);
    return (said: Said) => {
      if (said.kind === 'listen') line.use(said.key);
    };
  };
  if (typeof SharedWorker === 'undefined') return own();
  const worker = new SharedWorker(new URL('./event-worker.ts', import.meta.url), {
    type: 'module',
    name: 'pokedex-events',
  });
  let said: Said | null = null;
  let instead: ((said: Said) => void) | null = null;
  // Its script could not be loaded.
  worker.addEventListener('error', () => {
    instead ??= own();
    if (said !== null) instead(said);
  });
  worker.port.onmessage = ({ data }: MessageEvent<Heard>) => hear(data);
  return (next) => {
    said = next;
    if (instead === null) worker.port.postMessage(next);
    else instead(next);
  };
}
