import type { EventName } from './calls';

/** Where the bridge stands on `window`. */
export const BRIDGE_NAME = 'pokedex';

/** Electron's one channel for calls. Events travel on channels of their own names. */
export const CALL_CHANNEL = 'call';

/** Electron's channel for the paths of dropped files, which only the preload script learns. */
export const DROP_CHANNEL = 'drop';

const EVENTS: Record<EventName, true> = {
  'refresh.changed': true,
  'schedule.changed': true,
  'alerts.changed': true,
  'dataset.changed': true,
  'datasets.changed': true,
  'columns.corrected': true,
  'export.progressed': true,
  'engine.restarted': true,
  'sprites.changed': true,
  'settings.changed': true,
  'deliveries.changed': true,
  'protection.changed': true,
  'trouble.told': true,
  'command.chosen': true,
};

/** The events a renderer may listen to, and main may send; free of schemas, so preload stays small. */
export function isEventName(name: unknown): name is EventName {
  return typeof name === 'string' && Object.hasOwn(EVENTS, name);
}

/** Every event there is. */
export const EVENT_NAMES = Object.keys(EVENTS) as EventName[];

/** Events that tell how things are, rather than what happens: the last one holds until the next. */
export const STANDING_EVENTS: readonly EventName[] = [
  'dataset.changed',
  'datasets.changed',
  'refresh.changed',
  'schedule.changed',
  'sprites.changed',
  'settings.changed',
];
