import { type ColumnDescriptor, isTimeColumn } from '../../preload/contract/descriptor';
import { momentSql } from './column-axis';

/** The least and the greatest finite value of a column as a DOUBLE; null where it has none. */
export type Extent = readonly [low: number, high: number] | null;

/** How a column is cut into bins over its whole extent, whatever is filtered. */
export interface Binning {
  /** Lower edges and, last, the upper one. */
  edges: number[];
  /** SQL of the number of a value's bin, from 0; null where it has no place. */
  numberSql: string;
}

/** What a decimal fraction loses as a double must not move it one bin down. */
const LOST = 1e-9;
/** Of a FLOAT, which is half a step of its last digit away from what it stands for. */
const LOST_OF_FLOAT = 2 ** -24;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.2425 * DAY;

/** Widths that a calendar or a clock has, and how long they are on average. */
const NATURAL: readonly (readonly [unit: string, ms: number])[] = [
  ['second', 1000],
  ['minute', MINUTE],
  ['hour', HOUR],
  ['day', DAY],
  ['week', 7 * DAY],
  ['month', YEAR / 12],
  ['quarter', YEAR / 4],
  ['year', YEAR],
  ['decade', 10 * YEAR],
  ['century', 100 * YEAR],
];

/** More bins than this are never made, however a natural width falls. */
const MOST_BINS = 1000;

/**
 * Round edges over `extent`. Numbers: as d3-array chooses ticks, a step of 1, 2 or 5 times a power of
 * ten, whichever gives nearest to `about` bins; whole numbers where the values are. Moments: the
 * natural width nearest to it. Null for no values.
 * @param axis SQL of the value as a DOUBLE, see axisSql
 */
export function binningOver(
  column: ColumnDescriptor,
  axis: string,
  about: number,
  extent: Extent,
): Binning | null {
  if (extent === null) return null;
  const [low, high] = extent;
  if (low === high) {
    return { edges: [low, high], numberSql: `CASE WHEN ${axis} IS NOT NULL THEN 0 END::BIGINT` };
  }
  if (isTimeColumn(column)) {
    const natural = naturalBins(column, low, high, about);
    if (natural !== null) return natural;
  }
  const width = stepOf((high - low) / about, column.type === 'integer' ? 1 : 0);
  const place = `${axis} / ${width}::DOUBLE`;
  const ofFloat = column.sqlType === 'FLOAT' ? ` + abs(${place}) * ${LOST_OF_FLOAT}::DOUBLE` : '';
  const lost = `${LOST}::DOUBLE${ofFloat}`;
  const first = Math.floor(low / width + LOST);
  const last = Math.floor(high / width + LOST);
  return {
    edges: Array.from({ length: last - first + 2 }, (_, index) => rounded((first + index) * width)),
    numberSql: `(floor(${place} + ${lost}) - ${first}::DOUBLE)::BIGINT`,
  };
}

function stepOf(raw: number, least: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const times = raw / power;
  const step =
    times >= Math.sqrt(50) ? 10 : times >= Math.sqrt(10) ? 5 : times >= Math.sqrt(2) ? 2 : 1;
  return Math.max(least, step * power);
}

/** Without what multiplying added: 0.1 × 3 is 0.3. */
export function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(14));
}

function naturalBins(
  column: ColumnDescriptor,
  low: number,
  high: number,
  about: number,
): Binning | null {
  const usable = NATURAL.filter(
    ([unit]) => column.type !== 'date' || !/second|minute|hour/.test(unit),
  );
  const far = ([, ms]: readonly [string, number]) => Math.abs(Math.log((high - low) / ms / about));
  // DuckDB counts decades and centuries before the year 0 as one with those after it.
  if (low < utc(0, 0)) return null;
  const [best] = [...usable].sort((a, b) => far(a) - far(b));
  if (best === undefined || (high - low) / best[1] > MOST_BINS || far(best) > Math.log(8))
    return null;
  const [unit] = best;
  const edges = [truncated(low, unit)];
  while ((edges.at(-1) ?? high) <= high && edges.length <= MOST_BINS) {
    edges.push(following(edges.at(-1) ?? high, unit));
  }
  const moment = momentSql(column);
  const start = `make_timestamp(${Math.round((edges[0] ?? low) * 1000)}::BIGINT)`;
  const finite = `CASE WHEN isfinite(${moment}) THEN ${moment} END`;
  return { edges, numberSql: `date_diff('${unit}', ${start}, ${finite})::BIGINT` };
}

/** The beginning of the unit that a moment is in, as date_trunc does: weeks begin on Monday. */
function truncated(ms: number, unit: string): number {
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  switch (unit) {
    case 'second':
      return Math.floor(ms / 1000) * 1000;
    case 'minute':
      return Math.floor(ms / MINUTE) * MINUTE;
    case 'hour':
      return Math.floor(ms / HOUR) * HOUR;
    case 'day':
      return Math.floor(ms / DAY) * DAY;
    case 'week':
      // 1970-01-05 was a Monday.
      return Math.floor((ms / DAY - 4) / 7) * 7 * DAY + 4 * DAY;
    case 'month':
      return utc(year, month);
    case 'quarter':
      return utc(year, month - (month % 3));
    case 'year':
      return utc(year, 0);
    case 'decade':
      return utc(Math.floor(year / 10) * 10, 0);
    default:
      return utc(Math.floor(year / 100) * 100, 0);
  }
}

const MONTHS_IN: Readonly<Record<string, number>> = {
  month: 1,
  quarter: 3,
  year: 12,
  decade: 120,
  century: 1200,
};

function following(edge: number, unit: string): number {
  const months = MONTHS_IN[unit];
  if (months === undefined) return edge + (NATURAL.find(([name]) => name === unit)?.[1] ?? DAY);
  const date = new Date(edge);
  return utc(date.getUTCFullYear(), date.getUTCMonth() + months);
}

/** Date.UTC takes the years 0 to 99 for 1900 to 1999. */
function utc(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 1);
  return date.getTime();
}
