import type { ColumnDescriptor } from '../../../preload/contract/descriptor';
import type { GeneralStep, RiskBar } from '../../../preload/contract/risk';
import type { Protection } from './protect-rows';
import type { RiskRows, RiskSource } from './risk-rows';
import { rangeLabels, utcSql } from './step-sql';
import { toldKind } from './told-values';

/** What a column's chart shows before and after: rows per value, or per range along the axis. */

const MOST_BARS = 40;
/** Of values without an order, the most frequent ones. */
const MOST_VALUES = 20;

interface Bars {
  axis: Axis | null;
  bars: RiskBar[];
}

/** What is shown of the rows as they are, once for any k. */
export function barsBefore(source: RiskSource, of: RiskRows): Promise<Bars[]> {
  return Promise.all(
    of.columns.map(async (column, at) => {
      const axis = await axisOf(source, of, at, column);
      const exact: GeneralStep = { kind: 'exact' };
      const classes = `SELECT t${at} AS g${at}, n FROM ${of.classes}`;
      return { axis, bars: await barsOf(source, of, at, { how: exact, axis, from: classes }) };
    }),
  );
}

export async function riskBars(
  source: RiskSource,
  { of, steps, k, given }: Pick<Protection, 'of' | 'steps' | 'k' | 'given'>,
  before: readonly Bars[],
): Promise<{ before: RiskBar[]; after: RiskBar[] }[]> {
  const from = `SELECT * FROM ${given} WHERE n >= ${k}`;
  return Promise.all(
    before.map(async ({ axis, bars }, at) => {
      const how = steps[at] ?? { kind: 'dropped' };
      return { before: bars, after: await barsOf(source, of, at, { how, axis, from }) };
    }),
  );
}

function barsOf(
  source: RiskSource,
  of: RiskRows,
  at: number,
  { how, axis, from }: { how: GeneralStep; axis: Axis | null; from: string },
): Promise<RiskBar[]> {
  return axis === null
    ? valueBars(source, of, at, how, from)
    : axisBars(source, at, how, axis, from);
}

interface Axis {
  low: number;
  high: number;
  /** Of a bin; 0 where each value has a bar of its own. */
  width: number;
}

/** Null for a column without an axis, and for one without values. */
async function axisOf(
  { run }: RiskSource,
  of: RiskRows,
  at: number,
  column: ColumnDescriptor,
): Promise<Axis | null> {
  if (toldKind(column) !== 'number') return null;
  const [[row] = []] = await run([
    {
      sql: `SELECT min(v) AS low, max(v) AS high, count(DISTINCT v)::DOUBLE AS n
        FROM (SELECT t${at}::DOUBLE AS v FROM ${of.classes}) WHERE isfinite(v)`,
      values: {},
    },
  ]);
  const [low, high] = [row?.['low'], row?.['high']];
  if (typeof low !== 'number' || typeof high !== 'number') return null;
  const isEach = Number(row?.['n']) <= MOST_BARS;
  return { low, high, width: isEach ? 0 : niceWidth((high - low) / MOST_BARS) };
}

/** The next of 1, 2, 5, 10 … */
function niceWidth(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((one) => one * power >= least * (1 - 1e-12)) ?? 10;
  return Number((factor * power).toPrecision(12));
}

async function axisBars(
  source: RiskSource,
  at: number,
  how: GeneralStep,
  axis: Axis,
  from: string,
): Promise<RiskBar[]> {
  if (how.kind === 'dropped') return allInOne(source, axis, from);
  if (how.kind === 'ranges') return rangeBars(source, at, how.cuts, axis, from);
  const own = `g${at}::DOUBLE`;
  // As many bars as steps, where they are few enough to be seen.
  const isFew = how.kind === 'rounded' && how.to !== null && how.to >= axis.width;
  const width = isFew && how.kind === 'rounded' && how.to !== null ? how.to : axis.width;
  const bin = width === 0 || isFew ? own : `floor(${own} / ${width}) * ${width}`;
  const [rows = []] = await source.run([
    {
      sql: `SELECT CASE WHEN isfinite(${own}) THEN ${bin} END AS v, sum(n)::DOUBLE AS n, g${at} IS NULL AS nothing
        FROM (${from}) GROUP BY ALL ORDER BY nothing, v NULLS LAST`,
      values: {},
    },
  ]);
  return rows.map(({ v, n, nothing }) => {
    const number = typeof v === 'number' ? Number(v.toPrecision(12)) : null;
    if (number === null)
      return { label: nothing === true ? null : 'not a number', extent: null, rows: Number(n) };
    const [low, high] = [number, Number((number + width).toPrecision(12))];
    const isTop = how.kind === 'rounded' && how.top !== null && number >= how.top;
    const isBottom = how.kind === 'rounded' && how.bottom !== null && number <= how.bottom;
    const extent = [isBottom ? axis.low : low, isTop ? axis.high : high] as const;
    return { label: labelOf(low, width), extent, rows: Number(n) };
  });
}

function labelOf(low: number, width: number): string {
  return width === 0 ? String(low) : `${low} to below ${Number((low + width).toPrecision(12))}`;
}

async function allInOne(
  { run }: Pick<RiskSource, 'run'>,
  { low, high }: Pick<Axis, 'low' | 'high'>,
  from: string,
): Promise<RiskBar[]> {
  const [[row] = []] = await run([
    { sql: `SELECT coalesce(sum(n), 0)::DOUBLE AS n FROM (${from})`, values: {} },
  ]);
  return [{ label: 'not given', extent: [low, high], rows: Number(row?.['n'] ?? 0) }];
}

async function rangeBars(
  { run }: RiskSource,
  at: number,
  cuts: readonly number[],
  { low, high }: Axis,
  from: string,
): Promise<RiskBar[]> {
  const [rows = []] = await run([
    { sql: `SELECT g${at} AS label, sum(n)::DOUBLE AS n FROM (${from}) GROUP BY ALL`, values: {} },
  ]);
  const labels = rangeLabels(cuts);
  const ends = [low, ...cuts, high];
  const found = labels.flatMap((label, place): RiskBar[] => {
    const row = rows.find((one) => one['label'] === label);
    const [start = low, end = high] = [ends[place], ends[place + 1]];
    return row === undefined ? [] : [{ label, extent: [start, end], rows: Number(row['n']) }];
  });
  const others = rows.filter(({ label }) => typeof label !== 'string' || !labels.includes(label));
  return [
    ...found,
    ...others.map(({ label, n }) => ({
      label: typeof label === 'string' ? label : null,
      extent: null,
      rows: Number(n),
    })),
  ];
}

async function valueBars(
  { run }: RiskSource,
  of: RiskRows,
  at: number,
  how: GeneralStep,
  from: string,
): Promise<RiskBar[]> {
  const column = of.columns[at];
  if (how.kind === 'dropped') {
    const bars = await allInOne({ run }, { low: 0, high: 0 }, from);
    return bars.map((bar) => ({ ...bar, extent: null }));
  }
  const values = of.values[at] ?? null;
  const isMoment = column !== undefined && toldKind(column) === 'moment';
  const named = values !== null && how.kind === 'exact';
  const plain =
    isMoment && how.kind === 'exact'
      ? `strftime(${utcSql(`g${at}`, column.sqlType)}, '%Y')`
      : `g${at}::VARCHAR`;
  const [rows = []] = await run([
    {
      sql: `SELECT ${named ? 'w.v::VARCHAR' : 'label'} AS label, shown.n FROM
        (SELECT ${named ? `g${at}` : plain} AS label, sum(n)::DOUBLE AS n FROM (${from}) GROUP BY ALL
          ORDER BY ${isMoment ? 'label' : 'n DESC, label'} LIMIT ${isMoment ? 400 : MOST_VALUES}) shown
        ${named ? `LEFT JOIN ${values} w ON w.code = shown.label` : ''} ORDER BY ${isMoment ? 'label' : 'shown.n DESC, label'}`,
      values: {},
    },
  ]);
  return rows.map(({ label, n }) => ({
    label: typeof label === 'string' ? label : null,
    extent: null,
    rows: Number(n),
  }));
}
