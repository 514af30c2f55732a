import { isNumberShape, type Cell, type Shape, valueText } from './value-text';

/**
 * The one rule by which text goes to a spreadsheet (the clipboard, a CSV “for spreadsheets”): text
 * that begins like a formula gets an apostrophe before it, so that it is shown and never run.
 * What number columns hold is left as it is, negative numbers too. Source: OWASP, “CSV Injection”.
 */

/** Begins as a formula may; in a spelling that JavaScript and DuckDB read alike. */
export const FORMULA_START = '^[=+\\-@\\t\\r\\n＝＋－＠]';

const formulaStart = new RegExp(FORMULA_START);

export function withoutFormula(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}

/** How decimals are written where the spreadsheet is. */
export const DECIMAL_MARKS = ['comma', 'point'] as const;
export type DecimalMark = (typeof DECIMAL_MARKS)[number];

/** A value as a spreadsheet takes it; null for null. */
export function spreadsheetText(cell: Cell, shape: Shape, decimal: DecimalMark): string | null {
  const text = valueText(cell, shape);
  if (text === null) return null;
  if (!isNumberShape(shape)) return withoutFormula(text);
  return decimal === 'comma' ? text.replace('.', ',') : text;
}
