import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answers } from '../../src/preload/contract/questions';
import type { OpenedDataset } from '../../src/preload/contract/opened';
import type { CallAnswer } from '../../src/preload/contract/calls';
import { POKEMON_COLUMNS } from '../../src/main/shaping/pokemon-dataset';
import { servedMany } from '../helpers/documents';
import { queryRows } from '../helpers/parquet-rows';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { runCli } from '../helpers/run-cli';
import { type ServedApp, serveReadyApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

let app: ServedApp;
let data: string;
const atEnd: (() => Promise<void>)[] = [];
let uploads = 0;

beforeAll(async () => {
  data = await temporaryFolder((work) => void atEnd.unshift(work));
  const server = await new PokeapiServer(servedMany(5)).listen();
  await runCli(['refresh', '--source', server.url, '--data', data]);
  await server.close();
  app = await serveReadyApp(data, (work) => void atEnd.unshift(work));
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

/** Hands over files as the page does, and opens them. */
async function opened(files: Record<string, string | Buffer>) {
  uploads += 1;
  const id = String(uploads).padStart(32, '0');
  for (const [place, body] of Object.entries(files)) {
    const path = place.split('/').map(encodeURIComponent).join('/');
    const { status } = await handed(`/upload/${id}/${path}`, body);
    expect([place, status]).toEqual([place, 204]);
  }
  return app.answer('datasets.open', { from: 'upload', id });
}

function handed(path: string, body: string | Buffer) {
  return app.page(path, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body,
  });
}

function datasetOf(answer: CallAnswer<'datasets.open'>): OpenedDataset {
  if (!answer.ok || answer.result.kind !== 'opened') throw new Error(JSON.stringify(answer));
  return answer.result.dataset;
}

async function rowsOf(dataset: string): Promise<unknown[][]> {
  const question = { kind: 'rows', columns: ['stadt', 'umsatz'], sort: [], from: 0, count: 10 };
  const asked = [{ question: question as never, filters: [] }];
  const answer = await app.call('explore.ask', { dataset, asked });
  expect(answer.dataset).toBe(dataset);
  return (answer.answers[0] as Answers['rows']).rows.map(({ cells }) => cells);
}

const UMSATZ = Buffer.from('stadt;umsatz;plz\nKöln;1,5;01067\nZürich;22,25;50667\n', 'latin1');

test('a handed-over CSV is opened, described without a path, asked, joined and exported', async () => {
  const dataset = datasetOf(await opened({ 'Umsätze 2024.csv': UMSATZ }));
  const { described, csv, notes } = dataset;
  expect(described).toMatchObject({ kind: 'file', title: 'Umsätze 2024.csv', rows: 2 });
  expect(csv).toMatchObject({
    dialect: { delimiter: ';' },
    encoding: 'windows-1252',
    header: true,
    decimal: ',',
  });
  expect(notes).toEqual([
    expect.objectContaining({ column: 'plz', what: expect.stringContaining('begins with a zero') }),
  ]);
  expect(JSON.stringify(dataset)).not.toContain(data);
  expect(await rowsOf(described.key)).toEqual([
    ['Köln', 1.5],
    ['Zürich', 22.25],
  ]);

  const { open } = await app.call('datasets.list', {});
  expect(open).toEqual([
    expect.objectContaining({ key: described.key, sqlName: 'umsatze_2024', changed: false }),
  ]);
  const sql = 'SELECT stadt, name FROM umsatze_2024, pokemon WHERE id = 1 ORDER BY umsatz';
  const joined = await app.call('sql.run', { sql });
  expect(joined.rows.map(([stadt]) => stadt)).toEqual(['Köln', 'Zürich']);

  const view = {
    pokeview: 2 as const,
    columns: ['stadt'],
    sort: [{ column: 'umsatz', direction: 'desc' as const }],
    selections: [
      { source: 'bar', filter: { kind: 'range' as const, column: 'umsatz', min: 0, max: 30 } },
    ],
  };
  const saved = await app.call('export.data', { dataset: described.key, format: 'csv', view });
  if (saved.kind !== 'download') throw new Error(saved.kind);
  const file = await app.page(saved.url);
  expect(file.body.toString('utf8')).toBe('stadt\nZürich\nKöln\n');
  expect(file.headers['content-disposition']).toContain('Ums');
});

test('what a person corrects is read so, remembered for that file, and asked for again', async () => {
  const before = datasetOf(await opened({ 'zip.csv': 'id;zip\n1;01067\n2;50667\n' }));
  const corrected = await app.call('datasets.correct', {
    dataset: before.described.key,
    csv: { header: false, types: { column1: 'VARCHAR' } },
  });
  expect(corrected.described.rows).toBe(3);
  expect(corrected.corrected.header).toBe(false);
  const { open } = await app.call('datasets.list', {});
  expect(open.filter(({ title }) => title === 'zip.csv')).toEqual([
    expect.objectContaining({ key: corrected.described.key, sqlName: 'zip' }),
  ]);
  const again = datasetOf(await opened({ 'zip.csv': 'id;zip\n1;01067\n' }));
  expect(again.csv?.header).toBe(false);
});

test('how columns are looked at is corrected, remembered for that file and taken back', async () => {
  const csv = `no,year,kind\n${Array.from({ length: 40 }, (_, at) => `${at},${2019 + (at % 4)},${'ab'[at % 2]}\n`).join('')}`;
  const { described, firstView } = datasetOf(await opened({ 'cars.csv': csv }));
  const roleOf = (of: OpenedDataset['described'], name: string) =>
    of.columns.find((column) => column.name === name)?.role;
  expect([roleOf(described, 'year'), described.row.key]).toEqual(['time', 'no']);
  expect(firstView.cards?.map(({ kind }) => kind)).toEqual(['group', 'categories']);
  const columns = {
    columns: [
      { name: 'year', role: 'category' as const, label: 'Model year' },
      { name: 'no', role: 'measure' as const, unit: 'kg' },
    ],
    order: ['kind', 'year'],
  };
  const of = { dataset: described.key };
  const corrected = await app.call('columns.correct', { ...of, columns });
  expect(corrected.described.columns.map(({ name }) => name)).toEqual(['kind', 'year', 'no']);
  expect(corrected.described.row.key).toBeNull();
  expect(corrected.firstView.cards?.map((card) => [card.kind, card.title])).toEqual([
    ['categories', 'Kind'],
    ['categories', 'Model year'],
    ['histogram', 'No'],
  ]);
  // What is answered follows: years as values in their order, rows by their place.
  const asked = [
    { kind: 'group', x: 'year', aggregate: 'count', bins: 10 },
    { kind: 'rows', columns: ['no'], sort: [], from: 0, count: 1 },
  ].map((question) => ({ question: question as never, filters: [] }));
  const { answers } = await app.call('explore.ask', { ...of, asked });
  const groups = (answers[0] as Answers['group']).groups.map(({ x, x1, y }) => [x, x1, y]);
  expect(groups).toEqual([2019, 2020, 2021, 2022].map((year) => [year, undefined, 10]));
  expect((answers[1] as Answers['rows']).rows[0]?.id).toBe('#0');
  const again = datasetOf(await opened({ 'cars.csv': csv }));
  expect([roleOf(again.described, 'year'), again.columns]).toEqual(['category', columns]);
  await expect(
    app.call('columns.correct', {
      dataset: again.described.key,
      columns: { columns: [{ name: 'year', role: 'key' }] },
    }),
  ).rejects.toMatchObject({ code: 'usage' });
  const back = await app.call('columns.correct', {
    dataset: again.described.key,
    columns: { columns: [] },
  });
  expect(back.described.columns).toEqual(described.columns);
});

test('columns of the published data are corrected too, but for the key they are published by', async () => {
  const columns = {
    columns: [
      { name: 'weight_kg', label: 'Mass', unit: 'kilo' },
      { name: 'species', role: 'key' as const },
    ],
  };
  const corrected = await app.call('columns.correct', { columns });
  expect(corrected.described.row.key).toBe('id');
  const start = await app.call('app.start', {});
  expect(start.columns).toEqual(columns);
  expect(start.described.columns.find(({ name }) => name === 'weight_kg')).toMatchObject({
    label: 'Mass',
    unit: 'kilo',
  });
  await app.call('columns.correct', { columns: { columns: [] } });
  expect((await app.call('app.start', {})).described.columns).toEqual(POKEMON_COLUMNS);
});

/** The same text for the same value, however it was written. */
function plain(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = String(value);
  if (/^[-+]?inf/i.test(text)) return text.startsWith('-') ? '-Infinity' : 'Infinity';
  if (/^nan$/i.test(text)) return 'NaN';
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text;
}

test('profile, side bar, table and SQL have the same numbers of every column', async () => {
  const path = join(await temporaryFolder(), 'odd.parquet');
  await queryRows(`COPY (SELECT i AS row_no,
      CASE WHEN i % 7 = 0 THEN NULL WHEN i % 11 = 0 THEN 'NaN' WHEN i = 1 THEN '-inf'
        WHEN i IN (2, 3) THEN 'inf' ELSE i / 8 END::DOUBLE AS d,
      (CASE WHEN i % 5 = 0 THEN NULL ELSE i % 4 + 0.1 END)::FLOAT AS f,
      (CASE WHEN i % 3 = 0 THEN NULL ELSE i % 10 END / 4)::DECIMAL(9, 2) AS money,
      9007199254740993 + i % 3 AS big,
      (1234567890123456789.25 + i % 5)::DECIMAL(30, 2) AS wide,
      CASE WHEN i % 4 > 0 THEN chr((97 + i % 6)::INTEGER) END AS t,
      DATE '2024-02-27' + (i % 9)::INTEGER AS day,
      i % 2 = 0 AS flag
    FROM range(120) t(i)) TO '${path}' (FORMAT parquet)`);
  const { described } = datasetOf(await opened({ 'odd.parquet': await readFile(path) }));
  const of = { dataset: described.key };
  const told = await runCli(['profile', path, '--json', '--data', data]);
  const profile = JSON.parse(told.stdout) as {
    rows: number;
    columns: {
      name: string;
      nulls: number;
      distinct: number;
      nan?: number;
      top: { value: unknown; n: number }[];
      [figure: string]: unknown;
    }[];
  };
  expect(profile.columns).toHaveLength(9);
  for (const { name, nulls, distinct, nan = 0, top, ...figures } of profile.columns) {
    const column = described.columns.find((each) => each.name === name);
    const isNumber = ['integer', 'double', 'decimal'].includes(column?.type ?? '');
    const isBinned = isNumber || column?.type === 'date';
    const ask = async (question: object, filters: object[] = []) => {
      const asked = [{ question: question as never, filters: filters as never }];
      return (await app.call('explore.ask', { ...of, asked })).answers[0];
    };
    const without = { kind: 'one-of', columns: [name], values: [null], match: 'any' };
    const counts = (await ask({ kind: 'counts', columns: [name], most: 200 })) as Answers['counts'];
    const table = (await ask({
      ...{ kind: 'rows', columns: [name], sort: [], from: 0, count: 500 },
    })) as Answers['rows'];
    const cells = table.rows.map(({ cells: [cell] }) => plain(cell));
    const c = `"${name}"`;
    const valued = column?.type === 'double' ? `FILTER (NOT isnan(${c}))` : '';
    const median = isBinned ? `median(${c}) ${valued}` : 'NULL';
    const { rows } = await app.call('sql.run', {
      sql: `SELECT count(*) - count(${c}), count(DISTINCT ${c}), (min(${c}) ${valued})::VARCHAR,
        (max(${c}) ${valued})::VARCHAR, (${median})::VARCHAR FROM odd`,
    });
    const [[sqlNulls, sqlDistinct, ...sqlEnds] = []] = rows;
    const known = counts.values.filter(({ value }) => value !== null);
    const side = (await ask({ kind: 'summary' }, [without])) as Answers['summary'];
    expect({ name, nulls, distinct }).toEqual({
      ...{ name, nulls: Number(sqlNulls), distinct: Number(sqlDistinct) },
    });
    expect([side.n, cells.filter((cell) => cell === null).length]).toEqual([nulls, nulls]);
    expect([known.length, new Set(cells.filter((cell) => cell !== null)).size]).toEqual([
      ...[distinct, distinct],
    ]);
    expect(known.slice(0, 10).map(({ value, rows: n }) => [plain(value), n])).toEqual(
      top.map(({ value, n }) => [plain(value), n]),
    );
    // A value that is clicked keeps just its rows, whatever its digits.
    const [most] = known;
    if (most !== undefined) {
      const chosen = { kind: 'one-of', columns: [name], values: [most.value], match: 'any' };
      const { n } = (await ask({ kind: 'summary' }, [chosen])) as Answers['summary'];
      expect([name, n]).toEqual([name, most.rows]);
    }
    const ends = ['min', 'max', 'median'].map((figure) => plain(figures[figure]));
    expect([name, ...sqlEnds.map(plain)]).toEqual([name, ...ends]);
    if (isNumber) {
      const asked = ['min', 'max', 'median'].map((as) => ({ column: name, as, exactly: true }));
      const { values } = (await ask({ kind: 'summary', of: asked })) as Answers['summary'];
      expect([name, ...values.map((each) => plain(each?.text ?? each?.value))]).toEqual([
        ...[name, ...ends],
      ]);
    }
    if (isBinned) {
      const chart = (await ask({
        kind: 'histogram',
        column: name,
        bins: 24,
      })) as Answers['histogram'];
      const infinities = cells.filter((cell) => cell?.endsWith('Infinity')).length;
      expect([name, chart.leftOut]).toEqual([name, nulls + nan + infinities]);
      const binned = chart.counts.reduce((sum, n) => sum + n, 0);
      expect(binned).toBe(profile.rows - chart.leftOut);
    }
  }
});

test('a folder is opened whole, its partitions too', async () => {
  const { described } = datasetOf(
    await opened({
      'sales/year=2023/a.csv': 'stadt,umsatz\nBonn,1\n',
      'sales/year=2024/a.csv': 'stadt,umsatz\nKiel,2\n',
      'sales/_SUCCESS': '',
    }),
  );
  expect(described).toMatchObject({ title: 'sales', rows: 2 });
  expect(await rowsOf(described.key)).toHaveLength(2);
});

test('what cannot be opened is told in a sentence, and what was open stays open', async () => {
  const { open: before } = await app.call('datasets.list', {});
  const answer = await opened({ 'broken.parquet': Buffer.from('PAR1 nothing PAR1') });
  expect(answer).toMatchObject({ ok: false, error: { code: 'not-readable' } });
  expect((await app.call('datasets.list', {})).open).toEqual(before);
  const wrong = { dataset: 'file-nowhere', asked: [] as never[] };
  await expect(
    app.call('explore.ask', {
      ...wrong,
      asked: [{ question: { kind: 'summary', of: [] }, filters: [] }],
    }),
  ).rejects.toMatchObject({ code: 'no-data' });
});

test('copies are private and go with their table', async () => {
  const { described } = datasetOf(await opened({ 'gone.csv': 'a,b\n1,2\n' }));
  const folder = join(data, 'uploads');
  const [own = ''] = await readdir(folder);
  expect((await stat(join(folder, own))).mode & 0o077).toBe(0);
  const copy = join(folder, own, String(uploads).padStart(32, '0'));
  expect(existsSync(copy)).toBe(true);
  await app.call('datasets.close', { dataset: described.key });
  expect(existsSync(copy)).toBe(false);
});

test('a handed-over file stays in its place: no name leads elsewhere', async () => {
  const id = 'f'.repeat(32);
  for (const place of ['../x', '%2e%2e/x', 'a/%2e%2e/%2e%2e/x', 'a%2fb', '.', '%00']) {
    expect([place, (await handed(`/upload/${id}/${place}`, 'x')).status]).toEqual([place, 400]);
  }
  const strange = await app.send(`/upload/${id}/x`, { method: 'POST', body: 'x' });
  expect(strange.status).toBe(403);
  const form = await app.page(`/upload/${id}/x`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: 'x',
  });
  expect(form.status).toBe(415);
});

test('serve --open shows a file at its path; a change is told, reloaded, and never mixed', async () => {
  const folder = await temporaryFolder();
  const own = join(folder, 'data');
  await mkdir(own);
  const server = await new PokeapiServer(servedMany(3)).listen();
  await runCli(['refresh', '--source', server.url, '--data', own]);
  await server.close();
  const file = join(folder, 'cities.csv');
  await writeFile(file, 'stadt,umsatz\nBonn,1\n');
  const other = await serveReadyApp(own, undefined, ['--open', file]);
  const start = await other.call('app.start', {});
  const [first] = start.datasets.open;
  expect(start.datasets).toMatchObject({
    open: [{ title: 'cities.csv', rows: 1, changed: false }],
    asked: { key: first?.key },
    refused: [],
  });
  expect(start.datasets.recent).toEqual([expect.objectContaining({ title: 'cities.csv' })]);
  expect(JSON.stringify(start)).not.toContain(folder);

  const before = other.events.length;
  await writeFile(file, 'stadt,umsatz\nBonn,1\nKiel,2\n');
  await other.event(
    ({ name, payload }) => name === 'datasets.changed' && payload.open[0]?.changed === true,
    before,
  );
  const key = first?.key ?? '';
  const count = [{ question: { kind: 'summary' as const, of: [] }, filters: [] }];
  const old = await other.call('explore.ask', { dataset: key, asked: count });
  expect(old).toMatchObject({ dataset: key, answers: [{ n: 1 }] });
  const exported = other.call('export.data', { dataset: key, format: 'csv', view: null });
  await expect(exported).rejects.toMatchObject({ code: 'version-replaced' });
  await expect(other.call('sql.run', { sql: 'SELECT * FROM Cities' })).rejects.toMatchObject({
    code: 'version-replaced',
    message: '“cities.csv” has changed on disk.',
    hint: expect.stringContaining('press Reload') as string,
  });
  const fresh = await other.call('datasets.reload', { dataset: key });
  expect(fresh.described.key).not.toBe(key);
  const asked = { dataset: fresh.described.key, asked: count };
  expect((await other.call('explore.ask', asked)).answers).toMatchObject([{ n: 2 }]);
  const sql = await other.call('sql.run', { sql: 'SELECT count(*)::INTEGER FROM cities' });
  expect(sql.rows).toEqual([[2]]);

  await other.call('datasets.close', { dataset: fresh.described.key });
  const [recent] = (await other.call('datasets.list', {})).recent;
  const again = await other.call('datasets.open', { from: 'recent', id: recent?.id ?? '' });
  expect(again).toMatchObject({ kind: 'opened', dataset: { described: { rows: 2 } } });
});
