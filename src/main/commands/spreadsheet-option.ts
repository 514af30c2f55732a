import { type Command, Option } from 'commander';
import { AppError } from '../../preload/contract/errors';
import { DECIMAL_MARKS, type DecimalMark } from '../../preload/contract/spreadsheet-text';
import type { SpreadsheetFlags } from './read-flags';

/** `--for-spreadsheets` and `--decimal`, which export and query share. */
export function withSpreadsheet(command: Command): Command {
  return command
    .option(
      '--for-spreadsheets',
      'CSV with a byte order mark, separator and decimals as spreadsheets read them, formulas kept from running',
    )
    .addOption(
      new Option(
        '--decimal <mark>',
        'with --for-spreadsheets: by default as the locale has it',
      ).choices(DECIMAL_MARKS),
    );
}

/** The decimal mark of a CSV for spreadsheets; null where none is asked for. Throws `usage`. */
export function spreadsheetOf(flags: SpreadsheetFlags, format: string): DecimalMark | null {
  if (flags.forSpreadsheets === undefined) {
    if (flags.decimal === undefined) return null;
    throw new AppError('usage', '--decimal belongs to --for-spreadsheets.', {
      hint: 'Exact data always have a decimal point; give --for-spreadsheets too.',
    });
  }
  if (format !== 'csv') {
    throw new AppError('usage', `--for-spreadsheets is for CSV, the format is ${format}.`, {
      hint: 'Give --format csv, or leave --for-spreadsheets out.',
    });
  }
  return flags.decimal ?? localeMark();
}

function localeMark(): DecimalMark {
  const decimal = new Intl.NumberFormat().formatToParts(0.5).find(({ type }) => type === 'decimal');
  return decimal?.value === ',' ? 'comma' : 'point';
}
