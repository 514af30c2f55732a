import type { ExposedRow, RiskFigures } from '../../../preload/contract/risk';
import { quotedName } from '../../base/duckdb';
import { rowIdSql, rowTitleSql } from '../answers/row-id';
import { type RiskRows, type RiskSource, toldNames } from './risk-rows';

const SHOWN = 10;
/** Columns together that are tried before all of them are named. */
const MOST_TOGETHER = 3;

/** The rows of the smallest classes; of those first the ones that the fewest columns put there. */
export async function exposedRows(
  source: RiskSource,
  of: RiskRows,
  figures: RiskFigures,
): Promise<ExposedRow[]> {
  const places = await exposedPlaces(source, of, figures);
  if (places.length === 0) return [];
  const found = await readRows(source, of, places);
  const alike = await alikeIn(source, of, places);
  const rows = found.map(({ place, row }) => {
    const masks = alike.get(place) ?? [];
    const size = rowsIn(masks, 2 ** of.columns.length - 1);
    const enough = fewest(of.columns.length, (mask) => rowsIn(masks, mask) === size);
    return { place, row: { ...row, size, enough: enough.map((at) => of.columns[at]?.name ?? '') } };
  });
  rows.sort(
    (a, b) =>
      a.row.size - b.row.size || a.row.enough.length - b.row.enough.length || a.place - b.place,
  );
  return rows.map(({ row }) => row);
}

async function exposedPlaces(
  { run }: RiskSource,
  of: RiskRows,
  { by_column, columns, k }: RiskFigures,
): Promise<number[]> {
  const places = new Set<number>();
  const names = toldNames(of);
  const add = async (set: readonly string[], size: number) => {
    const listed = set.join(', ');
    const alike = set.map((name) => `small.${name} IS NOT DISTINCT FROM told.${name}`);
    const [rows = []] = await run([
      {
        sql: `SELECT told.place::DOUBLE AS place FROM ${of.rows} told
          JOIN (SELECT ${listed} FROM ${of.classes} GROUP BY ${listed} HAVING sum(n) = ${size}) small
          ON ${alike.join(' AND ')} ORDER BY told.place LIMIT ${SHOWN}`,
        values: {},
      },
    ]);
    for (const { place } of rows) if (places.size < SHOWN) places.add(Number(place));
  };
  if (k === null) return [];
  const few = by_column
    .filter(({ unique_rows }) => unique_rows > 0)
    .sort((a, b) => a.columns.length - b.columns.length);
  for (const set of few) {
    if (places.size >= SHOWN) break;
    await add(
      set.columns.map((name) => names[columns.indexOf(name)] ?? ''),
      1,
    );
  }
  const [rows = []] =
    places.size >= SHOWN
      ? []
      : await run([
          {
            sql: `SELECT DISTINCT n::DOUBLE AS n FROM ${of.classes} ORDER BY n LIMIT ${SHOWN}`,
            values: {},
          },
        ]);
  for (const { n } of rows) if (places.size < SHOWN) await add(names, Number(n));
  return [...places];
}

async function readRows(source: RiskSource, of: RiskRows, places: number[]) {
  const { from, position, run } = source;
  const values = of.columns.map(({ name }, at) => `${quotedName(name)}::VARCHAR AS v${at}`);
  const [rows = []] = await run([
    {
      sql: `SELECT ${quotedName(position)}::DOUBLE AS place, ${rowIdSql(source)} AS id, ${rowTitleSql(source)} AS title,
        ${values.join(', ')} FROM ${from} WHERE ${quotedName(position)} IN (${places.join(', ')})`,
      values: {},
    },
  ]);
  return rows.map((row) => ({
    place: Number(row['place']),
    row: {
      id: String(row['id']),
      title: String(row['title']),
      values: of.columns.map((_, at) => {
        const value = row[`v${at}`];
        return typeof value === 'string' ? value : null;
      }),
    },
  }));
}

/** Rows by the columns in which they are like a row, which are the bits of `mask`. */
interface Alike {
  mask: number;
  rows: number;
}

async function alikeIn(
  { run }: RiskSource,
  of: RiskRows,
  places: readonly number[],
): Promise<Map<number, Alike[]>> {
  const bits = toldNames(of).map(
    (name, at) =>
      `CASE WHEN other.${name} IS NOT DISTINCT FROM told.${name} THEN ${2 ** at} ELSE 0 END`,
  );
  const [rows = []] = await run([
    {
      sql: `SELECT told.place::DOUBLE AS place, ${bits.join(' + ')} AS mask, sum(other.n)::DOUBLE AS rows
        FROM ${of.classes} other, (SELECT * FROM ${of.rows} WHERE place IN (${places.join(', ')})) told
        GROUP BY ALL`,
      values: {},
    },
  ]);
  const found = new Map<number, Alike[]>();
  for (const { place, mask, rows: n } of rows) {
    const known = found.get(Number(place)) ?? [];
    known.push({ mask: Number(mask), rows: Number(n) });
    found.set(Number(place), known);
  }
  return found;
}

function rowsIn(alike: readonly Alike[], columns: number): number {
  return alike.reduce(
    (sum, { mask, rows }) => ((mask & columns) === columns ? sum + rows : sum),
    0,
  );
}

/** The first smallest set of columns, as places, that is enough; all of them where no small one is. */
function fewest(columns: number, isEnough: (mask: number) => boolean): number[] {
  const all = Array.from({ length: columns }, (_, at) => at);
  let sets: number[][] = [[]];
  for (let size = 1; size <= MOST_TOGETHER; size += 1) {
    sets = sets.flatMap((set) => all.slice((set.at(-1) ?? -1) + 1).map((at) => [...set, at]));
    const found = sets.find((set) => isEnough(set.reduce((mask, at) => mask + 2 ** at, 0)));
    if (found !== undefined) return found;
  }
  return all;
}
