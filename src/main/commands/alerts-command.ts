import { Command, InvalidArgumentError, Option } from 'commander';
import { AppError } from '../../preload/contract/errors';
import { PERIOD_HINT, periodMs } from '../../preload/contract/period';
import { listDeliveries, replayDelivery, resumeEndpoint } from './delivery-actions';
import { type CommonOptions, withCommon } from './options';
import { examples } from './pipeline-commands';

/**
 * Rules on what a new version changed: which there are, and what they would have fired. What they do is
 * loaded when one runs: DuckDB takes long to load.
 */
export function alertsCommand(signal: AbortSignal): Command {
  const alerts = new Command('alerts').description('rules that tell what a new version changed');
  const part = (name: string, description: string) =>
    withCommon(new Command(name)).description(description);
  return alerts
    .addHelpText('after', examples(['pokedex alerts list', 'pokedex alerts dry-run left.json']))
    .addCommand(
      part('list', 'the rules, their state and how often they fired').action(
        async (flags: CommonOptions) => {
          const { listAlerts } = await import('./alerts-actions');
          return listAlerts(flags);
        },
      ),
    )
    .addCommand(
      part('add', 'add the rule of a file; it begins with the next version')
        .argument('<file>', 'a rule as JSON; docs/updates.md says what it can hold')
        .action(async (file: string, flags: CommonOptions) => {
          const { addAlert } = await import('./alerts-actions');
          return addAlert(file, flags);
        }),
    )
    .addCommand(
      part('remove', 'remove a rule')
        .argument('<id>', 'as list shows it')
        .action(async (id: string, flags: CommonOptions) => {
          const { removeAlert } = await import('./alerts-actions');
          return removeAlert(id, flags);
        }),
    )
    .addCommand(
      part('enable', 'switch a rule on; it begins with the next version')
        .argument('<id>', 'as list shows it')
        .action(async (id: string, flags: CommonOptions) => {
          const { switchAlert } = await import('./alerts-actions');
          return switchAlert(id, true, flags);
        }),
    )
    .addCommand(
      part('disable', 'switch a rule off')
        .argument('<id>', 'as list shows it')
        .action(async (id: string, flags: CommonOptions) => {
          const { switchAlert } = await import('./alerts-actions');
          return switchAlert(id, false, flags);
        }),
    )
    .addCommand(
      part('snooze', 'list what a rule fires and send none of it, for a time')
        .argument('<id>', 'as list shows it')
        .addOption(new Option('--for <time>', 'for so long, like 8h or 7d').argParser(period))
        .addOption(
          new Option(
            '--until <moment>',
            'until then, like 2026-08-08T18:00 by this machine’s clock',
          )
            .argParser(moment)
            .conflicts('for'),
        )
        .addOption(new Option('--end', 'end the snooze').conflicts(['for', 'until']))
        .action(async (id: string, flags: SnoozeFlags) => {
          const { snoozeAlert } = await import('./alerts-actions');
          return snoozeAlert(id, snoozeEnd(flags), flags);
        }),
    )
    .addCommand(
      part('test', 'send a message that says it is a test through a rule’s channels')
        .argument('<id>', 'as list shows it')
        .action(async (id: string, flags: CommonOptions) => {
          const { testAlert } = await import('./alerts-actions');
          return testAlert(id, flags, signal);
        }),
    )
    .addCommand(
      part('dry-run', 'what a rule would have fired over every version that is kept')
        .argument('<file>', 'a rule as JSON; nothing is sent and nothing is kept')
        .action(async (file: string, flags: CommonOptions) => {
          const { dryRunAlert } = await import('./alerts-actions');
          return dryRunAlert(file, flags);
        }),
    )
    .addCommand(
      part('deliveries', 'what was sent to webhooks, and what waits to be').action(
        async (flags: CommonOptions) => listDeliveries(flags),
      ),
    )
    .addCommand(
      part('replay', 'send a delivery once more, under its id')
        .argument('<delivery>', 'as deliveries shows it')
        .action(async (id: string, flags: CommonOptions) => replayDelivery(id, flags, signal)),
    )
    .addCommand(
      part('resume', 'switch an endpoint on again that answered 410, and send what was kept for it')
        .argument('<delivery>', 'one to that endpoint, as deliveries shows it')
        .action(async (id: string, flags: CommonOptions) => resumeEndpoint(id, flags, signal)),
    );
}

interface SnoozeFlags extends CommonOptions {
  /** Milliseconds. */
  for?: number;
  /** Milliseconds since 1970. */
  until?: number;
  end?: true;
}

/** When a snooze ends, in milliseconds since 1970; null for now. */
function snoozeEnd(flags: SnoozeFlags): number | null {
  if (flags.end === true) return null;
  if (flags.for !== undefined) return Date.now() + flags.for;
  if (flags.until !== undefined) return flags.until;
  throw new AppError('usage', 'Give how long the rule is snoozed.', {
    hint: 'Give --for 8h, --until 2026-08-08T18:00, or --end.',
  });
}

function period(text: string): number {
  const ms = periodMs(text);
  if (ms === null) throw new InvalidArgumentError(PERIOD_HINT);
  return ms;
}

function moment(text: string): number {
  const ms = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new InvalidArgumentError('Give a date, or a date and a time like 2026-08-08T18:00.');
  }
  if (ms <= Date.now()) throw new InvalidArgumentError('That is over already.');
  return ms;
}
