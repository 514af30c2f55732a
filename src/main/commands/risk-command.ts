import { Command } from 'commander';
import { listOf } from './column-list';
import { type CommonOptions, withCommon } from './options';
import { examples } from './pipeline-commands';

export interface RiskFlags extends CommonOptions {
  from?: string;
  columns?: string[];
  view?: string;
}

export function riskCommand(signal: AbortSignal): Command {
  return withCommon(new Command('risk'))
    .description('how many rows can be singled out by what somebody may know of them')
    .option('--from <path>', 'of a file, a folder or a Delta table instead of the dataset')
    .option(
      '--columns <list>',
      'columns by comma that somebody may know; by default those that single out most',
      listOf,
    )
    .option('--view <file>', 'a .pokeview.json file: only the rows that it shows')
    .addHelpText(
      'after',
      examples([
        'pokedex risk',
        'pokedex risk --columns weight,height',
        'pokedex risk --from census.csv --columns age,sex,zip --json',
      ]),
    )
    .action(async (flags: RiskFlags) => {
      const { runRisk } = await import('./risk-action');
      await runRisk(flags, signal);
    });
}
