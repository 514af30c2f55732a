import type {
  CallInput,
  CallName,
  CallResults,
  EventName,
  Events,
  PokedexBridge,
} from '../preload/contract/calls';
import { AppError } from '../preload/contract/errors';
import { noteAnswer } from './state/connection';

declare global {
  interface Window {
    /** Put there by the preload script; absent in the browser host. */
    pokedex?: PokedexBridge;
  }
}

/** The browser host reads a call's text up to a limit. */
const TOO_LARGE = {
  ok: false as const,
  error: {
    code: 'usage' as const,
    message: 'This is too large to be handed to the app.',
    hint: 'Choose less of it.',
  },
};

/** The same bridge over HTTP, where the renderer runs in a browser. */
function httpBridge(): PokedexBridge {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  let source: EventSource | null = null;
  const listen = () => {
    source ??= new EventSource('/events');
    source.onmessage = (message: MessageEvent<string>) => {
      const { name, payload } = JSON.parse(message.data) as { name: string; payload: never };
      for (const listener of listeners.get(name) ?? []) listener(payload);
    };
  };
  return {
    async call(name, request) {
      try {
        const response = await fetch(`/call/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(request),
        });
        return response.status === 413 ? TOO_LARGE : await response.json();
      } catch {
        return {
          ok: false,
          error: {
            code: 'engine-died',
            message: 'The app behind this page does not answer.',
            hint: 'Start it again with pokedex serve, then reload the page.',
          },
        };
      }
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

const bridge = window.pokedex ?? httpBridge();

/** Calls main. Rejects with AppError. */
export async function call<Name extends CallName>(
  name: Name,
  request: CallInput<Name>,
): Promise<CallResults[Name]> {
  const answer = await bridge.call(name, request);
  const error = answer.ok ? null : AppError.fromShape(answer.error);
  if (name === 'explore.query') noteAnswer(error);
  if (answer.ok) return answer.result;
  throw error;
}

/** Listens to what main tells unasked; returns how to stop. */
export function on<Name extends EventName>(
  name: Name,
  listener: (payload: Events[Name]) => void,
): () => void {
  return bridge.on(name, listener);
}
