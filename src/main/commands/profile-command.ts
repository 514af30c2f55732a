import { Command } from 'commander';
import { type CommonOptions, withCommon } from './options';
import { examples } from './pipeline-commands';

export function profileCommand(signal: AbortSignal): Command {
  return withCommon(new Command('profile'))
    .description('show what the columns of the dataset, or of a file, hold')
    .argument(
      '[path]',
      'a file, a folder, a Delta table or a quoted pattern; the dataset if not given',
    )
    .addHelpText(
      'after',
      examples([
        'pokedex profile',
        'pokedex profile sales.csv',
        'pokedex profile "parts/*.parquet"',
      ]),
    )
    .action(async (path: string | undefined, flags: CommonOptions) => {
      const { runProfile } = await import('./profile-action');
      await runProfile(path, flags, signal);
    });
}
