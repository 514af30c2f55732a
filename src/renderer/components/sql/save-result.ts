import { counted } from '../../words/counts';
import { LONGEST_FILE, type SqlResult } from '../../../preload/contract/calls';
import { AppError } from '../../../preload/contract/errors';
import type { DecimalMark } from '../../../preload/contract/spreadsheet-text';
import { csvText, jsonText, spreadsheetCsv } from '../../../preload/contract/table-text';
import { formatNumber } from '../../words/numbers';
import { call } from '../../bridge';
import { savedSentence } from '../export/saved-sentence';
import { sayDone, sayFailed } from '../help/notices';
import { takeSavedFile } from '../take-saved-file';

function tooLarge(length: number, kind: 'csv' | 'json'): AppError {
  const [given, most] = [length, LONGEST_FILE].map((size) => formatNumber(size / 1_000_000, 0));
  return new AppError(
    'query-limit',
    `The result is ${given} MB as ${kind.toUpperCase()}; at most ${most} MB are saved from here.`,
    { hint: 'Ask for fewer rows or columns, for instance with LIMIT.' },
  );
}

function contentOf(result: SqlResult, kind: 'csv' | 'json', spreadsheet: DecimalMark | null) {
  if (kind === 'json') return jsonText(result);
  return spreadsheet === null ? csvText(result) : spreadsheetCsv(result, spreadsheet);
}

/** Saves a query's result as a file; says how that ended. */
export async function saveResult(
  result: SqlResult,
  kind: 'csv' | 'json',
  spreadsheet: DecimalMark | null = null,
): Promise<void> {
  try {
    const content = contentOf(result, kind, spreadsheet);
    if (content.length > LONGEST_FILE) throw tooLarge(content.length, kind);
    const saved = await call('file.save', { name: `query.${kind}`, kind, content });
    takeSavedFile(saved);
    sayDone(savedSentence(saved, counted(result.rows.length, 'row')));
  } catch (error) {
    sayFailed(error);
  }
}
