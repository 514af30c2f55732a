import { Command } from 'commander';
import { type CommonOptions, withCommon } from './options';
import { examples } from './pipeline-commands';

/** open: the desktop app with these files open; in the browser where Electron cannot run. */
export function openCommand(signal: AbortSignal): Command {
  return withCommon(new Command('open'))
    .description('show files, folders and Delta tables in the app, or else in a browser')
    .argument('<path...>', 'a file, a folder, a Delta table or a quoted pattern')
    .addHelpText('after', examples(['pokedex open sales.csv', 'pokedex open "parts/*.parquet"']))
    .action(async (paths: string[], flags: CommonOptions, command: Command) => {
      const { runOpen } = await import('./open-action');
      // Without it the desktop app shows the data in its own place.
      const isDataGiven = command.getOptionValueSource('data') === 'cli';
      await runOpen(paths, flags, isDataGiven, signal);
    });
}
