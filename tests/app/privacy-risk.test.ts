import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database, quotedText } from '../../src/main/base/duckdb';
import type { ExportedFile } from '../../src/preload/contract/calls';
import { censusRows, loadCensus } from '../engine/census-rows';
import { figuresOf } from '../engine/risk-oracle';
import { queryRows } from '../helpers/parquet-rows';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { temporaryFolder } from '../helpers/temporary-folder';

/** What the page asks of how exposed rows are, and of exports that single nobody out. */

let app: ServedApp;
let data: string;
let folder: string;
const rows = censusRows(400, 7);
const atEnd: (() => unknown)[] = [];

beforeAll(async () => {
  data = await snapshotData((work) => void atEnd.unshift(work));
  folder = await temporaryFolder((work) => void atEnd.unshift(work));
  const database = await Database.open();
  await loadCensus(database, rows, 'census');
  const census = join(folder, 'census.parquet');
  await database.run(`COPY census TO ${quotedText(census)} (FORMAT parquet)`);
  database.close();
  app = await serveReadyApp(data, (work) => void atEnd.unshift(work), ['--open', census]);
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

async function downloaded(saved: ExportedFile, name: string): Promise<string> {
  if (saved.kind !== 'download') throw new Error(`no download but ${saved.kind}`);
  const path = join(folder, name);
  await writeFile(path, (await app.page(saved.url)).body);
  return path;
}

test('the published data: figures of the view, the version they are of, and what reaches k', async () => {
  const columns = ['weight', 'height'];
  const risk = await app.call('privacy.risk', { columns });
  expect(risk).toMatchObject({ version: 1, proposed: false });
  expect(risk.figures).toMatchObject({ rows: 649, k: 1, unique_rows: 525 });
  const fire = { kind: 'one-of' as const, columns: ['type_1'], values: ['fire'] };
  const some = await app.call('privacy.risk', { columns, filters: [fire] });
  expect(some.figures.rows).toBeLessThan(100);
  const five = await app.call('privacy.generalise', { columns, k: 5 });
  expect(five.k).toBeGreaterThanOrEqual(5);
  expect(five.columns.map(({ column }) => column)).toContain('bmi');
  await expect(app.call('privacy.generalise', { columns: ['name'], k: 5 })).rejects.toMatchObject({
    code: 'usage',
  });
});

test('an export that reaches k tells what it did, and what is in it says the same', async () => {
  const saved = await app.call('export.data', {
    format: 'parquet',
    view: null,
    ...{ pseudonymised: true, rekey: true, k: 5, quasi: ['weight', 'height'] },
  });
  const path = await downloaded(saved, 'open.parquet');
  const [found] = await queryRows(
    `SELECT min(n)::INTEGER AS k, sum(n)::INTEGER AS rows FROM
      (SELECT count(*) AS n FROM read_parquet(${quotedText(path)})
       GROUP BY weight, height, weight_kg, height_m)`,
  );
  expect(saved.protection).toMatchObject({ k: found?.['k'], wanted: 5 });
  expect(Number(found?.['k'])).toBeGreaterThanOrEqual(5);
  expect(Number(found?.['rows']) + (saved.protection?.suppressed ?? 0)).toBe(649);
});

test('an opened table: its own figures, and an export without what names anybody', async () => {
  const [table] = (await app.call('datasets.list', {})).open;
  const dataset = table?.key ?? '';
  const columns = ['age', 'zip', 'languages'];
  const { figures, left_out } = await app.call('privacy.risk', { dataset, columns });
  expect(left_out).toEqual(['person']);
  expect(figures).toMatchObject(figuresOf(rows, columns));
  const saved = await app.call('export.data', {
    ...{ dataset, format: 'json', view: null, pseudonymised: true },
  });
  const shared = await queryRows(
    `FROM read_json(${quotedText(await downloaded(saved, 'shared.json'))})`,
  );
  expect(shared).toHaveLength(400);
  expect(Object.keys(shared[0] ?? {})).toEqual([
    'pseudonym',
    ...Object.keys(rows[0] ?? {}).filter((name) => name !== 'person'),
  ]);
});
