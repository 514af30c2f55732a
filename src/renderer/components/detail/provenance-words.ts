import { formatDate } from '../../words/dates';

export function sourceText(source: string | null): string {
  if (source === null) return '–';
  return source === 'bundled' ? 'Bundled snapshot: the facts of the document' : source;
}

/** The snapshot records the day alone. */
export function fetchedText(iso: string | null, source: string | null): string {
  const date = new Date(iso ?? '');
  if (iso === null || Number.isNaN(date.getTime())) return '–';
  if (source === 'bundled') return formatDate(iso);
  return `${formatDate(iso)}, ${date.toISOString().slice(11, 16)} UTC`;
}
