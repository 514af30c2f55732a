import type { ColumnDescriptor } from '../../../preload/contract/descriptor';
import type { GeneralStep } from '../../../preload/contract/risk';
import type { RiskRows, RiskSource } from './risk-rows';
import { toldKind } from './told-values';

/**
 * The steps by which a column becomes coarser, from its values to nothing. Each step joins what the one
 * before it keeps apart and parts nothing again, so that classes only grow.
 */
export async function ladderOf(
  source: RiskSource,
  of: RiskRows,
  at: number,
): Promise<GeneralStep[]> {
  const column = of.columns[at];
  if (column === undefined) throw new Error(`no column ${at}`);
  return [{ kind: 'exact' }, ...(await betweenSteps(source, of, at, column)), { kind: 'dropped' }];
}

async function betweenSteps(
  source: RiskSource,
  of: RiskRows,
  at: number,
  column: ColumnDescriptor,
): Promise<GeneralStep[]> {
  switch (toldKind(column)) {
    case 'number':
      return numberSteps(await numberShape(source, of, at));
    case 'moment':
      return momentSteps(source, of, at, column);
    case 'text':
      return textSteps(source, of, at);
    case 'list':
      return [{ kind: 'size' }];
    default:
      return [];
  }
}

interface NumberShape {
  distinct: number;
  low: number;
  high: number;
  /** Values that have the same share of the rows between them, lowest first. */
  quantiles: number[];
}

/** Of top and bottom such shares of the rows are coded. */
const CODED = 0.02;
const RANGES = 16;

async function numberShape(
  { run }: RiskSource,
  of: RiskRows,
  at: number,
): Promise<NumberShape | null> {
  const shares = Array.from({ length: RANGES - 1 }, (_, cut) => (cut + 1) / RANGES);
  const [[row] = []] = await run([
    {
      sql: `SELECT count(DISTINCT v)::DOUBLE AS distinct_values, min(v) AS low, max(v) AS high,
          quantile_disc(v, [${[CODED, ...shares, 1 - CODED].join(', ')}]) AS quantiles
        FROM (SELECT t${at}::DOUBLE AS v FROM ${of.rows}) WHERE isfinite(v)`,
      values: {},
    },
  ]);
  const [low, high, quantiles] = [row?.['low'], row?.['high'], row?.['quantiles']];
  if (typeof low !== 'number' || typeof high !== 'number' || !Array.isArray(quantiles)) return null;
  return {
    distinct: Number(row?.['distinct_values']),
    low,
    high,
    quantiles: quantiles.map(Number),
  };
}

/** Fewer values need no steps between all and nothing. */
const FEWEST_STEPPED = 4;
const MOST_ROUNDINGS = 4;

/** Exported for its test. */
export function numberSteps(shape: NumberShape | null): GeneralStep[] {
  if (shape === null || shape.distinct < FEWEST_STEPPED) return [];
  const { distinct, quantiles } = shape;
  const [low, high] = [quantiles[0] ?? shape.low, quantiles.at(-1) ?? shape.high];
  const span = high - low || shape.high - shape.low;
  const widths = thinned(
    niceWidths((1.5 * span) / distinct, Math.min(span / 8, usualGap(quantiles))),
    MOST_ROUNDINGS,
  );
  const coarsest = widths.at(-1) ?? niceWidths(span / distinct / 2, span)[0] ?? span;
  const down = (value: number) => trimmed(Math.floor(trimmed(value / coarsest)) * coarsest);
  const up = (value: number) => trimmed(Math.ceil(trimmed(value / coarsest)) * coarsest);
  const bottom = down(low) > shape.low ? down(low) : null;
  const top = up(high) < shape.high ? up(high) : null;
  const coded: GeneralStep[] =
    bottom === null && top === null ? [] : [{ kind: 'rounded', to: null, bottom, top }];
  const rounded = widths.map((to): GeneralStep => ({ kind: 'rounded', to, bottom, top }));
  return [
    ...coded,
    ...rounded,
    ...rangeSteps(quantiles.slice(1, -1).map(down), shape, bottom, top),
  ];
}

/** Between quantiles: of what is crowded near its low end it is far less than a part of the span. */
function usualGap(quantiles: readonly number[]): number {
  const gaps = quantiles.slice(2, -1).map((value, at) => value - (quantiles[at + 1] ?? value));
  const wide = gaps.filter((gap) => gap > 0).sort((a, b) => a - b);
  return wide[Math.floor(wide.length / 2)] ?? 0;
}

/** Half as many ranges with each step, whose ends are ends of the step before. */
function rangeSteps(
  ends: readonly number[],
  { low, high }: NumberShape,
  bottom: number | null,
  top: number | null,
): GeneralStep[] {
  const within = ends.filter((cut) => cut > (bottom ?? low) && cut <= (top ?? high));
  let cuts = [...new Set(within)].sort((a, b) => a - b);
  const steps: GeneralStep[] = [];
  while (cuts.length > 0) {
    if (cuts.length <= RANGES / 2) steps.push({ kind: 'ranges', cuts });
    cuts = cuts.filter((_, place) => place % 2 === 1);
  }
  return steps;
}

/** 1, 5, 10, 50 …: each is a multiple of those before. */
function niceWidths(least: number, most: number): number[] {
  if (!(least > 0) || !Number.isFinite(most)) return [];
  const widths: number[] = [];
  for (let power = Math.floor(Math.log10(least)); 10 ** power <= most; power += 1) {
    for (const width of [trimmed(10 ** power), trimmed(5 * 10 ** power)]) {
      if (width >= least && width <= most) widths.push(width);
    }
  }
  return widths;
}

/** So many of them at most, the last one among them. */
function thinned<T>(all: readonly T[], most: number): T[] {
  const every = Math.ceil(all.length / most);
  return all.filter((_, at) => (all.length - 1 - at) % every === 0);
}

/** Without what binary fractions add to a decimal one. */
function trimmed(value: number): number {
  return Number(value.toPrecision(12));
}

const MOMENTS = ['hour', 'day', 'month', 'year', 'decade'] as const;

async function momentSteps(
  { run }: RiskSource,
  of: RiskRows,
  at: number,
  { type }: ColumnDescriptor,
): Promise<GeneralStep[]> {
  const tried = type === 'date' ? MOMENTS.slice(2) : MOMENTS;
  const parts = tried.map((to) => `count(DISTINCT date_trunc('${to}', v))::DOUBLE AS ${to}s`);
  const [[row] = []] = await run([
    {
      sql: `SELECT count(DISTINCT v)::DOUBLE AS all_values, ${parts.join(', ')}
        FROM (SELECT t${at} AS v FROM ${of.rows}) WHERE isfinite(v)`,
      values: {},
    },
  ]);
  let before = Number(row?.['all_values'] ?? 0);
  const steps: GeneralStep[] = [];
  for (const to of tried) {
    const n = Number(row?.[`${to}s`] ?? 0);
    if (n >= before || n < 2) continue;
    steps.push({ kind: 'moments', to });
    before = n;
  }
  return steps;
}

const FREQUENT = [16, 8, 4, 2] as const;
/** Longer texts are no codes. */
const LONGEST_CODE = 12;

async function textSteps({ run }: RiskSource, of: RiskRows, at: number): Promise<GeneralStep[]> {
  const values = of.values[at] ?? '';
  const [[shape] = [], frequent = []] = await run([
    {
      sql: `SELECT count(*)::DOUBLE AS distinct_values, min(length(v))::DOUBLE AS shortest,
          max(length(v))::DOUBLE AS longest, bool_and(regexp_full_match(v, '[0-9A-Z]*[0-9][0-9A-Z -]*')) AS coded
        FROM ${values}`,
      values: {},
    },
    { sql: `SELECT v FROM ${values} WHERE n > 1 ORDER BY code LIMIT ${FREQUENT[0]}`, values: {} },
  ]);
  const distinct = Number(shape?.['distinct_values'] ?? 0);
  const length = Number(shape?.['longest'] ?? 0);
  const isCode =
    shape?.['coded'] === true && length === Number(shape['shortest']) && length <= LONGEST_CODE;
  // Of a code the first characters say where it belongs; the frequent ones are any.
  if (isCode && length > 1) return beginnings(length);
  const known = frequent.map(({ v }) => String(v));
  return FREQUENT.filter((most) => most < distinct - 1 && most <= known.length).map((most) => {
    const kept = known.slice(0, most);
    return { kind: 'frequent', values: kept, others: otherThan(known) };
  });
}

function beginnings(length: number): GeneralStep[] {
  return Array.from({ length: length - 1 }, (_, at) => ({
    kind: 'beginning',
    characters: length - 1 - at,
  }));
}

/** A word for all others that none of them is. */
function otherThan(values: readonly string[]): string {
  let word = 'Other';
  while (values.includes(word)) word = `${word} (others)`;
  return word;
}
