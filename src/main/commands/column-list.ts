import { InvalidArgumentError } from 'commander';
import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import { AppError } from '../../preload/contract/errors';
import { MOST_QUASI } from '../../preload/contract/risk';

/** Columns by comma, each once. */
export function listOf(text: string): string[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))].filter(Boolean);
  if (names.length === 0) throw new InvalidArgumentError('Give columns by comma.');
  if (names.length > MOST_QUASI)
    throw new InvalidArgumentError(`Give ${MOST_QUASI} columns at most.`);
  return names;
}

/** Throws `usage` for a name that no column has. */
export function checkColumns(
  names: readonly string[],
  columns: readonly Pick<DatasetDescriptor['columns'][number], 'name'>[],
): void {
  const unknown = names.find((name) => !columns.some((column) => column.name === name));
  if (unknown === undefined) return;
  throw new AppError('usage', `No column is named “${unknown.slice(0, 60)}”.`, {
    hint: 'See pokedex profile for the columns there are.',
  });
}
