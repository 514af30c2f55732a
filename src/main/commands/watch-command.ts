import { Command, InvalidArgumentError } from 'commander';
import { counted } from '../../preload/contract/counts';
import { cancelled } from '../../preload/contract/errors';
import { PERIOD_HINT, periodMs } from '../../preload/contract/period';
import { isIncomplete } from '../../preload/contract/reports';
import { dataPaths } from '../base/data-folder';
import { incompleteGather } from '../pipeline/incomplete-gather';
import { runRefresh } from '../refresh';
import { SYSTEM_CLOCK } from '../updates/clock';
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
import { asAppError, exitCodeOf, printError, printJsonLine, printLine, printNote } from './output';
import { examples, gatherSentence, processSentence, shown } from './pipeline-commands';

type WatchFlags = GatherFlags & ProcessFlags & { every: number; times?: number };

/** Keeps refreshing: what was missed is made up for once, and a failure is tried again ever later. */
export function watchCommand(signal: AbortSignal): Command {
  return withProcess(withGather(withCommon(new Command('watch'))))
    .description('keep refreshing; what happens is told line by line')
    .option(
      '--every <time>',
      'hourly, daily, weekly, or a time like 90s, 30m, 24h, 7d',
      period,
      periodMs('daily'),
    )
    .option('--times <n>', 'end after so many runs', wholeNumber(1, 1_000_000))
    .addHelpText('after', examples(['pokedex watch', 'pokedex watch --every 6h --times 4 --json']))
    .action(async (flags: WatchFlags) => {
      const { json = false } = flags;
      const watched = whileDelivering(flags.data, () =>
        watch({
          everyMs: flags.every,
          times: flags.times ?? null,
          ledger: new RunLedger(dataPaths(flags.data).runs),
          clock: SYSTEM_CLOCK,
          refresh: () => refreshed(flags, signal),
          // A wrong flag stays wrong.
          isHopeless: (error) => exitCodeOf(error) === 2,
          tell: json ? tellJson : tellPerson,
          signal,
        }),
      );
      const failure = await watched.catch((error: unknown) => {
        throw signal.aborted ? cancelled() : error;
      });
      await deliverMessages(flags.data, signal);
      if (failure !== null) process.exitCode = exitCodeOf(failure);
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
      printLine(processSentence(report));
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
