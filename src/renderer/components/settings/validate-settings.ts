import { type Settings, settingsSchema } from '../../../preload/contract/settings';
import { folderOf, sourceKind } from '../../../preload/contract/source-kinds';

export const MOST_CONCURRENT = 256;

export type Problems = Partial<Record<'source' | 'concurrency' | 'games', string>>;

/** What keeps settings from being saved, by field, in a person's words. */
export function settingsProblems(settings: Settings): Problems {
  const problems: Problems = {};
  const source = sourceProblem(settings.source);
  if (source !== null) problems.source = source;
  const { concurrency, games } = settings;
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MOST_CONCURRENT) {
    problems.concurrency = `Choose a whole number from 1 to ${MOST_CONCURRENT}.`;
  }
  if (games !== 'all' && games.length === 0) problems.games = 'Choose at least one game, or all.';
  if (Object.keys(problems).length === 0 && !settingsSchema.safeParse(settings).success) {
    problems.source = 'These settings cannot be saved.';
  }
  return problems;
}

function sourceProblem(source: string): string | null {
  if (source.length > 2000) return 'It is too long.';
  const folder = folderOf(source);
  if (folder !== null) return folderProblem(folder);
  if (sourceKind(source) === 'bundled') return null;
  if (source.trim() === '') return 'Enter the address of a PokéAPI.';
  let url: URL;
  try {
    url = new URL(source);
  } catch {
    return 'This is not an address; one looks like https://pokeapi.co/api/v2.';
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return 'The address must begin with https:// or http://.';
  }
  if (url.username !== '' || url.password !== '') {
    return 'The address must not carry a user name or password.';
  }
  return null;
}

function folderProblem(path: string): string | null {
  if (path.trim() === '') return 'Enter the path of a folder.';
  // Of Linux and macOS, of Windows, of a network drive.
  const isWhole = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(path);
  return isWhole ? null : 'Enter the whole path, from / or a drive on.';
}
