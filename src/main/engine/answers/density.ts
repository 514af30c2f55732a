import type { ColumnDescriptor } from '../../../preload/contract/descriptor';
import type { Density, NotPositive } from '../../../preload/contract/questions';
import { MANY_ROWS, MOST_POINTS } from '../../../preload/contract/questions';
import { quotedName } from '../../base/duckdb';
import { axisSql, knownColumn, knownValue, scalarOf } from '../column-axis';
import { type AnswerKind, type AskedOf, count, type Numbered, type Plan } from './answer-kind';
import { rowIdSql, rowTitleSql } from './row-id';

export const density: AnswerKind<'density'> = async (question, of) => {
  const { log } = question;
  const placed = (name: string) => {
    const axis = axisSql(of.dataset, name);
    return log ? `CASE WHEN ${axis} > 0 THEN ${axis} END` : axis;
  };
  const [x, y] = [placed(question.x), placed(question.y)];
  const raw = [question.x, question.y].map((name) => axisSql(of.dataset, name));
  const placeOf = (value: unknown, name: string) =>
    knownValue(Number(value), knownColumn(of.dataset, name));
  const color = question.color === undefined ? null : knownColumn(of.dataset, question.color);
  const pointsSql = (rows: string) => `
    SELECT ${rowIdSql(of)} AS id, ${rowTitleSql(of)} AS title, ${x} AS x, ${y} AS y,
      ${colorSql(color)} AS color${log ? `, ${lowSql(raw)}` : ''}
    FROM ${rows} ORDER BY ${quotedName(of.position)}`;
  const readPoints = (rows: readonly Record<string, unknown>[]): Density => {
    const there = rows.filter((row) => row['x'] !== null && row['y'] !== null);
    return {
      drawn: 'points',
      points: there.map((row) => ({
        id: String(row['id']),
        title: String(row['title']),
        x: placeOf(row['x'], question.x),
        y: placeOf(row['y'], question.y),
        color: color === null ? null : scalarOf(row['color'], color),
      })),
      leftOut: rows.length - there.length,
      ...notPositiveOf(rows.map((row) => ({ ...row, n: 1 }))),
    };
  };
  const points = (): Plan<'density'> => ({ sql: pointsSql(of.selected), read: readPoints });
  if (of.dataset.rows <= MOST_POINTS) {
    if (of.counted === null) return points();
    const all = await of.once(pointsSql(of.from), (rows) => rows);
    const byNumber = {
      sql: quotedName(of.position),
      rows: (counted: readonly Numbered[]) => counted.map(({ code }) => all[code ?? -1] ?? {}),
    };
    return { ...points(), byNumber };
  }
  const { across: columns, up: lines } = question;
  const [across, xCell] = cellSql(x, await of.extentOf(question.x, log), columns, log);
  const [up, yCell] = cellSql(y, await of.extentOf(question.y, log), lines, log);
  // One number per cell is grouped faster than two.
  const cell = `${yCell} * ${columns} + ${xCell}`;
  const byNumber = log || columns * lines > MOST_NUMBERS ? null : cell;
  if (await isFew(of, x, y, byNumber)) return points();
  return {
    sql: `SELECT ${cell} AS cell, count(*)::DOUBLE AS n${log ? `, ${lowSql(raw)}` : ''}
      FROM ${of.selected} GROUP BY ALL`,
    read: (rows): Density => {
      const counts = Array.from({ length: question.across * question.up }, () => 0);
      let [leftOut, most] = [0, 0];
      for (const { cell, n } of rows) {
        if (cell === null) leftOut += count(n);
        else {
          counts[Number(cell)] = count(n);
          most = Math.max(most, count(n));
        }
      }
      const { across: a, up: u } = question;
      return {
        drawn: 'cells',
        x: across,
        y: up,
        across: a,
        up: u,
        most,
        counts,
        leftOut,
        ...notPositiveOf(rows),
      };
    },
    ...(byNumber === null
      ? {}
      : {
          byNumber: {
            sql: byNumber,
            rows: (counted) => counted.map(({ code, n }) => ({ cell: code, n })),
          },
        }),
  };
};

/** Cells that a small number tells apart. */
const MOST_NUMBERS = 65_000;

/** A value's text; a list's elements one after the other, null for an empty one. */
function colorSql(column: ColumnDescriptor | null): string {
  if (column === null) return 'NULL';
  const name = quotedName(column.name);
  return column.type === 'list'
    ? `nullif(array_to_string(${name}::VARCHAR[], ', '), '')`
    : `${name}::VARCHAR`;
}

/** For rows with both values, whether each is 0 or less, and whether one is less than that. */
function lowSql([x = '', y = '']: readonly string[]): string {
  const known = `${x} IS NOT NULL AND ${y} IS NOT NULL`;
  return `(${known} AND ${x} <= 0) AS low_x, (${known} AND ${y} <= 0) AS low_y,
    (${known} AND (${x} < 0 OR ${y} < 0)) AS negative`;
}

function notPositiveOf(rows: readonly Record<string, unknown>[]): { notPositive?: NotPositive } {
  const low = rows.filter((row) => row['low_x'] === true || row['low_y'] === true);
  if (low.length === 0) return {};
  const isAny = (name: string) => low.some((row) => row[name] === true);
  return {
    notPositive: {
      n: low.reduce((sum, { n }) => sum + count(n), 0),
      x: isAny('low_x'),
      y: isAny('low_y'),
      negative: isAny('negative'),
    },
  };
}

/** Of a large table: to fetch and draw more at each step of a drag takes longer than a drag may. */
const MOST_POINTS_OF_MANY = 2_000;

function mostPoints({ dataset }: AskedOf): number {
  return dataset.rows > MANY_ROWS ? MOST_POINTS_OF_MANY : MOST_POINTS;
}

/** Whether those that have a place can be drawn one by one. */
async function isFew(of: AskedOf, x: string, y: string, byNumber: string | null): Promise<boolean> {
  if (of.counted !== null && byNumber !== null) {
    const placed = (await of.counted(byNumber)).filter(({ code }) => code !== null);
    return placed.reduce((sum, { n }) => sum + n, 0) <= mostPoints(of);
  }
  const [row] = await of.ask(
    `SELECT count(*) FILTER (${x} IS NOT NULL AND ${y} IS NOT NULL)::DOUBLE AS n FROM ${of.selected}`,
    of.binder.values,
  );
  return count(row?.['n']) <= mostPoints(of);
}

/** The span that the cells cover and the SQL of a value's cell; a single value is in the first. */
function cellSql(
  axis: string,
  extent: readonly [number, number] | null,
  cells: number,
  log: boolean,
): [readonly [number, number], string] {
  const [low, high] = extent ?? [0, 0];
  const scale = (value: number) => (log ? Math.log10(value) : value);
  const width = (scale(high) - scale(low)) / cells;
  if (!(width > 0)) return [[low, high], `CASE WHEN ${axis} IS NOT NULL THEN 0 END`];
  const scaled = log ? `log10(${axis})` : axis;
  const cell = `floor((${scaled} - ${scale(low)}::DOUBLE) / ${width}::DOUBLE)`;
  // Of null and a number DuckDB's greatest takes the number.
  const within = `least(${cells - 1}, greatest(0, ${cell}))::INTEGER`;
  return [[low, high], `CASE WHEN ${axis} IS NOT NULL THEN ${within} END`];
}
