import type {
  CallInput,
  CallName,
  CallResults,
  DroppedFile,
  EventName,
  Events,
  PokedexBridge,
} from '../preload/contract/calls';
import { AppError } from '../preload/contract/errors';
import { httpBridge } from './host/http-bridge';
import { noteAnswer } from './state/connection';

declare global {
  interface Window {
    /** Put there by the preload script; absent in the browser host. */
    pokedex?: PokedexBridge;
  }
}

/** Whether the page is a window of Electron's, with its menu and dialogs; else a browser's tab. */
export function inElectron(): boolean {
  return window.pokedex !== undefined;
}

const returned = new Set<() => void>();

let known: PokedexBridge | undefined;

/** The preload script's, or the browser host's, which is made when it is first needed. */
function bridge(): PokedexBridge {
  known ??=
    window.pokedex ??
    httpBridge({
      lost: (error) => noteAnswer(AppError.fromShape(error)),
      back: () => {
        for (const listener of returned) listener();
      },
    });
  return known;
}

/** Calls main. Rejects with AppError. */
export async function call<Name extends CallName>(
  name: Name,
  request: CallInput<Name>,
): Promise<CallResults[Name]> {
  const answer = await bridge().call(name, request);
  const error = answer.ok ? null : AppError.fromShape(answer.error);
  if (name === 'explore.ask') noteAnswer(error);
  if (answer.ok) return answer.result;
  throw error;
}

/** Opens files that were dropped on the page or chosen in it. Rejects with AppError. */
export async function openDropped(
  files: readonly DroppedFile[],
): Promise<CallResults['datasets.open']> {
  const answer = await bridge().openDropped(files);
  if (answer.ok) return answer.result;
  throw AppError.fromShape(answer.error);
}

/** Listens to what main tells unasked; returns how to stop. */
export function on<Name extends EventName>(
  name: Name,
  listener: (payload: Events[Name]) => void,
): () => void {
  return bridge().on(name, listener);
}

/** Listens to main being heard again after it was not: what it told meanwhile was missed. */
export function onReturn(listener: () => void): void {
  returned.add(listener);
}
