import type { Delivery } from '../../preload/contract/deliveries';
import { humanCount } from '../../preload/contract/counts';
import { dataPaths } from '../base/data-folder';
import { Outbox } from '../webhooks/outbox';
import { deliverMessages } from './deliver-messages';
import { localTime } from './local-time';
import type { CommonOptions } from './options';
import { printJson, printLine } from './output';
import { printTable } from './print-table';

/** What the commands about messages to webhooks do. */

export async function listDeliveries({ data, json }: CommonOptions): Promise<void> {
  const deliveries = await outboxOf(data).list();
  if (json) return printJson(deliveries);
  if (deliveries.length === 0) return printLine('Nothing was sent to a webhook yet.');
  printTable(
    ['id', 'state', 'tries', 'last', 'next try', 'endpoint'],
    deliveries.map((each) => [
      each.id,
      each.state.replace('-', ' '),
      humanCount(each.attempts.length),
      lastOf(each),
      each.next === null ? '' : localTime(Date.parse(each.next)),
      each.url,
    ]),
  );
}

export async function replayDelivery(
  id: string,
  flags: CommonOptions,
  signal: AbortSignal,
): Promise<void> {
  await outboxOf(flags.data).replay(id);
  await sendAndTell(id, flags, signal);
}

export async function resumeEndpoint(
  id: string,
  flags: CommonOptions,
  signal: AbortSignal,
): Promise<void> {
  await outboxOf(flags.data).switchOn(id);
  await sendAndTell(id, flags, signal);
}

async function sendAndTell(
  id: string,
  { data, json }: CommonOptions,
  signal: AbortSignal,
): Promise<void> {
  await deliverMessages(data, signal);
  const delivery = (await outboxOf(data).list()).find((each) => each.id === id) ?? null;
  if (json) return printJson(delivery);
  if (delivery !== null) printLine(`${id}: ${delivery.url} ${lastOf(delivery) || 'is due'}.`);
}

function lastOf({ attempts }: Delivery): string {
  const last = attempts.at(-1);
  return last === undefined ? '' : (last.outcome ?? 'is being sent');
}

function outboxOf(data: string): Outbox {
  return new Outbox(dataPaths(data).deliveries);
}
