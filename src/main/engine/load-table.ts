import type { DuckDBConnection } from '@duckdb/node-api';
import { quotedName } from '../base/duckdb';
import { readWhole } from '../base/whole-result';
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
