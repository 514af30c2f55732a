import type { Datasets } from './opened';

/** A command that there is because of a table that is open or was: for the menu and the palette. */
export interface TableCommand {
  /** Begins with what it does: `show/…`, `close/…`, `recent/…`. */
  id: string;
  title: string;
  does: 'show' | 'close' | 'recent';
  /** The key of the table, or the id of a recent one; null for the published data. */
  of: string | null;
  /** The table's own name. */
  name: string;
}

const MOST_RECENT = 8;

/** Those of the tables as they are; `published` is what the published data are called. */
export function tableCommands(
  { open, recent }: Pick<Datasets, 'open' | 'recent'>,
  published: string,
): TableCommand[] {
  const shows = open.map(({ key, title }) => command('show', key, title, 'Show table'));
  return [
    command('show', null, published, 'Show table'),
    ...shows,
    ...open.map(({ key, title }) => command('close', key, title, 'Close table')),
    ...recentOf({ open, recent }).map(({ id, title }) =>
      command('recent', id, title, 'Open again'),
    ),
  ];
}

/** What was opened before and is not open now. */
export function recentOf({ open, recent }: Pick<Datasets, 'open' | 'recent'>): Datasets['recent'] {
  const isOpen = (name: string) => open.some(({ title }) => title === name);
  return recent.filter(({ title }) => !isOpen(title)).slice(0, MOST_RECENT);
}

/** The command of an id; null where there is none any more. */
export function tableCommandOf(
  id: string,
  datasets: Pick<Datasets, 'open' | 'recent'>,
  published: string,
): TableCommand | null {
  return tableCommands(datasets, published).find((one) => one.id === id) ?? null;
}

function command(
  does: TableCommand['does'],
  of: string | null,
  name: string,
  verb: string,
): TableCommand {
  return { id: `${does}/${of ?? ''}`, title: `${verb} “${name}”`, does, of, name };
}
