import { type ColumnName, isNumberColumn } from '../../preload/contract/dataset';
import { AppError } from '../../preload/contract/errors';
import { quotedName } from '../base/duckdb';

/** A number column's SQL name. Throws `bad-view` for any other. */
export function numberColumn(name: ColumnName): string {
  if (isNumberColumn(name)) return quotedName(name);
  throw new AppError('bad-view', `The column ${name} holds no numbers.`, {
    hint: 'Choose a number column for this axis.',
  });
}
