import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SqlHistory } from '../../src/main/app/sql-history';
import type { Trouble } from '../../src/preload/contract/settings';
import { soundHistory, withQuery } from '../../src/preload/contract/sql-history';
import { serveApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

const untold = (trouble: unknown) => {
  throw new Error(JSON.stringify(trouble));
};

const BREAD = "SELECT 1;\n-- and then\nSELECT 2; SELECT ';\"\u2028';";

async function historyFile(): Promise<string> {
  return join(await temporaryFolder(), 'sql-history.json');
}

describe('what is kept', () => {
  test('the last 50 queries, each once, newest first', () => {
    const many = Array.from({ length: 60 }, (_, index) => `SELECT ${index}`);
    const history = many.reduce<string[]>((kept, sql) => withQuery(kept, sql), []);
    expect(history).toHaveLength(50);
    expect(history[0]).toBe('SELECT 59');
    const again = withQuery(history, ' SELECT 30 ');
    expect(again[0]).toBe('SELECT 30');
    expect(again.filter((sql) => sql === 'SELECT 30')).toHaveLength(1);
    expect(withQuery(again, '  ')).toEqual(again);
  });

  test('no more than a quarter of a million characters, the oldest go first', () => {
    const long = (letter: string) => letter.repeat(100_000);
    const history = ['a', 'b', 'c'].map(long).reduce<string[]>(withQuery, []);
    expect(history.map((sql) => sql[0])).toEqual(['c', 'b']);
    expect(withQuery(history, 'SELECT 1').map((sql) => sql[0])).toEqual(['S', 'c', 'b']);
    expect(soundHistory({ queries: ['a', 'b', 'c'].map(long) })).toHaveLength(2);
  });

  test('of a file only what may be a query', () => {
    const sound = ['SELECT 1', BREAD];
    const file = [...sound, '', 7, null, ['SELECT 2'], 'x'.repeat(100_001), 'SELECT 1'];
    expect(soundHistory({ queries: file, newer: true })).toEqual(sound);
    for (const json of [
      null,
      [],
      'SELECT 1',
      { queries: 'SELECT 1' },
      { __proto__: { queries: [] } },
    ])
      expect(soundHistory(json)).toEqual([]);
  });
});

test('a statement after the other is kept as it was written', async () => {
  const path = await historyFile();
  expect(await new SqlHistory(path, untold).remember(BREAD)).toEqual([BREAD]);
  expect(await new SqlHistory(path, untold).list()).toEqual([BREAD]);
});

test('of queries run at once none is lost', async () => {
  const path = await historyFile();
  const history = new SqlHistory(path, untold);
  const queries = Array.from({ length: 20 }, (_, index) => `SELECT ${index}`);
  await Promise.all(queries.map((sql) => history.remember(sql)));
  expect(await new SqlHistory(path, untold).list()).toEqual(queries.toReversed());
});

test.each(['{', '', '[]', ' '.repeat(5_000_000), '{"queries": ["SELECT 1",]}'])(
  'a broken file is put aside whole and told, and a new history is begun',
  async (text) => {
    const path = await historyFile();
    await writeFile(path, text);
    const told: Trouble[] = [];
    const history = new SqlHistory(path, (trouble) => told.push(trouble));
    expect(await history.list()).toEqual([]);
    await history.remember('SELECT 1');
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ queries: ['SELECT 1'] });
    const aside = (await readdir(dirname(path))).filter((name) => name.includes('.broken-'));
    expect(aside).toEqual([expect.stringMatching(/^sql-history\.broken-\d{4}-\d\d-\d\d\.json$/)]);
    expect(await readFile(join(dirname(path), aside[0] ?? ''), 'utf8')).toBe(text);
    expect(told.map(({ message }) => message)).toEqual([
      `sql-history.json could not be read as JSON. It was put aside as ${aside[0]}, and a new one is begun.`,
    ]);
  },
);

test('a file that an editor gave a byte order mark is read, and what only a newer version knows stays', async () => {
  const path = await historyFile();
  const newer = { sql: 'SELECT 2', at: '2027-01-01' };
  await writeFile(path, `\uFEFF${JSON.stringify({ queries: ['SELECT 1', newer], starred: [1] })}`);
  const history = new SqlHistory(path, untold);
  expect(await history.list()).toEqual(['SELECT 1']);
  expect(await history.remember('SELECT 3')).toEqual(['SELECT 3', 'SELECT 1']);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
    queries: ['SELECT 3', 'SELECT 1', newer],
    starred: [1],
  });
  await history.forget();
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ queries: [], starred: [1] });
});

test('what cannot be written holds while the app runs, and is written once it can be', async () => {
  const path = await historyFile();
  const history = new SqlHistory(path, untold);
  await mkdir(`${path}.lock`);
  await expect(history.remember('SELECT 1')).rejects.toThrow();
  await rm(`${path}.lock`, { recursive: true });
  expect(await history.list()).toEqual(['SELECT 1']);
  await history.remember('SELECT 2');
  expect(await new SqlHistory(path, untold).list()).toEqual(['SELECT 2', 'SELECT 1']);
});

test('a page on another port sees what was run, and it can be forgotten for all', async () => {
  const data = await temporaryFolder();
  const first = await serveApp(data);
  await first.call('sql.remember', { sql: 'SELECT 1' });
  expect(await first.call('sql.remember', { sql: BREAD })).toEqual([BREAD, 'SELECT 1']);
  first.kill('SIGTERM');
  await first.ended;
  const second = await serveApp(data);
  expect(second.origin).not.toBe(first.origin);
  expect(await second.call('sql.history', {})).toEqual([BREAD, 'SELECT 1']);
  expect(await second.call('sql.forget', {})).toEqual([]);
  const refused = await second.answer('sql.remember', { sql: 'x'.repeat(100_001) });
  expect(refused).toMatchObject({ ok: false, error: { code: 'usage' } });
  expect(await second.call('sql.history', {})).toEqual([]);
});
