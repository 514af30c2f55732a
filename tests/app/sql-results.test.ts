import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';

const SQL = 'SELECT p.name, p.hp, i FROM pokemon p, range(20) t(i) ORDER BY i, p.id -- 649 × 20';
let app: ServedApp;

beforeAll(async () => {
  app = await serveReadyApp(await snapshotData(afterAll), afterAll);
});

test('the whole result is saved, not the rows that are shown', async () => {
  const shown = await app.call('sql.run', { sql: SQL });
  expect([shown.rows.length, shown.truncated]).toEqual([10_000, true]);
  const { version } = shown;
  const saved = await app.call('sql.save', { sql: SQL, version, format: 'csv' });
  if (saved.kind !== 'download') throw new Error(saved.kind);
  expect(saved.rows).toBe(12_980);
  const lines = (await app.page(saved.url)).body.toString('utf8').trimEnd().split('\n');
  expect([lines.length, lines[0], lines[1]]).toEqual([12_981, 'name,hp,i', 'Bulbasaur,45,0']);
});

test('it is opened as a table of its own, which is asked, joined, and not remembered', async () => {
  const { version } = await app.call('sql.run', { sql: 'SELECT 1' });
  const { described } = await app.call('sql.explore', { sql: SQL, version });
  expect(described).toMatchObject({
    ...{ kind: 'query', title: 'Query 1', rows: 12_980 },
    facts: [{ value: 'a query’s result' }, { label: 'Query', value: SQL }],
  });
  expect(JSON.stringify(described)).not.toContain(tmpdir());
  const asked = [{ question: { kind: 'summary' as const, of: [] }, filters: [] }];
  const { answers } = await app.call('explore.ask', { dataset: described.key, asked });
  expect(answers).toMatchObject([{ n: 12_980 }]);
  const joined = await app.call('sql.run', { sql: 'SELECT count(*)::INTEGER FROM query_1' });
  expect(joined.rows).toEqual([[12_980]]);
  expect((await app.call('datasets.list', {})).recent).toEqual([]);
  await app.call('datasets.close', { dataset: described.key });
});

test('data that have changed since are not mixed with what is shown', async () => {
  for (const name of ['sql.save', 'sql.explore'] as const) {
    const asked = { sql: 'SELECT 1', version: 77, ...(name === 'sql.save' && { format: 'csv' }) };
    await expect(app.call(name, asked as never)).rejects.toMatchObject({
      code: 'version-replaced',
      hint: expect.stringContaining('Run the query again') as string,
    });
  }
});

test('what it wrote on the way is gone with the app', async () => {
  const mine = async () =>
    (await readdir(tmpdir())).filter((name) => name.startsWith(`pokedex-open-${app.pid}`));
  app.kill('SIGTERM');
  await app.ended;
  expect(await mine()).toEqual([]);
});
