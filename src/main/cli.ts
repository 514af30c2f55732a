import { Command, CommanderError } from 'commander';
import { AppError } from '../preload/contract/errors';
import { APP_VERSION } from './base/app-info';
import { dataPaths } from './base/data-folder';
import { isProtected } from './base/protected-folder';
import { accessLogCommand } from './commands/access-log-command';
import { alertsCommand } from './commands/alerts-command';
import { eraseCommand } from './commands/erase-command';
import { finishErasure } from './commands/finish-erasure';
import { asAppError, exitCodeOf, printError } from './commands/output';
import { logFailure } from './commands/log-failure';
import { openCommand } from './commands/open-command';
import { endAtOutputFailure, noteOutcome } from './commands/output-failure';
import { examples, pipelineCommands } from './commands/pipeline-commands';
import { protectCommand } from './commands/protect-command';
import { unlockFor } from './commands/protected-data';
import { profileCommand } from './commands/profile-command';
import { readCommands } from './commands/read-commands';
import { riskCommand } from './commands/risk-command';
import { serveCommand } from './commands/serve-command';
import { watchCommand } from './commands/watch-command';
import type { LiveFolder } from './privacy/protection/live-folder';

const HELP = `${examples([
  'pokedex refresh --source bundled',
  'pokedex query "SELECT type_1, count(*) FROM pokemon GROUP BY ALL"',
  'pokedex export --out pokemon.csv',
])}
Exit codes: 0 done · 1 failed, the previous version stands · 2 usage · 3 gather incomplete
            130 interrupted
`;

/** The `pokedex` command: composes the commands, maps every ending to its exit code. */
async function main(argv: readonly string[]): Promise<void> {
  const json = argv.includes('--json');
  const abort = new AbortController();
  const interrupt = () => {
    // A second Ctrl-C ends at once; what has landed is safe either way.
    if (abort.signal.aborted) process.exit(130);
    abort.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  process.stdout.on('error', endAtOutputFailure);
  // The work goes on even where nobody reads its progress.
  process.stderr.on('error', () => {});

  const program = new Command('pokedex')
    .description('Gather, process and query every Pokémon of PokéAPI.')
    .version(APP_VERSION)
    // Behind a command, --version is the command's: the dataset's version.
    .enablePositionalOptions()
    .addHelpText('after', HELP);
  const { signal } = abort;
  const commands = [
    ...pipelineCommands(signal),
    ...readCommands(signal),
    profileCommand(signal),
    riskCommand(signal),
    openCommand(signal),
    watchCommand(signal),
    alertsCommand(signal),
    accessLogCommand(),
    eraseCommand(),
    protectCommand(),
    serveCommand(signal),
  ];
  for (const command of commands) program.addCommand(command);
  let data: string | null = null;
  let command = '';
  let live: LiveFolder | null = null;
  program.hook('preAction', async (_program, action) => {
    ({ data } = action.opts<{ data: string }>());
    command = action.name();
    live = await unlockFor(data, topName(action));
    if (live !== null) action.setOptionValue('data', live.data);
    // An erasure finishes what was begun before, and tells of it; in locked data there is nothing to erase.
    const isLocked = live === null && (await isProtected(dataPaths(data)));
    if (command !== 'erase' && !isLocked) await finishErasure(live?.data ?? data);
  });
  quiet(program);
  const work = async () => {
    try {
      await program.parseAsync(withCommentsApart(argv));
    } finally {
      // What it has changed is sealed.
      await live?.leave();
    }
  };
  try {
    await work();
  } catch (error) {
    const shown = error instanceof CommanderError ? usageError(error) : asAppError(error);
    if (shown === null) return;
    process.exitCode = exitCodeOf(shown);
    if (data !== null) logFailure(data, command, shown);
    noteOutcome(`${shown.message} ${shown.hint ?? ''}`.trim());
    printError(shown, json);
  }
}

/** `alerts` of `alerts list`. */
function topName(action: Command): string {
  const { parent } = action;
  return parent === null || parent.parent === null ? action.name() : topName(parent);
}

/** SQL may begin with a comment, which would read as an option: `query "-- heavy ones ⏎ SELECT …"`. */
function withCommentsApart(argv: readonly string[]): string[] {
  return argv.map((text) => (/^--(?!$|[a-z][a-z-]*(=|$))/.test(text) ? ` ${text}` : text));
}

/** Errors come to `main` instead of being printed where they happen. */
function quiet(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => {} });
  for (const part of command.commands) quiet(part);
}

/** Null for --help and --version, which are not errors. */
function usageError(error: CommanderError): AppError | null {
  if (error.exitCode === 0) return null;
  if (error.code === 'commander.help') {
    const asked = process.argv[2] === 'help' ? process.argv[3] : undefined;
    const message = asked === undefined ? 'No command was given.' : `Unknown command '${asked}'.`;
    return new AppError('usage', message, {
      hint: 'See pokedex --help for the commands.',
      cause: error,
    });
  }
  const message = error.message.replace(/^error: /, '').replace(/\n/g, '. ');
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.?)]$/.test(message) ? '' : '.'}`;
  return new AppError('usage', sentence, {
    hint: 'See pokedex --help for the commands, pokedex COMMAND --help for its options.',
    cause: error,
  });
}

await main(process.argv);
