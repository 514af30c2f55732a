import type { Delivery } from '../../../preload/contract/deliveries';
import { counted } from '../../words/counts';
import { formatMoment } from '../../words/dates';

export const STATE_WORDS: Record<Delivery['state'], string> = {
  waiting: 'waiting',
  delivered: 'delivered',
  failed: 'failed',
  'endpoint-off': 'endpoint off',
  ended: 'ended',
};

/** `3 tries, the last on 28 Nov 2026, 21:15: answered 503. Next try: 28 Nov 2026, 21:20.` */
export function triesText(delivery: Delivery): string {
  const { ended } = delivery;
  return ended === null
    ? triedText(delivery)
    : `${triedText(delivery)} Not sent any more: ${ended}.`;
}

function triedText({ attempts, next, state }: Delivery): string {
  const last = attempts.at(-1);
  if (last === undefined) return next === null ? 'Not tried yet.' : `Due: ${formatMoment(next)}.`;
  const outcome = last.outcome ?? 'is being sent';
  const tries =
    attempts.length === 1 ? '1 try' : `${counted(attempts.length, 'try', 'tries')}, the last`;
  const words = `${tries} on ${formatMoment(last.at)}: ${outcome}.`;
  if (state === 'endpoint-off') return `${words} The endpoint wants no more messages.`;
  return next === null || last.outcome === null
    ? words
    : `${words} Next try: ${formatMoment(next)}.`;
}
