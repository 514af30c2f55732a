import type { DuckDBConnection } from '@duckdb/node-api';
import { quotedName, quotedText } from '../base/duckdb';
import { readWhole } from '../base/whole-result';
import type { ScanColumn } from '../base/scan';
import type { Saving } from './engine-messages';
import { exportedColumn } from './export-columns';
import { copyOptions } from './export-options';

/** No table a person has open is called so. */
const RESULT = '\u0001result';

/**
 * Writes what a statement answers by DuckDB's COPY, row after row, and tells how many rows it has.
 * The statement is one that has passed the sandbox's checks, so its brackets and quotes are closed.
 */
export async function saveResult(
  connection: DuckDBConnection,
  sql: string,
  { to, format, compression, spreadsheet }: Saving,
): Promise<number> {
  const from = await fromSql(connection, sql);
  const columns = await columnsOf(connection, from);
  const values: string[] = [];
  for (const [index, column] of columns.entries()) {
    const isLong = format === 'parquet' && /^U?HUGEINT$/.test(column.sqlType);
    values.push(
      isLong
        ? await longInteger(connection, from, column.name)
        : exportedColumn(column, format, { spreadsheet, isFirst: index === 0 }),
    );
  }
  const copied = await readWhole(
    await connection.run(
      `COPY (SELECT ${values.join(', ')} FROM ${from})
     TO ${quotedText(to)} (${copyOptions(format, compression, spreadsheet)})`,
    ),
  );
  return Number(copied.getRows()[0]?.[0]);
}

/**
 * What to read the result from: a view, because a statement may end in semicolons and comments. Not
 * for what lists the tables there are, where the view would be among them.
 */
async function fromSql(connection: DuckDBConnection, sql: string): Promise<string> {
  if (/^\s*(DESC(RIBE)?|SUMMARIZE|SHOW)\b|duckdb_/i.test(sql)) {
    return `(${sql.replace(/[;\s]+$/, '')}\n)`;
  }
  await runAlone(connection, `CREATE TEMP VIEW ${quotedName(RESULT)} AS ${sql}`);
  return quotedName(RESULT);
}

/** Runs what is one statement. */
async function runAlone(connection: DuckDBConnection, sql: string): Promise<void> {
  const statements = await connection.extractStatements(sql);
  const statement = await statements.prepare(0);
  try {
    if (statements.count !== 1) throw new Error('Parser Error: the query is not one statement');
    await statement.run();
  } finally {
    statement.destroySync();
  }
}

async function columnsOf(connection: DuckDBConnection, from: string): Promise<ScanColumn[]> {
  const described = await readWhole(await connection.run(`DESCRIBE FROM ${from}`));
  return described.getRows().map(([name, type]) => ({
    name: String(name),
    sqlType: String(type),
  }));
}

/** Parquet has no integers of 128 bits; DuckDB would write them as DOUBLE. */
async function longInteger(
  connection: DuckDBConnection,
  from: string,
  name: string,
): Promise<string> {
  const column = quotedName(name);
  const answer = await readWhole(
    await connection.run(
      `SELECT count(*) FROM ${from}
     WHERE ${column} IS NOT NULL AND TRY_CAST(${column} AS DECIMAL(38,0)) IS NULL`,
    ),
  );
  const fits = Number(answer.getRows()[0]?.[0]) === 0;
  return `${column}::${fits ? 'DECIMAL(38,0)' : 'VARCHAR'} AS ${column}`;
}
