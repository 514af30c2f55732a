import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../preload/contract/errors';
import { quotedName } from '../base/duckdb';
import { isOutOfMemory, readWhole } from '../base/whole-result';
import { fromSql, type NamedScan } from './engine-messages';
import { positionName, TABLE } from './ask-table';

/**
 * Loads rows as the table that the app's own questions are asked of, with their positions, and as
 * the view of that name without them. Resolves to how many there are and what
 * their positions are called.
 */
export async function loadTable(
  connection: DuckDBConnection,
  table: NamedScan,
): Promise<{ rows: number; position: string }> {
  const from = fromSql(table);
  const described = await readWhole(await connection.run(`DESCRIBE SELECT * FROM ${from}`));
  const columns = described.getRows().map(([column]) => ({ name: String(column) }));
  const position = quotedName(positionName(columns));
  await connection.run(
    `CREATE TABLE ${quotedName(TABLE)} AS
      SELECT *, (row_number() OVER ()) - 1 AS ${position} FROM ${from}`,
  );
  await connection.run(
    `CREATE VIEW ${quotedName(table.name)} AS SELECT * EXCLUDE (${position}) FROM ${quotedName(TABLE)}`,
  );
  const counted = await readWhole(
    await connection.run(`SELECT count(*)::DOUBLE FROM ${quotedName(TABLE)}`),
  );
  return { rows: Number(counted.getRows()[0]?.[0]), position };
}

/** Loads other rows as a table that only a person's SQL sees. Throws `not-readable` or `query-limit`. */
export async function loadNamed(connection: DuckDBConnection, table: NamedScan): Promise<void> {
  const { name } = table;
  try {
    await connection.run(`CREATE TABLE ${quotedName(name)} AS SELECT * FROM ${fromSql(table)}`);
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
    // The dataset itself, about which the app has words of its own.
    if (typeof table.from !== 'string') throw error;
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
