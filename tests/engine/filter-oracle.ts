import type { Filter, Sort } from '../../src/main/shaping/format-1-filters';
import type { PokemonRow } from './pokemon-rows';

/**
 * What a filter means, said again in plain JavaScript after the contract's words alone; the SQL
 * is held against it.
 */
export function matches(row: PokemonRow, filter: Filter, all: readonly PokemonRow[]): boolean {
  switch (filter.kind) {
    case 'range': {
      const value = row[filter.column];
      if (typeof value !== 'number') return false;
      const { min = -Infinity, max = Infinity, below } = filter;
      return value >= min && (below === true ? value < max : value <= max);
    }
    case 'one-of': {
      const value = row[filter.column];
      const wanted: readonly unknown[] = filter.values;
      return Array.isArray(value)
        ? value.some((element) => wanted.includes(element))
        : wanted.includes(value);
    }
    case 'types':
      return overlap([row.type_1, row.type_2], filter.values, filter.match);
    case 'games':
      return overlap(row.games, filter.values, filter.match);
    case 'game-sets':
      return filter.sets.some((set) =>
        filter.games.every((game) => set.includes(game) === texts(row.games).includes(game)),
      );
    case 'type-pairs':
      return filter.pairs.some((pair) => pair.type_1 === row.type_1 && pair.type_2 === row.type_2);
    case 'lasso': {
      const x = row[filter.x];
      const y = row[filter.y];
      if (typeof x !== 'number' || typeof y !== 'number') return false;
      const outlines = [filter.points, ...(filter.more ?? [])];
      if (!filter.log) return outlines.some((points) => inside(x, y, points));
      if (x <= 0 || y <= 0) return false;
      return outlines.some((points) =>
        inside(
          Math.log(x),
          Math.log(y),
          points.map(([px, py]): Point => [Math.log(px), Math.log(py)]),
        ),
      );
    }
    case 'search':
      return searched(all, filter.text).includes(row);
  }
}

const searches = new WeakMap<readonly PokemonRow[], Map<string, PokemonRow[]>>();

/** The rows that a search finds among all of them. */
export function searched(all: readonly PokemonRow[], text: string): PokemonRow[] {
  const known = searches.get(all) ?? new Map<string, PokemonRow[]>();
  searches.set(all, known);
  const rows = known.get(text) ?? search(all, text);
  known.set(text, rows);
  return rows;
}

function search(all: readonly PokemonRow[], text: string): PokemonRow[] {
  const words = [...new Set(text.split(/\s/))]
    .flatMap((token) => (/[\p{L}\p{N}]/u.test(token) ? token.split(/[^\p{L}\p{N}]/u) : [token]))
    .filter((word) => word !== '');
  const found = words.map((word) => {
    const held = all.filter(
      (row) =>
        fieldsOf(row).some((field) => field.includes(plain(word))) ||
        plain(String(row.name))
          .replace(/[^\p{L}\p{N}]/gu, '')
          .includes(plain(word)) ||
        (/^\d+$/.test(word) && row.id === Number(word)),
    );
    if (held.length > 0 || [...word].length < 4 || /^\d+$/.test(word)) return held;
    return all.filter((row) =>
      fieldsOf(row).some((field) =>
        field.split(/[^\p{L}\p{N}]/u).some((other) => isOneOff(other, plain(word))),
      ),
    );
  });
  const whole = all.filter((row) => found.every((rows) => rows.includes(row)));
  if (whole.length > 0 || words.length < 2) return whole;
  const alone = found.filter((_, at) => /^\d+$|.{3}/u.test(words[at] ?? ''));
  return all.filter((row) => alone.some((rows) => rows.includes(row)));
}

function fieldsOf(row: PokemonRow): string[] {
  return [row.name, row.type_1, row.type_2, ...texts(row.abilities)].map((field) =>
    plain(String(field ?? '')),
  );
}

/** Small letters without their accents. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase();
}

/** One letter more, less, other, or two neighbours changed about. */
function isOneOff(a: string, b: string): boolean {
  if (a === b) return true;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return [
    [a.slice(at + 1), b.slice(at)],
    [a.slice(at), b.slice(at + 1)],
    [a.slice(at + 1), b.slice(at + 1)],
    [`${a[at + 1] ?? ''}${a[at] ?? ''}${a.slice(at + 2)}`, b.slice(at)],
  ].some(([left, right]) => left === right);
}

type Point = readonly [number, number];

/** Even-odd rule with a ray straight up, where the SQL's goes to the side. */
function inside(x: number, y: number, points: readonly Point[]): boolean {
  let above = 0;
  for (const [index, [ax, ay]] of points.entries()) {
    const [bx, by] = points[(index + 1) % points.length] ?? [ax, ay];
    const [left, right] = ax < bx ? [ax, bx] : [bx, ax];
    if (x < left || x >= right) continue;
    const share = (x - ax) / (bx - ax);
    if (ay + share * (by - ay) > y) above += 1;
  }
  return above % 2 === 1;
}

function overlap(have: unknown, wanted: readonly string[], match: 'any' | 'all'): boolean {
  const list = texts(have);
  return match === 'any'
    ? wanted.some((value) => list.includes(value))
    : wanted.every((value) => list.includes(value));
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === 'string') : [];
}

/** Rows in the order asked for: nulls last either way, ties by id. */
export function sorted(rows: readonly PokemonRow[], sort: readonly Sort[]): PokemonRow[] {
  const keys: Sort[] = [...sort, { column: 'id', direction: 'asc' }];
  return [...rows].sort((a, b) => {
    for (const { column, direction } of keys) {
      const order = compare(keyOf(a, column), keyOf(b, column), direction === 'desc' ? -1 : 1);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** Text as a person looks for it. */
function keyOf(row: PokemonRow, column: Sort['column']): unknown {
  const value = row[column];
  return typeof value === 'string' ? plain(value) : value;
}

function compare(a: unknown, b: unknown, sign: 1 | -1): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const [left, right] = [a, b].map((value) => (typeof value === 'string' ? bytes(value) : value));
  return Number(left) === Number(left) && typeof left !== 'string'
    ? sign * (Number(left) - Number(right))
    : sign * (String(left) < String(right) ? -1 : 1);
}

/** Text in the order of its UTF-8 bytes, as DuckDB compares it. */
function bytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}
