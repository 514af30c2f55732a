import { EVENT_NAMES } from '../preload/contract/bridge';
import type {
  CallInput,
  CallName,
  CallResults,
  DroppedFile,
  EventName,
  Events,
  PokedexBridge,
  StartState,
} from '../preload/contract/calls';
import { AppError } from '../preload/contract/errors';
import { httpBridge } from './host/http-bridge';

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
const ended = new Set<(error: AppError | null) => void>();

let known: PokedexBridge | undefined;

/** The preload script's, or the browser host's, which is made when it is first needed. */
function bridge(): PokedexBridge {
  known ??=
    window.pokedex ??
    httpBridge({
      lost: (error) => tellEnded(AppError.fromShape(error)),
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
  if (name === 'explore.ask') tellEnded(error);
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

/** What was told of an event before anything listened to it. */
const early = new Map<EventName, { told: unknown[]; stop(): void }>();
let asked: Promise<StartState> | null = null;

/** Asks for the state of things while the page's own code is still loaded; what is told waits for it. */
export function askStart(): void {
  for (const name of EVENT_NAMES) {
    const told: unknown[] = [];
    early.set(name, { told, stop: bridge().on(name, (payload) => void told.push(payload)) });
  }
  asked = call('app.start', {});
  // It is the taker's to handle.
  asked.catch(() => {});
}

/**
 * The state of things: first what the page's start asked for, from then on asked again. Whoever follows
 * main listens by now; for others nothing is kept any longer.
 */
export function startState(): Promise<StartState> {
  const first = asked ?? call('app.start', {});
  asked = null;
  for (const { stop } of early.values()) stop();
  early.clear();
  return first;
}

/** Listens to what main tells unasked; returns how to stop. */
export function on<Name extends EventName>(
  name: Name,
  listener: (payload: Events[Name]) => void,
): () => void {
  const before = early.get(name);
  early.delete(name);
  before?.stop();
  const stop = bridge().on(name, listener);
  for (const payload of before?.told ?? []) listener(payload as Events[Name]);
  return stop;
}

/** Listens to main being heard again after it was not: what it told meanwhile was missed. */
export function onReturn(listener: () => void): void {
  returned.add(listener);
}

/** Listens to how each question of the cards ended, and to main not being heard; null where it was answered. */
export function onEnded(listener: (error: AppError | null) => void): void {
  ended.add(listener);
}

function tellEnded(error: AppError | null): void {
  for (const listener of ended) listener(error);
}
