import { Command } from 'commander';
import { counted, humanCount } from '../../preload/contract/counts';
import { printable, shortened } from '../../preload/contract/printable';
import {
  type Failure,
  type GatherReport,
  isIncomplete,
  type Missing,
  type ProcessReport,
} from '../../preload/contract/reports';
import { folderSentence, leftLines } from './folder-words';
import { incompleteGather } from '../pipeline/incomplete-gather';
import { runGather, runProcess, runRefresh } from '../refresh';
import { deliverMessages } from './deliver-messages';
import {
  type GatherFlags,
  gatherOptions,
  type ProcessFlags,
  processOptions,
  withCommon,
  withGather,
  withProcess,
} from './options';
import { exitCodeOf, printError, printJson, printLine, printNote } from './output';
import { noteOutcome } from './output-failure';
import { humanBytes, humanDate, humanDuration, progressDisplay } from './terminal';

/** gather, process, refresh: what writes to the data folder. */
export function pipelineCommands(signal: AbortSignal): Command[] {
  return [gatherCommand(signal), processCommand(signal), refreshCommand(signal)];
}

function gatherCommand(signal: AbortSignal): Command {
  return withGather(withCommon(new Command('gather')))
    .description('land every document of the source as raw JSON')
    .addHelpText('after', examples(['pokedex gather', 'pokedex gather --source bundled']))
    .action(async (flags: GatherFlags) => {
      const report = await shown(flags, (display) =>
        runGather(gatherOptions(flags), { report: display.report, signal }),
      );
      noteOutcome('What was gathered has landed.');
      if (flags.json) printJson(report);
      else printLine(gatherSentence(report));
      endGather(report, flags.json === true);
    });
}

function processCommand(signal: AbortSignal): Command {
  return withProcess(withCommon(new Command('process')))
    .description('turn landed documents into tables and pokemon.parquet')
    .addHelpText('after', examples(['pokedex process', 'pokedex process --games red,blue']))
    .action(async (flags: ProcessFlags, command: Command) => {
      const report = await shown(flags, (display) =>
        runProcess(processOptions(flags), { report: display.report, signal }),
      );
      noteOutcome(publishedSentence(report));
      if (flags.json) printJson(report);
      else printProcessed(report, command);
      await deliverMessages(flags.data, signal);
    });
}

function refreshCommand(signal: AbortSignal): Command {
  return withProcess(withGather(withCommon(new Command('refresh'))))
    .description('gather, then process')
    .addHelpText(
      'after',
      examples([
        'pokedex refresh',
        'pokedex refresh --source bundled --data ./data',
        'pokedex refresh --source folder:./documents',
        'pokedex refresh --games all --concurrency 8 --json',
      ]),
    )
    .action(async (flags: GatherFlags & ProcessFlags, command: Command) => {
      const report = await shown(flags, (display) =>
        runRefresh(gatherOptions(flags), processOptions(flags), {
          report: display.report,
          signal,
        }),
      );
      noteOutcome(publishedSentence(report));
      if (flags.json) printJson(report);
      else {
        printLine(gatherSentence(report));
        if (!isIncomplete(report) && report.documents > 0) printProcessed(report, command);
      }
      endGather(report, flags.json === true);
      await deliverMessages(flags.data, signal);
    });
}

export async function shown<T>(
  flags: { json?: true },
  work: (display: ReturnType<typeof progressDisplay>) => Promise<T>,
): Promise<T> {
  const display = progressDisplay(flags.json === true);
  try {
    return await work(display);
  } finally {
    display.stop();
  }
}

/** Says what is missing, and ends with the code for it where nothing is published for that. */
function endGather(report: GatherReport, json: boolean): void {
  const { failed, missing, refusal, folder } = report;
  if (!json && folder !== undefined) for (const line of leftLines(folder)) printNote(line);
  if (failed.length === 0) return;
  const isAllowed = !isIncomplete(report);
  const error = incompleteGather(report);
  if (!isAllowed) process.exitCode = exitCodeOf(error);
  if (json) return;
  const words = isAllowed ? missing.map((each) => ({ ...each, reason: usedWords(each) })) : failed;
  // A failure of the source as a whole is reported in one sentence.
  if (refusal === null || refusal.documents < failed.length) {
    for (const line of failureLines(words)) printNote(`  ${line}`);
  }
  if (!isAllowed) return printError(error, false);
  if (refusal !== null) printNote(refusal.message);
  printNote(`${counted(missing.length, 'document')} did not arrive, which was allowed.`);
}

function usedWords({ reason, used }: Missing): string {
  return `${reason}; ${used === 'left out' ? 'left out' : 'the copy from before is used'}`;
}

/** From this many on, failures are grouped by their reason, with one example each. */
const MOST_LINES = 20;
const LONGEST_NAME = 80;
const LONGEST_REASON = 300;

function failureLines(failures: readonly Failure[]): string[] {
  if (failures.length <= MOST_LINES) return failures.map(failureLine);
  const byReason = new Map<string, Failure[]>();
  for (const failure of failures) {
    const known = byReason.get(failure.reason);
    if (known === undefined) byReason.set(failure.reason, [failure]);
    else known.push(failure);
  }
  const groups = [...byReason.values()].sort((a, b) => b.length - a.length);
  const lines = groups.slice(0, MOST_LINES).map((group) => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group.map(failureLine).join();
    return `${humanCount(group.length)} documents, such as ${failureLine(first)}`;
  });
  const rest = groups.length - lines.length;
  return rest > 0 ? [...lines, `and others for ${counted(rest, 'more reason')}`] : lines;
}

function failureLine({ id, name, url, reason }: Failure): string {
  const shown = name === undefined ? [] : [shortened(name, LONGEST_NAME)];
  const subject = [...(id === undefined ? [] : [id]), ...shown].join(' ') || 'a list entry';
  const at = url === undefined ? '' : ` (${shortened(url, LONGEST_REASON)})`;
  return printable(`${subject}: ${shortened(reason, LONGEST_REASON)}${at}`);
}

export function gatherSentence(report: GatherReport): string {
  if (report.folder !== undefined) return folderSentence(report, report.folder);
  const parts = [`${counted(report.fetched, 'document')} fetched`];
  if (report.not_modified > 0) parts.push(`${humanCount(report.not_modified)} unchanged`);
  if (report.resumed > 0) parts.push(`${humanCount(report.resumed)} already landed`);
  if (report.fresh > 0) parts.push(`${humanCount(report.fresh)} still fresh`);
  if (report.removed > 0) parts.push(`${humanCount(report.removed)} removed`);
  if (report.retries > 0) parts.push(counted(report.retries, 'retry', 'retries'));
  const from =
    report.source === 'bundled'
      ? `the bundled snapshot of ${humanDate(report.gathered_at)} (${report.origin})`
      : report.source;
  return `${humanCount(report.listed)} listed by ${from}: ${parts.join(', ')} (${humanBytes(report.bytes)}, ${humanDuration(report.duration_ms)}).`;
}

function printProcessed(report: ProcessReport, command: Command): void {
  printLine(processSentence(report));
  for (const note of report.notes) printNote(note);
  const typed = command.getOptionValueSource('games') === 'cli';
  if (!typed || report.unmatched_games.length === 0) return;
  const games = report.unmatched_games.join(', ');
  printNote(`No document names ${games}: misspelt, or not in this source.`);
}

function publishedSentence({ version, published }: ProcessReport): string {
  if (version !== null) return `Version ${version} was published all the same.`;
  return published ? 'pokemon.parquet was written again all the same.' : 'Nothing was published.';
}

export function processSentence(report: ProcessReport): string {
  const games = report.games === 'all' ? 'all games' : report.games.join(', ');
  const scope = `${humanCount(report.in_scope)} of ${humanCount(report.documents)} Pokémon in scope (${games})`;
  if (report.version === null) {
    const why = report.published ? 'pokemon.parquet was written again' : 'nothing was published';
    return `${scope}; nothing changed, ${why}.`;
  }
  return `${scope}; version ${report.version}: ${humanCount(report.inserted)} inserted, ${humanCount(report.updated)} updated, ${humanCount(report.deleted)} deleted.`;
}

export function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}
