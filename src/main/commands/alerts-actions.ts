import { stat } from 'node:fs/promises';
import { type AlertEntry, type AlertRule, LONGEST_RULE } from '../../preload/contract/alerts';
import { counted, humanCount } from '../../preload/contract/counts';
import { decodeText } from '../../preload/contract/decode-text';
import { AppError } from '../../preload/contract/errors';
import { dataPaths } from '../base/data-folder';
import { isMissing } from '../base/durable-file';
import { systemCode } from '../base/host-error';
import { readBytes } from '../base/read-text';
import { alertsOf } from '../updates/alerts/alerts';
import { dryRunSummary } from '../updates/alerts/firing-words';
import { readPokemonRule } from '../updates/alerts/rule-files';
import { Outbox } from '../webhooks/outbox';
import { localTime } from './local-time';
import type { CommonOptions } from './options';
import { printJson, printLine, printNote } from './output';
import { printTable } from './print-table';

/** What the commands of alerts do. */

/** As long as one try may take. */
const AT_MOST_MS = 15_000;

export async function listAlerts({ data, json }: CommonOptions): Promise<void> {
  const entries = await alertsOf(data).list();
  if (json) return printJson(entries);
  if (entries.length === 0) return printLine('There are no alerts.');
  printTable(
    ['id', 'state', 'fired', 'channels', 'title'],
    entries.map((entry) => [
      entry.id,
      entry.state,
      humanCount(entry.fired),
      entry.channels.map((to) => (to.kind === 'webhook' ? to.origin : to.kind)).join(' '),
      entry.title,
    ]),
  );
  for (const { id, problem } of entries) if (problem !== null) printNote(`${id}: ${problem}`);
}

export async function addAlert(file: string, { data, json }: CommonOptions): Promise<void> {
  const rule = await readRuleFile(file);
  const alerts = alertsOf(data);
  const id = await alerts.add(rule);
  const entry = await entryOf(data, id);
  if (json) return printJson(entry);
  printLine(`${id}: “${rule.title}” was added. It begins with the next version.`);
}

export async function removeAlert(id: string, { data, json }: CommonOptions): Promise<void> {
  await noteQueued(id, data);
  await alertsOf(data).remove(id);
  if (json) return printJson({ id, removed: true });
  printLine(`${id} was removed.`);
}

/** What ends with a rule is said before. */
async function noteQueued(id: string, data: string): Promise<void> {
  const entry = (await alertsOf(data).list()).find((each) => each.id === id);
  const queued = entry?.queued ?? 0;
  if (queued > 0)
    printNote(
      `${counted(queued, 'message')} that ${queued === 1 ? 'waits' : 'wait'} to be sent will not be sent.`,
    );
}

export async function switchAlert(
  id: string,
  on: boolean,
  { data, json }: CommonOptions,
): Promise<void> {
  if (!on) await noteQueued(id, data);
  await alertsOf(data).switch(id, on);
  if (json) return printJson(await entryOf(data, id));
  printLine(on ? `${id} is on. It begins with the next version.` : `${id} is off.`);
}

export async function testAlert(
  id: string,
  { data, json }: CommonOptions,
  signal: AbortSignal,
): Promise<void> {
  const alerts = alertsOf(data);
  const firing = await alerts.test(id);
  const { channels } = await entryOf(data, id);
  const outbox = new Outbox(dataPaths(data).deliveries);
  await outbox.deliverDue(AbortSignal.any([signal, AbortSignal.timeout(AT_MOST_MS)]));
  const deliveries = (await outbox.list()).filter((each) => each.id.startsWith(`${firing.id}-`));
  if (json) return printJson({ id, test: firing.id, channels, deliveries });
  const kinds = channels.map(({ kind }) => (kind === 'desktop' ? 'the desktop' : 'a webhook'));
  printLine(
    kinds.length === 0
      ? 'The rule has no channels: the test is in the list of the app alone.'
      : `A test went to ${kinds.join(' and ')}.`,
  );
  for (const { url, state, attempts } of deliveries) {
    const outcome = attempts.at(-1)?.outcome ?? null;
    if (state !== 'delivered') {
      printNote(`${url} ${outcome ?? 'was not asked'}; the app or pokedex watch tries again.`);
    }
  }
  if (channels.some(({ kind }) => kind === 'desktop')) {
    printNote('Notifications of the desktop are shown by the app while it runs.');
  }
}

/** Until `until` (ms since 1970) what it fires is listed and not sent; null ends it. */
export async function snoozeAlert(
  id: string,
  until: number | null,
  { data, json }: CommonOptions,
): Promise<void> {
  await alertsOf(data).snooze(id, until === null ? null : new Date(until).toISOString());
  if (json) return printJson(await entryOf(data, id));
  printLine(
    until === null
      ? `${id} is sent again.`
      : `${id} is snoozed until ${localTime(until)}: what it fires is listed and not sent.`,
  );
}

export async function dryRunAlert(file: string, { data, json }: CommonOptions): Promise<void> {
  const rule = await readRuleFile(file);
  const { firings, versions, untold, checksSince } = await alertsOf(data).dryRun(rule);
  if (untold.length > 0) {
    printNote(
      `The changes of ${counted(untold.length, 'version')} can no longer be told: ${untold.join(', ')}.`,
    );
  }
  if (rule.on.stale_for !== undefined) {
    printNote(
      checksSince === null
        ? 'No check that found nothing new is recorded yet: this goes by the versions alone.'
        : `Checks that found nothing new are known from ${localTime(checksSince)} on.`,
    );
  }
  if (json) return printJson(firings);
  for (const firing of firings) {
    const { version, timestamp, grouped_with: root, settled_in: settled } = firing;
    const grouped = root === undefined ? '' : ` (back and forth with version ${root})`;
    const over = settled === undefined ? '' : ` (back and forth until version ${settled})`;
    const what = dryRunSummary(rule, firing);
    printLine(`v${version} ${timestamp.slice(0, 16)}  ${what}${grouped}${over}`);
  }
  printLine(
    rule.on.stale_for === undefined
      ? `It would have fired in ${firings.length} of ${counted(versions, 'version')}.`
      : `It would have fired ${counted(firings.length, 'time')} since the oldest version kept.`,
  );
}

async function entryOf(data: string, id: string): Promise<AlertEntry> {
  const entry = (await alertsOf(data).list()).find((each) => each.id === id);
  if (entry === undefined) throw new AppError('internal', 'The alert is gone.');
  return entry;
}

async function readRuleFile(path: string): Promise<AlertRule> {
  let text: string;
  try {
    // A file that is larger still is no rule; what it holds is not read.
    const isLarge = (await stat(path)).size > LONGEST_RULE * 4;
    text = isLarge ? ' '.repeat(LONGEST_RULE + 1) : decodeText(await readBytes(path));
  } catch (cause) {
    const isFolder = systemCode(cause) === 'EISDIR';
    throw new AppError('bad-alert', `The rule file ${path} cannot be read.`, {
      hint: isMissing(cause)
        ? 'There is no such file.'
        : isFolder
          ? 'It is a folder.'
          : 'Check its permissions.',
      cause,
    });
  }
  return readPokemonRule(text);
}
