import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Database, quotedText } from '../../src/main/base/duckdb';
import { temporaryFolder } from '../helpers/temporary-folder';

const ROWS = 1_000_000;

test('a statement that takes a while tells how far it has come, and never goes back', async () => {
  const file = join(await temporaryFolder(), 'many.json');
  const database = await Database.open({ threads: 1 });
  onTestFinished(() => database.close());
  await database.run(`CREATE TEMP TABLE numbers AS SELECT range AS n FROM range(${ROWS})`);
  const told: number[] = [];
  await database.runTelling(
    // Dear enough for each hundred thousand rows to be seen.
    `COPY (SELECT list_sum(list_transform(range(60), lambda x: sin(x + n))) AS value FROM numbers)
     TO ${quotedText(file)} (FORMAT json)`,
    (rows) => told.push(rows),
  );
  expect(told.some((rows) => rows > 0 && rows < ROWS)).toBe(true);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(Math.max(...told)).toBeLessThanOrEqual(ROWS);
});
