import type { DatasetInfo } from '../../preload/contract/calls';
import { formatDate } from '../charts/format';

/** `bundled snapshot of 8 Aug 2026`, `pokeapi.co on 9 Aug 2026`. */
export function sourceWords({ source, gathered_at }: DatasetInfo): string {
  const date = formatDate(gathered_at);
  return source === 'bundled' ? `bundled snapshot of ${date}` : `${sourceName(source)} on ${date}`;
}

export function sourceName(source: string): string {
  return URL.canParse(source) ? new URL(source).host : source;
}
