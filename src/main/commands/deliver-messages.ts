import { dataPaths } from '../base/data-folder';
import { hostError } from '../base/host-error';
import { alertsSettled, evaluateSoon } from '../updates/alerts/evaluate-folder';
import { DeliveryLoop } from '../webhooks/delivery-loop';
import { Outbox } from '../webhooks/outbox';
import { printNote } from './output';

/** As long as one try may take. */
const AT_MOST_MS = 15_000;

/**
 * Tries the messages to webhooks that are due, once and after a command's report. Whatever comes of it,
 * the command has done its work.
 */
export async function deliverMessages(data: string, signal: AbortSignal): Promise<void> {
  // What was published may make alerts fire, and those are messages too.
  await alertsSettled();
  if (signal.aborted) return;
  const outbox = new Outbox(dataPaths(data).deliveries);
  try {
    await outbox.deliverDue(AbortSignal.any([signal, AbortSignal.timeout(AT_MOST_MS)]));
    if ((await outbox.nextDue()) === null) return;
    printNote(
      'Not every message to a webhook could be delivered; the app or pokedex watch tries again.',
    );
  } catch (error) {
    noteFailure(error);
  }
}

/** Others publish too, and data become stale by waiting. */
const HOLD_ALERTS_EVERY_MS = 60_000;

/** Delivers messages, and holds the alerts, for as long as `work` takes. */
export async function whileDelivering<T>(data: string, work: () => Promise<T>): Promise<T> {
  const loop = new DeliveryLoop(new Outbox(dataPaths(data).deliveries), noteFailure);
  loop.start();
  const hold = () => evaluateSoon(data);
  hold();
  const holding = setInterval(hold, HOLD_ALERTS_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(holding);
    await loop.close();
  }
}

function noteFailure(error: unknown): void {
  const known = hostError(error, 'The folder of messages to webhooks');
  if (known === null) throw error;
  printNote(`Messages to webhooks: ${known.message}`);
}
