import type { ColumnDescriptor } from '../../../preload/contract/descriptor';
import type { GeneralStep } from '../../../preload/contract/risk';
import { quotedText } from '../../base/duckdb';
import { isZoned } from '../column-axis';
import { toldSql } from './told-values';

/** How a step writes values, as SQL. What differs in the same step stays apart: its values are its classes. */

/** Digits after which what a division made of a number is no part of it: 0.3 / 0.1 is 2.9999999999999996. */
const SURE_DIGITS = 9;

/**
 * SQL of a column's value at a step, as it is given; its type may be another one.
 * @param of.told SQL of what the value tells, by default of the column of a row
 */
export function stepSql(
  column: ColumnDescriptor,
  step: GeneralStep,
  told = toldSql(column),
): string {
  switch (step.kind) {
    case 'exact':
      return told;
    case 'rounded':
      return roundedSql(column, step, told);
    case 'ranges':
      return rangesSql(step.cuts, rangeLabels(step.cuts), told);
    case 'moments':
      return momentsSql(column, step.to, told);
    case 'frequent': {
      const values = step.values.map(quotedText).join(', ');
      return `CASE WHEN ${told} IS NULL OR ${told} IN (${values}) THEN ${told} ELSE ${quotedText(step.others)} END`;
    }
    case 'beginning':
      return `left(${told}, ${step.characters}) || repeat('*', greatest(0, length(${told}) - ${step.characters}))`;
    case 'size':
      return `len(${told})::INTEGER`;
    case 'dropped':
      return 'NULL';
    default: {
      const never: never = step;
      throw new Error(`unknown step ${JSON.stringify(never)}`);
    }
  }
}

/** DuckDB's type of what a step gives. */
export function stepType({ sqlType }: ColumnDescriptor, step: GeneralStep): string {
  switch (step.kind) {
    case 'exact':
    case 'rounded':
      return sqlType;
    case 'size':
      return 'INTEGER';
    default:
      return 'VARCHAR';
  }
}

function roundedSql(
  { sqlType }: ColumnDescriptor,
  { to, bottom, top }: Extract<GeneralStep, { kind: 'rounded' }>,
  told: string,
): string {
  const number = `${told}::DOUBLE`;
  const rounded =
    to === null
      ? number
      : `round(floor(round(${number} / ${to}, ${SURE_DIGITS})) * ${to}, ${SURE_DIGITS})`;
  const least = bottom === null ? rounded : `greatest(${bottom}::DOUBLE, ${rounded})`;
  const coded = top === null ? least : `least(${top}::DOUBLE, ${least})`;
  return `CASE WHEN ${told} IS NULL OR NOT isfinite(${number}) THEN ${told} ELSE CAST(${coded} AS ${sqlType}) END`;
}

function rangesSql(cuts: readonly number[], labels: readonly string[], told: string): string {
  const number = `${told}::DOUBLE`;
  const each = cuts.map(
    (cut, at) => `WHEN ${number} < ${cut} THEN ${quotedText(labels[at] ?? '')}`,
  );
  return `CASE WHEN ${told} IS NULL THEN NULL WHEN isnan(${number}) THEN 'NaN' ${each.join(' ')}
    ELSE ${quotedText(labels.at(-1) ?? '')} END`;
}

/** What ranges are called: never like 1-2, which spreadsheets take for a date. */
export function rangeLabels(cuts: readonly number[]): string[] {
  const [first, ...rest] = cuts;
  if (first === undefined) return ['any'];
  const between = rest.map((cut, at) => `${cuts[at] ?? ''} to below ${cut}`);
  return [`below ${first}`, ...between, `${cuts.at(-1) ?? ''} or more`];
}

/** The step of a column's multiple; null for a step that has none. */
export function multipliedStep(step: GeneralStep, factor: number): GeneralStep | null {
  const times = (value: number) => Number((value * factor).toPrecision(12));
  const maybe = (value: number | null) => (value === null ? null : times(value));
  switch (step.kind) {
    case 'exact':
      return step;
    case 'rounded':
      return {
        kind: 'rounded',
        to: maybe(step.to),
        bottom: maybe(step.bottom),
        top: maybe(step.top),
      };
    case 'ranges':
      return { kind: 'ranges', cuts: step.cuts.map(times) };
    default:
      return null;
  }
}

/** SQL of a multiple's value, made of what is given of the column that it is a multiple of. */
export function multipleSql(
  multiple: ColumnDescriptor,
  column: ColumnDescriptor,
  step: GeneralStep,
  factor: number,
): string {
  switch (step.kind) {
    case 'exact':
      return toldSql(multiple);
    case 'ranges': {
      const scaled = multipliedStep(step, factor);
      const labels = scaled?.kind === 'ranges' ? rangeLabels(scaled.cuts) : [];
      return rangesSql(step.cuts, labels, toldSql(column));
    }
    default: {
      const given = `(${stepSql(column, step)})::DOUBLE`;
      return `CAST(CASE WHEN isfinite(${given}) THEN round(${given} * ${factor}, ${SURE_DIGITS}) ELSE ${given} END AS ${multiple.sqlType})`;
    }
  }
}

const MOMENT_FORMATS = {
  hour: '%Y-%m-%d %H:00',
  day: '%Y-%m-%d',
  month: '%Y-%m',
  year: '%Y',
} as const;

/** SQL of a moment as TIMESTAMP, in UTC. */
export function utcSql(told: string, sqlType: string): string {
  return isZoned(sqlType) ? `timezone('UTC', ${told})` : `${told}::TIMESTAMP`;
}

function momentsSql(
  { sqlType }: ColumnDescriptor,
  to: Extract<GeneralStep, { kind: 'moments' }>['to'],
  told: string,
): string {
  const moment = utcSql(told, sqlType);
  const text =
    to === 'decade'
      ? `(year(${moment}) // 10 * 10)::VARCHAR || 's'`
      : `strftime(${moment}, ${quotedText(MOMENT_FORMATS[to])})`;
  return `CASE WHEN ${told} IS NULL THEN NULL WHEN isfinite(${moment}) THEN ${text} ELSE ${told}::VARCHAR END`;
}
