import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import envPaths from 'env-paths';
import { DEFAULT_GAMES } from '../../preload/contract/dataset';
import { snapshotFolder } from '../base/built-folder';
import type { GatherOptions } from '../pipeline/gather';
import { soundSource } from '../folder/folder-path';
import { DEFAULT_PROCESS, type ProcessOptions } from '../workers/process-options';

/** Options that several commands share, parsed once. */

export interface CommonOptions {
  data: string;
  json?: true;
}

export interface GatherFlags extends CommonOptions {
  source: string;
  concurrency: number;
  force?: true;
  allowMissing?: true;
  timeout?: number;
}

export interface ProcessFlags extends CommonOptions {
  games: readonly string[] | 'all';
  keep: number;
}

const DEFAULT_SOURCE = 'https://pokeapi.co/api/v2';

export function withCommon(command: Command): Command {
  return command
    .addOption(
      new Option('--data <dir>', 'data folder')
        .default(envPaths('pokedex-explorer', { suffix: '' }).data)
        .argParser(dataFolder),
    )
    .option('--json', 'print exactly one JSON document and nothing else on standard output');
}

/** Empty means an unset variable in a script, not the current directory. */
function dataFolder(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Give the path of a folder.');
  return resolve(text);
}

export function withGather(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--source <source>',
        'PokéAPI-compatible base URL, folder:PATH, or the word bundled',
      )
        .default(DEFAULT_SOURCE)
        .argParser(soundSource),
    )
    .option('--concurrency <n>', 'requests in flight at most', wholeNumber(1, 256), 16)
    .option('--force', 'fetch every document again, whatever is stored')
    .option(
      '--allow-missing',
      'go on without documents that cannot be had, or with the copies that landed before',
    )
    .option('--timeout <seconds>', 'longest time for one request', wholeNumber(1, 3600));
}

export function withProcess(command: Command): Command {
  return command
    .option('--games <list>', 'games by comma, or all', gamesList, [...DEFAULT_GAMES])
    .option('--keep <n>', 'versions kept', wholeNumber(1, 100_000), DEFAULT_PROCESS.keepVersions);
}

export function gatherOptions(flags: GatherFlags): GatherOptions {
  return {
    data: flags.data,
    source: flags.source,
    concurrency: flags.concurrency,
    force: flags.force ?? false,
    allowMissing: flags.allowMissing ?? false,
    snapshot: snapshotFolder(),
    ...(flags.timeout === undefined
      ? {}
      : {
          limits: {
            totalMs: flags.timeout * 1000,
            headersMs: flags.timeout * 1000,
            idleMs: flags.timeout * 1000,
          },
        }),
  };
}

export function processOptions(flags: ProcessFlags): ProcessOptions {
  return { data: flags.data, games: flags.games, keepVersions: flags.keep };
}

function gamesList(text: string): readonly string[] | 'all' {
  const games = text
    .split(',')
    .map((game) => game.trim().toLowerCase())
    .filter(Boolean);
  if (games.length === 0) throw new InvalidArgumentError('Give games by comma, or all.');
  return games.includes('all') ? 'all' : games;
}

export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}
