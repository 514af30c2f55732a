import type { Filter } from '../../src/main/shaping/format-1-filters';

/**
 * The filters' meaning once more as plain SQL over a table `raw`, written after the contract's words
 * and after nothing in src/: literals instead of bindings, positions instead of overlaps of
 * lists, and a ray straight up where the app's goes to the right.
 */
export function independentSql(filters: readonly Filter[]): string {
  const conditions = filters.map((filter) => `coalesce((${condition(filter)}), false)`);
  return `SELECT id FROM raw r WHERE ${['true', ...conditions].join(' AND ')} ORDER BY id`;
}

function condition(filter: Filter): string {
  switch (filter.kind) {
    case 'range':
      return [
        `${column(filter.column)} IS NOT NULL`,
        ...(filter.min === undefined ? [] : [`NOT ${column(filter.column)} < ${filter.min}`]),
        ...(filter.max === undefined ? [] : [`NOT ${column(filter.column)} > ${filter.max}`]),
      ].join(' AND ');
    case 'one-of': {
      const isList = filter.column === 'games' || filter.column === 'abilities';
      return filter.values
        .map((value) => {
          if (value === null) return `${column(filter.column)} IS NULL`;
          const text = typeof value === 'string' ? literal(value) : String(value);
          return isList ? has(filter.column, text) : `${column(filter.column)} = ${text}`;
        })
        .join(' OR ');
    }
    case 'types':
      return joined(
        filter.values.map(
          (type) => `r.type_1 = ${literal(type)} OR r.type_2 IS NOT DISTINCT FROM ${literal(type)}`,
        ),
        filter.match,
      );
    case 'games':
      return joined(
        filter.values.map((game) => has('games', literal(game))),
        filter.match,
      );
    case 'game-sets':
      return filter.sets
        .map((set) =>
          filter.games
            .map((game) => `${set.includes(game) ? '' : 'NOT '}${has('games', literal(game))}`)
            .join(' AND '),
        )
        .map((set) => `(${set})`)
        .join(' OR ');
    case 'type-pairs':
      return filter.pairs
        .map(
          ({ type_1, type_2 }) =>
            `(r.type_1, r.type_2) IS NOT DISTINCT FROM (${literal(type_1)}, ${type_2 === null ? 'NULL' : literal(type_2)})`,
        )
        .join(' OR ');
    case 'lasso':
      return [filter.points, ...(filter.more ?? [])]
        .map((points) => inside(filter, points))
        .join(' OR ');
    case 'search':
      return searched(filter.text);
    default:
      throw new Error('unknown filter');
  }
}

function joined(conditions: readonly string[], match: 'any' | 'all'): string {
  return conditions.map((one) => `(${one})`).join(match === 'any' ? ' OR ' : ' AND ');
}

function has(list: string, text: string): string {
  return `coalesce(list_position(r.${list}, ${text}), 0) > 0`;
}

function inside(
  { x, y, log }: Extract<Filter, { kind: 'lasso' }>,
  points: readonly (readonly [number, number])[],
): string {
  const scaled = (value: number) => (log ? Math.log(value) : value);
  const [px, py] = [x, y].map((name) => (log ? `ln(${positive(column(name))})` : column(name)));
  const edges = points.map(([ax, ay], index) => {
    const [bx, by] = points[(index + 1) % points.length] ?? [ax, ay];
    return `(${[ax, ay, bx, by].map((value) => `${scaled(value)}::DOUBLE`).join(', ')})`;
  });
  const above = `(SELECT count(*) FROM (VALUES ${edges.join(', ')}) e(x1, y1, x2, y2)
    WHERE least(x1, x2) <= ${px} AND ${px} < greatest(x1, x2)
      AND y1 + (${px} - x1) / (x2 - x1) * (y2 - y1) > ${py}) % 2 = 1`;
  const usable = log ? `${column(x)} > 0 AND ${column(y)} > 0` : 'true';
  return `(CASE WHEN ${usable} AND ${column(x)} IS NOT NULL AND ${column(y)} IS NOT NULL
    THEN ${above} ELSE false END)`;
}

/** DuckDB takes the logarithm of nought for an error. */
function positive(sql: string): string {
  return `CASE WHEN ${sql} > 0 THEN ${sql} END`;
}

function column(name: string): string {
  return `r."${name}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function escaped(text: string): string {
  return text.replaceAll(/[!%_]/g, (sign) => `!${sign}`).replaceAll("'", "''");
}

/** For words that occur somewhere; with one letter wrong they are tried elsewhere. */
function searched(text: string): string {
  const words = text.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== '');
  if (words.length === 0) return searchedWord(text.trim());
  const all = words.map(searchedWord).join(' AND ');
  const alone = words.filter((word) => word.length > 2 || /^\d+$/.test(word));
  const any = ['false', ...alone.map(searchedWord)].join(' OR ');
  if (words.length === 1) return all;
  return `if((SELECT count(*) FROM raw r WHERE ${all}) > 0, ${all}, ${any})`;
}

const UNSIGNED_NAME = `regexp_replace(r.name, '[^\\p{L}\\p{N}]', '', 'g')`;

function searchedWord(word: string): string {
  const wanted = `strip_accents('%${escaped(word.toLowerCase())}%') ESCAPE '!'`;
  const like = (text: string) => `strip_accents(lower(${text})) LIKE ${wanted}`;
  const fields = ['r.name', 'r.type_1', 'r.type_2', UNSIGNED_NAME].map(
    (field) => `coalesce(${like(field)}, false)`,
  );
  const ability = `len(list_filter(r.abilities, lambda a: ${like('a')})) > 0`;
  const number = /^\d+$/.test(word) ? `r.id = ${Number(word)}` : 'false';
  return `(${[...fields, ability, number].join(' OR ')})`;
}
