import type { DatasetInfo } from '../../preload/contract/calls';
import { folderOf } from '../../preload/contract/source-kinds';
import { formatAge, formatDate } from '../words/dates';

type Origin = Pick<DatasetInfo, 'source' | 'gathered_at'>;

/** `bundled snapshot of 8 Aug 2026`, `pokeapi.co on 9 Aug 2026`. */
export function sourceWords(origin: Origin): string {
  const { source, gathered_at } = origin;
  // Documents that other hands put into the landing folder say neither.
  if (!isDated(origin)) return `${sourceName(source)}, date not known`;
  const date = formatDate(gathered_at);
  return source === 'bundled' ? `bundled snapshot of ${date}` : `${sourceName(source)} on ${date}`;
}

/** `8 Aug 2026 (112 days old)`. */
export function dateWords(origin: Origin): string {
  return isDated(origin) ? `${formatDate(origin.gathered_at)} ${ageWords(origin)}` : 'not known';
}

/** `bundled snapshot of 8 Aug 2026 (112 days old)`. */
export function sourceAndAge(origin: Origin): string {
  return isDated(origin) ? `${sourceWords(origin)} ${ageWords(origin)}` : sourceWords(origin);
}

export function sourceName(source: string): string {
  if (source === 'unknown') return 'source not known';
  const folder = folderOf(source);
  if (folder !== null) return `folder ${folder.split(/[\\/]/).findLast(Boolean) ?? folder}`;
  return URL.canParse(source) ? new URL(source).host : source;
}

function ageWords({ gathered_at }: Origin): string {
  return `(${formatAge(gathered_at, Date.now())})`;
}

function isDated({ gathered_at }: Origin): boolean {
  return !Number.isNaN(Date.parse(gathered_at));
}
