import { Command } from 'commander';
import { counted } from '../../preload/contract/counts';
import { printable } from '../../preload/contract/printable';
import { dataPaths } from '../base/data-folder';
import { readAccessLog } from '../privacy/access-log';
import { type CommonOptions, withCommon } from './options';
import { printJson, printLine, printNote } from './output';
import { examples } from './pipeline-commands';
import { printTable } from './print-table';

interface AccessLogFlags extends CommonOptions {
  verify?: true;
}

export function accessLogCommand(): Command {
  return withCommon(new Command('access-log'))
    .description('list who used identity when: exports, unlocks, erasures, changes of mode')
    .option(
      '--verify',
      'check that no entry was changed, taken away or moved; exit code 1 if one was',
    )
    .addHelpText('after', examples(['pokedex access-log', 'pokedex access-log --verify']))
    .action((flags: AccessLogFlags) => runAccessLog(flags));
}

async function runAccessLog(flags: AccessLogFlags): Promise<void> {
  const log = await readAccessLog(dataPaths(flags.data));
  const { noted, problems, entries } = log;
  if (flags.verify && problems.length > 0) process.exitCode = 1;
  if (flags.json) {
    printJson(flags.verify ? { ok: problems.length === 0, noted, problems } : log);
    return;
  }
  for (const problem of problems) printNote(problem);
  if (flags.verify) {
    const what = noted === 1 ? '1 entry' : `${noted} entries`;
    if (problems.length === 0) printLine(`The access log is whole: ${what}, as written.`);
    else printNote('The access log is not as it was written.');
    return;
  }
  printTable(
    ['n', 'when', 'who', 'what', 'how', 'rows', 'identity columns'],
    entries.map(({ n, at, user, what, how, rows, columns }) => [
      String(n),
      at.replace('T', ' ').slice(0, 19),
      printable(user),
      what,
      printable(how),
      rows === undefined ? '–' : String(rows),
      columns?.map(printable).join(', ') ?? '–',
    ]),
  );
  printLine(counted(entries.length, 'entry', 'entries'));
}
