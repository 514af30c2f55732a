import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../src/main/base/duckdb';
import { firstView } from '../../src/main/datasets/first-view';
import { describeOpened } from '../../src/main/datasets/describe';
import { profileRows } from '../../src/main/datasets/profile';
import { lookOver, MOST_LOOKED_AT } from '../../src/main/datasets/look-over';

const ROWS = 50_000;
/** Every third row is looked at: what lies between is not seen. */
const STEP = Math.ceil(ROWS / MOST_LOOKED_AT);

/** What a column is expected to be, by what it is made of: `i` is the row. */
const COLUMNS: Record<string, [sql: string, role: string]> = {
  // Its name would make it the key, but one value stands twice.
  id: [`CASE WHEN i = ${ROWS - 1} THEN 0 ELSE i END`, 'text'],
  order_no: ['i * 7', 'key'],
  kind: [`['a', 'b', 'c', 'd'][1 + i % 4]`, 'category'],
  'kind, of which few are seen': [
    `CASE WHEN i % ${STEP} = 0 THEN 'seen' ELSE 'kind ' || i % 40 END`,
    'category',
  ],
  'rarely another': [`CASE WHEN i % 1000 = 1 THEN 'late ' || i // 1000 ELSE 'same' END`, 'text'],
  name: [`'Person ' || i % 30000`, 'text'],
  'name of each': [`'Place ' || i`, 'title'],
  'list, null once': [`CASE WHEN i = 1 THEN NULL ELSE ['x'] END`, 'members'],
  'the same': ['1', 'measure'],
  'nearly the same': [`CASE WHEN i = 2 THEN 2 ELSE 1 END`, 'measure'],
  'built in the year': [`CASE WHEN i = 4 THEN 12 ELSE 1990 + i % 30 END`, 'measure'],
  month: [`CASE WHEN i = 5 THEN 13 ELSE 1 + i % 12 END`, 'measure'],
  year: ['1990 + i % 30', 'time'],
  'year with gaps': [`CASE WHEN i % 700 = 3 THEN 'nan'::DOUBLE ELSE 1990 + i % 30 END`, 'time'],
  gives: [`CASE WHEN i % 5 = 4 THEN 1 ELSE 0 END`, 'category'],
  amount: ['i / 7', 'measure'],
};

test('roles are right where a sample alone would mislead', async () => {
  const { look, dataset, view } = await looked();
  expect(look.rows).toBe(ROWS);
  const roles = Object.fromEntries(dataset.columns.map(({ name, role }) => [name, role]));
  expect(roles).toEqual(
    Object.fromEntries(Object.entries(COLUMNS).map(([name, [, role]]) => [name, role])),
  );
  expect(dataset.columns.find(({ name }) => name === 'list, null once')?.nullable).toBe(true);
  // What varies somewhere has a chart, what is the same everywhere has none.
  const histograms = view.cards?.flatMap((card) => (card.kind === 'histogram' ? card.column : []));
  expect(histograms).toEqual(['nearly the same', 'built in the year', 'month', 'amount']);
});

test('of many columns each has its own figures', async () => {
  const database = await Database.open();
  onTestFinished(() => database.close());
  const names = Array.from({ length: 100 }, (_, i) => `c${99 - i}`);
  const row = (more: number) => `(${names.map((_, i) => i + more).join(', ')})`;
  const nulls = `(${names.map(() => 'NULL').join(', ')})`;
  await database.run(`CREATE TABLE t (${names.map((name) => `${name} INTEGER`).join(', ')})`);
  await database.run(`INSERT INTO t VALUES ${row(0)}, ${row(2)}, ${row(0)}, ${nulls}`);
  const columns = names.map((name) => ({ name, sqlType: 'INTEGER' }));
  const profile = await profileRows(database, 't', columns);
  expect(profile.rows).toBe(4);
  expect(profile.columns).toEqual(
    names.map((name, i) => ({
      name,
      type: 'INTEGER',
      nulls: 1,
      distinct: 2,
      distinct_exact: true,
      min: i,
      max: i + 2,
      median: i,
      top: [
        { value: i, n: 2 },
        { value: i + 2, n: 1 },
      ],
    })),
  );
});

async function looked() {
  const database = await Database.open();
  onTestFinished(() => database.close());
  const made = Object.entries(COLUMNS).map(([name, [sql]]) => `${sql} AS "${name}"`);
  await database.run(
    `CREATE TABLE t AS SELECT ${made.join(', ')}, i AS "#position" FROM range(${ROWS}) AS every(i)`,
  );
  const columns = await database.rows<{ name: string; sqlType: string }>(
    `SELECT column_name AS name, column_type AS "sqlType" FROM (DESCRIBE SELECT * EXCLUDE "#position" FROM t)`,
  );
  const look = await lookOver(database, { from: 't', position: '#position', columns, rows: ROWS });
  const dataset = describeOpened({ name: 'x', format: 'parquet', files: [], notes: [] }, look);
  return { look, dataset, view: firstView(dataset, look) };
}
