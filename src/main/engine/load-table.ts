import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../preload/contract/errors';
import { quotedName } from '../base/duckdb';
import { isOutOfMemory, readWhole } from '../base/whole-result';
import type { NamedRows } from './engine-messages';
import { positionName, TABLE } from './ask-table';

/**
 * Loads rows as the table that the app's own questions are asked of, with their positions, and as
 * the view `name` without them, which a person's SQL sees.
 * @param from SQL to stand behind FROM, made by duckdb-scan.ts
 */
export async function loadTable(
  connection: DuckDBConnection,
  from: string,
  name: string,
): Promise<void> {
  const described = await readWhole(await connection.run(`DESCRIBE SELECT * FROM ${from}`));
  const columns = described.getRows().map(([column]) => ({ name: String(column) }));
  const position = quotedName(positionName(columns));
  await connection.run(
    `CREATE TABLE ${quotedName(TABLE)} AS
      SELECT *, (row_number() OVER ()) - 1 AS ${position} FROM ${from}`,
  );
  await connection.run(
    `CREATE VIEW ${quotedName(name)} AS SELECT * EXCLUDE (${position}) FROM ${quotedName(TABLE)}`,
  );
}

/** Loads other rows as a table that only a person's SQL sees. Throws `not-readable` or `query-limit`. */
export async function loadNamed(
  connection: DuckDBConnection,
  { name, from }: NamedRows,
): Promise<void> {
  try {
    await connection.run(`CREATE TABLE ${quotedName(name)} AS SELECT * FROM ${from}`);
  } catch (error) {
    if (isOutOfMemory(error)) {
      throw new AppError(
        'query-limit',
        `The table ${name} needs more memory than queries may use.`,
        {
          hint: 'Open a part of it: fewer rows, or fewer columns.',
          cause: error,
        },
      );
    }
    throw new AppError(
      'not-readable',
      `The table ${name} cannot be read: its file is damaged, or has changed.`,
      {
        hint: 'Get the file again from where it came, or choose another one.',
        cause: error,
      },
    );
  }
}
