import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { builtFolder, snapshotFolder } from '../base/built-folder';
import { openBrowser } from '../browser-host/open-browser';
import { onEnterKey } from './enter-key';
import { type CommonOptions, wholeNumber, withCommon } from './options';
import { printJson, printLine } from './output';
import { examples } from './pipeline-commands';

interface ServeFlags extends CommonOptions {
  port: number;
  /** Files, folders and tables. */
  open?: string[];
  /** False where no browser should be opened. */
  browser?: boolean;
}

/** serve: the app in a browser, until it is told to end. */
export function serveCommand(signal: AbortSignal): Command {
  return withCommon(new Command('serve'))
    .description('show the app in a browser, on this machine only; Ctrl-C ends it')
    .option('--port <n>', 'by default any that is free', wholeNumber(0, 65_535), 0)
    .option('--open <path>', 'show this file, folder or Delta table; may be given again', more)
    .addOption(noBrowser())
    .addHelpText(
      'after',
      examples([
        'pokedex serve',
        'pokedex serve --port 8123 --no-open',
        'pokedex serve --open sales.csv',
      ]),
    )
    .action((flags: ServeFlags) => runServe(flags, signal));
}

/** Serves until it is told to end. */
export async function runServe(flags: ServeFlags, signal: AbortSignal): Promise<void> {
  let terminated = false;
  process.once('SIGTERM', () => {
    terminated = true;
  });
  // Loaded when needed: the other commands do without a server.
  const { serve } = await import('../serve');
  const served = await serve({
    data: flags.data,
    port: flags.port,
    renderer: resolve(builtFolder(), 'renderer'),
    snapshot: snapshotFolder(),
    open: flags.open ?? [],
  });
  const link = served.link();
  if (flags.json) printJson({ url: link.url, pid: process.pid, data: flags.data });
  else {
    printLine(
      `Pokédex Explorer is at ${link.url}\nThe link works once, within two minutes; Enter prints a new one. Press Ctrl-C to end it.`,
    );
  }
  onEnterKey(signal, () => {
    const { url } = served.link();
    // Standard output is one JSON document.
    if (flags.json) process.stderr.write(`${url}\n`);
    else printLine(url);
  });
  if (flags.browser !== false) {
    openBrowser(link).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      process.stderr.write(`The browser could not be opened: ${reason}. Open the link yourself.\n`);
    });
  }
  await aborted(signal);
  await served.close();
  // A service that is told to end has done its work; a person's Ctrl-C is an interruption.
  process.exitCode = terminated ? 0 : 130;
}

function more(path: string, before: string[] = []): string[] {
  return [...before, path];
}

/** `--open PATH` has the name that this option would be known by. */
function noBrowser(): Option {
  const option = new Option('--no-open', 'print the address and open no browser');
  option.attributeName = () => 'browser';
  return option;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((settle) => {
    if (signal.aborted) return settle();
    signal.addEventListener('abort', () => settle(), { once: true });
  });
}
