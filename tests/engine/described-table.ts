import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Database, quotedText } from '../../src/main/base/duckdb';
import { AskedTable, type RunStatements } from '../../src/main/engine/ask-table';
import { Sandbox } from '../../src/main/engine/sandbox';
import { Workbench } from '../../src/main/engine/workbench';
import type {
  ColumnDescriptor,
  DatasetDescriptor,
  Role,
  ValueType,
} from '../../src/preload/contract/descriptor';
import { type Answers, askedSchema, type QuestionKind } from '../../src/preload/contract/questions';
import { type AtTestEnd, temporaryFolder } from '../helpers/temporary-folder';
import { scanAs } from './pokemon-rows';

/** A table of any columns, loaded as the engine loads one, and questions asked of it. */
export interface DescribedTable {
  readonly dataset: DatasetDescriptor;
  /** The answer to a question as a caller writes it: checked by the contract's schema first. */
  ask<K extends QuestionKind>(
    question: { kind: K } & Record<string, unknown>,
    ...filters: unknown[]
  ): Promise<Answers[K]>;
  /** The same by a statement of its own, however small the table is. */
  askBySql: DescribedTable['ask'];
  /** Rows of DuckDB's own, to hold answers against; the table is named `pokemon` there. */
  query(sql: string): Promise<unknown[][]>;
}

/** @param select SQL whose rows become the table */
export async function describedTable(
  select: string,
  row: Partial<DatasetDescriptor['row']> = {},
  atEnd: AtTestEnd = onTestFinished,
): Promise<DescribedTable> {
  const parquet = join(await temporaryFolder(atEnd), 'table.parquet');
  const { columns, rows } = await written(select, parquet);
  const dataset: DatasetDescriptor = {
    key: 'file-test',
    kind: 'file',
    title: 'Test',
    noun: { one: 'row', many: 'rows' },
    rows,
    columns,
    groups: [],
    row: { key: null, title: null, image: null, ...row },
    searched: columns.filter(({ type }) => type === 'text').map(({ name }) => name),
    facts: [],
    can: [],
  };
  const scan = scanAs('pokemon', parquet);
  const workbench = await Workbench.open(scan, null, '512MB', 2);
  atEnd(async () => workbench.close());
  const sandbox = await Sandbox.open([scan], '512MB', 2);
  atEnd(async () => sandbox.close());
  const askedOf = (mostNumbered?: number): DescribedTable['ask'] => {
    const run: RunStatements = (statements) => workbench.batch(statements, 20_000);
    const table = new AskedTable(dataset, run, mostNumbered);
    return async (question, ...filters) => {
      // As a call brings them: through JSON.
      const asked = askedSchema.parse(JSON.parse(JSON.stringify({ question, filters })));
      const [answer] = await table.ask([asked]);
      return JSON.parse(JSON.stringify(answer)) as never;
    };
  };
  return {
    dataset,
    ask: askedOf(),
    askBySql: askedOf(0),
    query: async (sql) =>
      (await sandbox.query(sql, { maxRows: 1000, timeLimitMs: 20_000 })).rows as unknown[][],
  };
}

async function written(select: string, parquet: string) {
  const database = await Database.open();
  try {
    await database.run(`CREATE TABLE made AS ${select}`);
    const described = await database.rows<{ column_name: string; column_type: string }>(
      'DESCRIBE made',
    );
    const { rows } = await database.row<{ rows: number }>(
      'SELECT count(*)::INTEGER AS rows FROM made',
    );
    await database.run(`COPY made TO ${quotedText(parquet)} (FORMAT parquet)`);
    return {
      rows,
      columns: described.map((each) => columnOf(each.column_name, each.column_type)),
    };
  } finally {
    database.close();
  }
}

function columnOf(name: string, sqlType: string): ColumnDescriptor {
  const [type, role] = kindOf(sqlType);
  return {
    name,
    sqlType,
    type,
    role,
    label: name,
    unit: null,
    decimals: null,
    grouped: true,
    nullable: true,
    privacy: 'open',
    palette: null,
    labels: null,
    order: null,
  };
}

function kindOf(sqlType: string): [ValueType, Role] {
  if (sqlType.endsWith('[]')) return ['list', 'members'];
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(sqlType)) return ['integer', 'measure'];
  if (sqlType === 'FLOAT' || sqlType === 'DOUBLE') return ['double', 'measure'];
  if (sqlType.startsWith('DECIMAL')) return ['decimal', 'measure'];
  if (sqlType === 'BOOLEAN') return ['boolean', 'flag'];
  if (sqlType === 'DATE') return ['date', 'time'];
  if (sqlType.startsWith('TIMESTAMP')) return ['timestamp', 'time'];
  return ['text', 'text'];
}
