import type { ScheduleState } from '../../preload/contract/calls';
import { counted } from './counts';
import { formatMoment } from './dates';

/** `Next refresh: 29 Nov 2026, 09:00.` Empty where none is planned. */
export function nextWords({ next }: ScheduleState): string {
  return next === null ? '' : `Next refresh: ${formatMoment(next)}.`;
}

/** `The last 2 tries failed.` Empty where none did. */
export function failedWords({ failures }: ScheduleState): string {
  if (failures === 0) return '';
  return failures === 1
    ? 'The last try failed.'
    : `The last ${counted(failures, 'try', 'tries')} failed.`;
}

/** `3 runs were missed since 25 Nov 2026, 09:00.` Empty where none was. */
export function missedWords({ missed }: ScheduleState): string {
  if (missed === null) return '';
  const were = missed.runs === 1 ? 'was' : 'were';
  return `${counted(missed.runs, 'run')} ${were} missed since ${formatMoment(missed.since)}.`;
}
