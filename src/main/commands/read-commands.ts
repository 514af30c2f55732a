import { Command, Option } from 'commander';
import { humanCount } from '../../preload/contract/counts';
import { EXPORT_FORMATS } from '../../preload/contract/export-formats';
import { MOST_K } from '../../preload/contract/risk';
import { listOf } from './column-list';
import { wholeNumber, withCommon } from './options';
import { namedPath } from './named-path';
import { examples } from './pipeline-commands';
import {
  type ChangesFlags,
  type ExportFlags,
  type HistoryFlags,
  type QueryFlags,
  MAX_ROWS,
  TIME_LIMIT_MS,
} from './read-flags';
import { withSpreadsheet } from './spreadsheet-option';

const QUERY_SCOPE = `
A SELECT may also be written as WITH, FROM, VALUES, PIVOT … IN (…), DESCRIBE, SUMMARIZE or SHOW.
It reaches the views pokemon and changes (what each version changed, field by field) and the
tables of --with, nothing else, takes ${TIME_LIMIT_MS / 1000} s at most, and shows
${humanCount(MAX_ROWS.csv)} rows at most, ${humanCount(MAX_ROWS.table)} in a table.
With --version both views are as of that version.
--with sales=PATH makes a file, a folder or a Delta table the table sales.
`;

/** export, query, history, changes: what only reads the data folder. */
export function readCommands(signal: AbortSignal): Command[] {
  return [exportCommand(signal), queryCommand(signal), historyCommand(), changesCommand(signal)];
}

function exportCommand(signal: AbortSignal): Command {
  return withSpreadsheet(withCommon(new Command('export')))
    .description('write what a view shows, or everything, to one file')
    .requiredOption(
      '--out <file>',
      'where to write; an existing file is replaced, .gz and .zst compress CSV and JSON',
    )
    .addOption(
      new Option('--format <format>', 'by default what the file name ends in').choices(
        EXPORT_FORMATS,
      ),
    )
    .addOption(
      new Option(
        '--from <path>',
        'write the rows of a file, a folder or a Delta table instead of the dataset’s',
      ).conflicts(['version']),
    )
    .addOption(atVersion())
    .option('--view <file>', 'a .pokeview.json file: its filters, columns and order')
    .option('--pseudonymised', 'a key for each row instead of the columns that identify')
    .option('--rekey', 'with keys of this export alone: no other one can be joined to it by them')
    .option('--mapping <file>', 'write who is behind each key to a file of its own')
    .option(
      '--k <n>',
      'make columns coarser until each row shares them with n - 1 others, or is left out',
      wholeNumber(2, MOST_K),
    )
    .option(
      '--quasi <list>',
      'columns by comma that somebody may know; by default those that single out most',
      listOf,
    )
    .addHelpText(
      'after',
      examples([
        'pokedex export --out pokemon.csv.gz',
        'pokedex export --out pokemon.csv --for-spreadsheets --decimal comma',
        'pokedex export --out heavy.parquet --view heavy.pokeview.json',
        'pokedex export --out shared.json --pseudonymised --rekey',
        'pokedex export --out open.csv --k 5 --quasi weight,height',
        'pokedex export --out before.csv --version 1',
        'pokedex export --from sales.csv --out sales.parquet',
        'pokedex export --from sales.csv --view large.pokeview.json --out large.csv',
      ]),
    )
    .action(async (flags: ExportFlags) => {
      const { runExport } = await import('./read-actions');
      await runExport(flags, signal);
    });
}

function queryCommand(signal: AbortSignal): Command {
  return withSpreadsheet(withCommon(new Command('query')))
    .description('run one read-only SELECT over the view pokemon and other files')
    .argument('<sql>', 'the statement')
    .addOption(
      new Option('--format <format>', 'how to print the rows')
        .choices(['table', 'json', 'csv'])
        .default('table'),
    )
    .addOption(atVersion())
    .addOption(
      new Option(
        '--with <name=path>',
        'a file, folder or Delta table as a table of that name; may be given again',
      ).argParser(namedPath),
    )
    .addHelpText(
      'after',
      examples([
        'pokedex query "SELECT type_1, count(*) AS n FROM pokemon GROUP BY ALL ORDER BY n DESC"',
        'pokedex query "SELECT name, bmi FROM pokemon ORDER BY bmi DESC LIMIT 5" --format csv',
        'pokedex query "SELECT version, change, count(*) AS n FROM changes GROUP BY ALL"',
        'pokedex query "SELECT count(*) FROM pokemon" --version 1',
      ]),
    )
    .addHelpText('after', QUERY_SCOPE)
    .action(async (sql: string, flags: QueryFlags) => {
      const { runQuery } = await import('./read-actions');
      await runQuery(sql, flags, signal);
    });
}

function atVersion(): Option {
  return new Option(
    '--version <n>',
    'the dataset as it was in that version; history lists those that are kept',
  ).argParser(wholeNumber(1, 1e9));
}

function historyCommand(): Command {
  return withCommon(new Command('history'))
    .description('list the published versions, newest first')
    .option('--files', 'list what became of each file of a folder that is the source instead')
    .addHelpText('after', examples(['pokedex history', 'pokedex history --files --json']))
    .action(async (flags: HistoryFlags) => {
      const { showHistory } = await import('./read-actions');
      await showHistory(flags);
    });
}

function changesCommand(signal: AbortSignal): Command {
  return withCommon(new Command('changes'))
    .description('list field-level changes, by default of every kept version')
    .option('--from <n>', 'first version, included', wholeNumber(0, 1e9))
    .option('--to <n>', 'last version, included', wholeNumber(0, 1e9))
    .addHelpText('after', examples(['pokedex changes', 'pokedex changes --from 2 --to 2 --json']))
    .action(async (flags: ChangesFlags) => {
      const { showChanges } = await import('./read-actions');
      await showChanges(flags, signal);
    });
}
