import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stampsOf } from '../../src/main/base/file-stamps';
import type { NamedScan } from '../../src/main/engine/engine-messages';
import { openDataset } from '../../src/main/datasets/open';
import { temporaryFolder } from '../helpers/temporary-folder';
import { builtEngine } from './built-engine';
import { pokemonRow, writeDataset } from './pokemon-rows';

const LIMITS = { maxRows: 10, timeLimitMs: 10_000 };
const COUNT = { sql: 'SELECT count(*)::INTEGER AS n FROM dataset', values: {} };

function engine(memoryMb = 256) {
  const started = builtEngine({ memoryMb });
  onTestFinished(() => started.close());
  return started;
}

async function pokemon(): Promise<NamedScan & { from: { parquet: string } }> {
  const parquet = await writeDataset(await temporaryFolder(), [
    pokemonRow({ id: 1, name: 'Bulbasaur' }),
  ]);
  return { name: 'pokemon', from: { parquet }, files: await stampsOf([parquet]) };
}

test('SQL a person writes sees every opened table by its name, and joins them', async () => {
  const file = join(await temporaryFolder(), 'regions.csv');
  await writeFile(file, 'id;region\n1;Kanto\n152;Johto\n');
  const scan = await openDataset(file);
  onTestFinished(() => scan.close());
  // A line of a CSV may be long: its reader takes room for one, whatever the file.
  const sql = engine(1000);
  const { from, files } = scan;
  await sql.open({ for: 'sql', tables: [await pokemon(), { name: 'regions', from, files }] });
  expect((await sql.query('SHOW TABLES', LIMITS)).rows).toEqual([['pokemon'], ['regions']]);
  const joined = 'SELECT name, region FROM pokemon JOIN regions USING (id)';
  expect((await sql.query(joined, LIMITS)).rows).toEqual([['Bulbasaur', 'Kanto']]);
  await expect(sql.batch([COUNT], 1000)).rejects.toMatchObject({ code: 'internal' });
});

test('where the app’s own questions are answered, no SQL of a person runs', async () => {
  const questions = engine();
  await questions.open({ for: 'questions', table: await pokemon(), spill: null });
  expect(await questions.batch([COUNT], 10_000)).toEqual([[{ n: 1 }]]);
  await expect(questions.query('SELECT 1', LIMITS)).rejects.toMatchObject({ code: 'internal' });
});

test('a file that changed since it was described is not loaded under its description', async () => {
  const table = await pokemon();
  const before = await readFile(table.from.parquet);
  await appendFile(table.from.parquet, 'x');
  const questions = engine();
  const opening = { for: 'questions', table, spill: null } as const;
  await expect(questions.open(opening)).rejects.toMatchObject({ code: 'version-replaced' });
  await expect(questions.batch([COUNT], 1000)).rejects.toMatchObject({ code: 'version-replaced' });
  await writeFile(table.from.parquet, before);
  await questions.open({
    ...opening,
    table: { ...table, files: await stampsOf([table.from.parquet]) },
  });
  expect(await questions.batch([COUNT], 10_000)).toEqual([[{ n: 1 }]]);
});
