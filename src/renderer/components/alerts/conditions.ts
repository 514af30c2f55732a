import { type ColumnDescriptor, isTimeColumn } from '../../../preload/contract/descriptor';
import { type Filter, momentOf } from '../../../preload/contract/filters';

/** A filter of the form, and whether the rule has it. */
export interface Condition {
  filter: Filter;
  isUsed: boolean;
}

/** The range that two typed ends make; null and why where they make none yet. */
export function rangeOf(
  column: Pick<ColumnDescriptor, 'name' | 'type'>,
  from: string,
  to: string,
): { filter: Filter | null; wrong: string | null } {
  const isTime = isTimeColumn(column);
  const [min, max] = [from, to].map((text) => endOf(text, isTime));
  if (min === null || max === null) {
    return { filter: null, wrong: isTime ? 'Not a date like 2026-08-08' : 'Not a number' };
  }
  if (min === undefined && max === undefined) return { filter: null, wrong: null };
  if (min !== undefined && max !== undefined && momentOf(min) > momentOf(max)) {
    return { filter: null, wrong: 'From is higher than To' };
  }
  return {
    filter: {
      kind: 'range',
      column: column.name,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
    },
    wrong: null,
  };
}

/** Undefined where nothing is typed, null for what is no end. */
function endOf(text: string, isTime: boolean): number | string | null | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  if (isTime) return Number.isNaN(momentOf(typed)) ? null : typed;
  const number = Number(typed.replaceAll(',', ''));
  return Number.isFinite(number) ? number : null;
}
