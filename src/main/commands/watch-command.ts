import { Command, InvalidArgumentError } from 'commander';
import { counted } from '../../preload/contract/counts';
import { type AppError, cancelled } from '../../preload/contract/errors';
import { PERIOD_HINT, periodMs } from '../../preload/contract/period';
import { isIncomplete } from '../../preload/contract/reports';
import { sourceKind } from '../../preload/contract/source-kinds';
import { dataPaths } from '../base/data-folder';
import { FolderLook } from '../folder/folder-look';
import { incompleteGather } from '../pipeline/incomplete-gather';
import { runRefresh } from '../refresh';
import { SYSTEM_CLOCK } from '../updates/clock';
import { type FolderWatchOptions, LIST_EVERY_MS, watchFolder } from '../updates/folder-watch';
import { RunLedger } from '../updates/run-ledger';
import { watch, type WatchEvent } from '../updates/watch';
import { localTime } from './local-time';
import { deliverMessages, whileDelivering } from './deliver-messages';
import {
  type GatherFlags,
  gatherOptions,
  type ProcessFlags,
  processOptions,
  wholeNumber,
  withCommon,
  withGather,
  withProcess,
} from './options';
import { leftLines } from './folder-words';
import { asAppError, exitCodeOf, printError, printJsonLine, printLine, printNote } from './output';
import { humanDuration } from './terminal';
import { examples, gatherSentence, processSentence, shown } from './pipeline-commands';

type WatchFlags = GatherFlags & ProcessFlags & { every: number; times?: number };

/** Keeps refreshing: what was missed is made up for once, and a failure is tried again ever later. */
export function watchCommand(signal: AbortSignal): Command {
  return withProcess(withGather(withCommon(new Command('watch'))))
    .description('keep refreshing; what happens is told line by line')
    .option(
      '--every <time>',
      'how often, of a folder how often it is listed: hourly, daily, weekly, or a time like 90s, 30m, 24h, 7d',
      period,
      periodMs('daily'),
    )
    .option('--times <n>', 'end after so many runs', wholeNumber(1, 1_000_000))
    .addHelpText('after', examples(['pokedex watch', 'pokedex watch --every 6h --times 4 --json']))
    .action(async (flags: WatchFlags, command: Command) => {
      const { json = false, source, data } = flags;
      const options = {
        everyMs: flags.every,
        times: flags.times ?? null,
        clock: SYSTEM_CLOCK,
        refresh: () => refreshed(flags, signal),
        // A wrong flag stays wrong.
        isHopeless: (error: AppError) => exitCodeOf(error) === 2,
        tell: json ? tellJson : tellPerson,
        signal,
      };
      const watched = whileDelivering(data, () =>
        sourceKind(source) === 'folder'
          ? watchedFolder(options, flags, command.getOptionValueSource('every') === 'cli')
          : watch({ ...options, ledger: new RunLedger(dataPaths(data).runs) }),
      );
      const failure = await watched.catch((error: unknown) => {
        throw signal.aborted ? cancelled() : error;
      });
      await deliverMessages(flags.data, signal);
      if (failure !== null) process.exitCode = exitCodeOf(failure);
    });
}

/** `--every` says how often the folder is listed, which costs little, so that it is done often by itself. */
async function watchedFolder(
  options: Omit<FolderWatchOptions, 'lookAt'>,
  { source, data }: WatchFlags,
  isAsked: boolean,
) {
  const look = new FolderLook(source, data);
  return watchFolder({
    ...options,
    everyMs: isAsked ? options.everyMs : LIST_EVERY_MS,
    lookAt: () => look.look(),
  });
}

async function refreshed(flags: WatchFlags, signal: AbortSignal) {
  try {
    return await shown(flags, (display) =>
      runRefresh({ ...gatherOptions(flags), scheduled: true }, processOptions(flags), {
        report: display.report,
        signal,
      }),
    );
  } catch (error) {
    throw asAppError(error);
  }
}

function tellJson(told: WatchEvent): void {
  const { event } = told;
  switch (event) {
    case 'waiting':
      return printJsonLine({ event, ...times(told.next), failures: told.failures });
    case 'watching':
      return printJsonLine({ event, every_ms: told.everyMs });
    case 'held':
      return printJsonLine({ event, ...times(told.next), error: told.by.toShape() });
    case 'missed':
      return printJsonLine({ event, runs: told.runs, since: new Date(told.since).toISOString() });
    case 'started':
      return printJsonLine({ event, at: new Date(told.at).toISOString() });
    case 'done':
      return printJsonLine({ event, ...told.report });
    case 'skipped':
      return printJsonLine({ event });
    case 'failed':
      return printJsonLine({ event, error: told.error.toShape() });
  }
}

function times(next: number) {
  return { next: new Date(next).toISOString(), next_local: localTime(next) };
}

function tellPerson(told: WatchEvent): void {
  switch (told.event) {
    case 'waiting': {
      const again = told.failures === 0 ? 'Next refresh' : 'Tried again';
      return printLine(`${again}: ${localTime(told.next)}.`);
    }
    case 'watching':
      return printLine(
        `Nothing new; the folder is listed every ${humanDuration(told.everyMs)}, and sooner where something changes.`,
      );
    case 'held':
      return printNote(`${told.by.message} Tried again: ${localTime(told.next)}.`);
    case 'missed':
      return printLine(
        `${counted(told.runs, 'run')} missed since ${localTime(told.since)}; one refresh makes up for it.`,
      );
    case 'started':
    case 'skipped':
      return;
    case 'done': {
      const { report } = told;
      printLine(gatherSentence(report));
      if (isIncomplete(report)) {
        return printError(incompleteGather(report), false);
      }
      if (report.folder !== undefined) for (const line of leftLines(report.folder)) printNote(line);
      if (report.documents > 0) printLine(processSentence(report));
      for (const note of report.notes) printNote(note);
      return;
    }
    case 'failed':
      return printError(told.error, false);
  }
}

function period(text: string): number {
  const ms = periodMs(text);
  if (ms === null) throw new InvalidArgumentError(PERIOD_HINT);
  return ms;
}
