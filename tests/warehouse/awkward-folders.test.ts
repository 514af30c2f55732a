import { cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { Database } from '../../src/main/base/duckdb';
import { exportFile } from '../../src/main/engine/export-file';
import { Sandbox } from '../../src/main/engine/sandbox';
import { scanAs } from '../engine/pokemon-rows';
import { newViewSchema } from '../../src/preload/contract/view-format';
import { pokemonDataset } from '../../src/main/shaping/pokemon-dataset';
import { readChanges } from '../../src/main/warehouse/read-changes';
import { readDatasetInfo } from '../../src/main/app/dataset-info';
import { pokemonDocument, served } from '../helpers/documents';
import { landDocuments, processInto } from '../helpers/land-documents';
import { serve } from '../helpers/gather-into';
import { queryRows } from '../helpers/parquet-rows';
import { cases } from '../helpers/rounds';
import { runCli } from '../helpers/run-cli';
import { serveReadyApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

/** Any legal path works: none of these may add, change or retype a column, or match another file. */
const NAMES = cases(
  [
    'id=9/weight=5/name=x/filename=y/content=z/pokemon_key=k/_change_type=insert/games=q',
    `a b'c"d`,
    'both [x]\\y* and ?',
    '%41',
    'new\nline',
    'żółw 🐢',
  ],
  [
    'weight=5',
    'name=x',
    'type_1=null',
    '[x]',
    '[!x]',
    '{a,b}',
    'back\\*',
    'back\\slash',
    'q?',
    '**',
    '#',
    'trailing ',
    '-dash',
    '~',
    '$HOME',
    'C:',
    'l'.repeat(200),
  ],
).filter((name) => process.platform !== 'win32' || /^[\w=/.#%,'{}[\]$~! -]+$/.test(name));

const SIGNS = String.raw`a%20b ${'é'.repeat(60)} [1]{2}*?\'"=`;

const WORKED = 'id, name, weight, weight_kg, type_1, games';

async function published(data: string): Promise<unknown[]> {
  // Read from a copy: what is under test here must not be what looks.
  const copy = join(await temporaryFolder(), 'copy.parquet');
  await cp(dataPaths(data).parquet, copy);
  return queryRows(`SELECT ${WORKED} FROM read_parquet($copy) ORDER BY id`, { copy });
}

const row = (id: number, weight: number) => ({
  id,
  name: `Mon-${id}`,
  weight,
  weight_kg: weight / 10,
  type_1: 'grass',
  games: ['red'],
});

it.each(NAMES)('a data folder at %j holds what the documents say', async (name) => {
  const top = await temporaryFolder();
  const data = join(top, name, 'd');
  await landDocuments(data, [{ id: 1 }, { id: 2 }]);
  // What a pattern in the name would find too.
  for (const decoy of ['x', 'a', 'b', 'backz', 'qq', 'z', 'back*']) {
    await landDocuments(join(top, decoy, 'd'), [{ id: 1, name: 'decoy' }, { id: 3 }]);
    await writeFile(join(top, decoy, 'd', 'pokemon.parquet'), 'no table');
  }

  expect(await processInto(data)).toMatchObject({ version: 1, inserted: 2 });
  expect(await published(data)).toEqual([row(1, 69), row(2, 69)]);

  await landDocuments(data, [{ id: 2, weight: 70 }, { id: 4 }]);
  expect(await processInto(data)).toMatchObject({
    version: 2,
    inserted: 1,
    updated: 1,
    deleted: 0,
    documents_read: 2,
  });
  expect(await published(data)).toEqual([row(1, 69), row(2, 70), row(4, 69)]);

  const database = await Database.open();
  try {
    const changes = await readChanges(database, dataPaths(data), { from: 2 });
    expect(changes.map(({ change, id, column, after }) => [change, id, column, after])).toEqual([
      ['update', 2, 'weight', 70],
      ['update', 2, 'bmi', expect.closeTo(70 / 10 / 0.49)],
      ['update', 2, 'weight_kg', 7],
      ['insert', 4, null, null],
    ]);
    const out = join(data, `${SIGNS}.csv`);
    await exportFile(
      database,
      dataPaths(data),
      {
        out,
        format: 'csv',
        dataset: pokemonDataset({ version: 2, rows: 3 }),
        view: newViewSchema.parse({ pokeview: 2, columns: ['id', 'weight', 'name'] }),
        pseudonymisedFiles: null,
      },
      new AbortController().signal,
    );
    expect(await readFile(out, 'utf8')).toBe(
      'id,weight,name\n1,69,Mon-1\n2,70,Mon-2\n4,69,Mon-4\n',
    );
  } finally {
    database.close();
  }

  expect(await readDatasetInfo(dataPaths(data).parquet)).toMatchObject({ version: 2, rows: 3 });
  const sandbox = await Sandbox.open([scanAs('pokemon', dataPaths(data).parquet)], '64MB', 1);
  try {
    const { rows } = await sandbox.query('SELECT id, weight, name FROM pokemon ORDER BY id', {
      maxRows: 9,
      timeLimitMs: 9_000,
    });
    expect(rows).toEqual([
      [1, 69, 'Mon-1'],
      [2, 70, 'Mon-2'],
      [4, 69, 'Mon-4'],
    ]);
  } finally {
    sandbox.close();
  }
});

it('documents of several lines are read as they are, whatever the folders are called', async () => {
  const data = join(await temporaryFolder(), 'id=7', 'content=5', 'filename=x', 'size=2', 'd[*]\\');
  const { documents } = dataPaths(data);
  await mkdir(documents, { recursive: true });
  const text = JSON.stringify(pokemonDocument({ id: 1, weight: 81 }), null, 2);
  await writeFile(join(documents, '1.json'), text);
  await landDocuments(data, [{ id: 2 }]);

  expect(await processInto(data)).toMatchObject({ version: 1, inserted: 2 });
  expect(await published(data)).toEqual([row(1, 81), row(2, 69)]);

  await writeFile(join(documents, '1.json'), `${text}}`);
  await expect(processInto(data)).rejects.toMatchObject({
    code: 'bad-document',
    message: '1.json in landing is damaged: it is not valid JSON.',
  });
  await writeFile(join(documents, '1.json'), Buffer.from([0x22, 0xff, 0x22]));
  await expect(processInto(data)).rejects.toMatchObject({
    message: '1.json in landing is damaged: it is not UTF-8 text.',
  });
});

it('a data folder that another takes the place of is read where it stands', async () => {
  const top = await temporaryFolder();
  const data = join(top, 'a\\[b]*');
  const open = async () => (await readDatasetInfo(dataPaths(data).parquet))?.rows;
  await landDocuments(data, [{ id: 1 }]);
  await processInto(data);
  expect(await open()).toBe(1);
  await rename(data, join(top, 'gone'));
  await landDocuments(data, [{ id: 1 }, { id: 2 }]);
  await processInto(data);
  expect(await open()).toBe(2);
});

it('every command works in a folder named with all of it', async () => {
  const data = join(
    await temporaryFolder(),
    process.platform === 'win32'
      ? 'weight=5/name=x'
      : `weight=5/name=x/ -[x]{a,b}q?'"/back\\*/%41#é~ `,
  );
  const server = await serve([served({ id: 1 }), served({ id: 2 })]);
  const run = (...args: string[]) => runCli([...args, '--data', data]);
  const refresh = () => run('refresh', '--source', server.url, '--json');
  expect(JSON.parse((await refresh()).stdout)).toMatchObject({ version: 1, inserted: 2 });
  server.documents = [served({ id: 1 }), served({ id: 2, weight: 70 })];
  expect(JSON.parse((await refresh()).stdout)).toMatchObject({ version: 2, updated: 1 });

  const query = await run('query', 'SELECT id, name, weight FROM pokemon ORDER BY 1', '--json');
  expect(JSON.parse(query.stdout)).toEqual([
    { id: 1, name: 'Mon-1', weight: 69 },
    { id: 2, name: 'Mon-2', weight: 70 },
  ]);
  expect(JSON.parse((await run('history', '--json')).stdout)).toHaveLength(2);
  const changes = JSON.parse((await run('changes', '--from', '2', '--json')).stdout) as object[];
  expect(changes[0]).toMatchObject({ id: 2, column: 'weight', before: 69, after: 70 });

  const out = join(data, `weight=7 ${SIGNS}.json`);
  const exported = await run('export', '--pseudonymised', '--out', out);
  expect(exported).toMatchObject({ code: 0 });
  const rows = JSON.parse(await readFile(out, 'utf8')) as { weight: number }[];
  expect(rows.map(({ weight }) => weight).sort()).toEqual([69, 70]);

  const app = await serveReadyApp(data);
  expect(await app.call('sql.run', { sql: 'SELECT weight FROM pokemon ORDER BY 1' })).toMatchObject(
    {
      rows: [[69], [70]],
    },
  );
});
