import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { queryRows } from '../helpers/parquet-rows';
import { runCli } from '../helpers/run-cli';
import { snapshotData } from '../helpers/snapshot-data';
import { temporaryFolder } from '../helpers/temporary-folder';
import { figuresOf, uniqueRows } from '../engine/risk-oracle';
import { expectSentences, jsonOf } from './json-output';

const risk = (...args: string[]) => runCli(['risk', ...args]);

test('of the Pokémon: height and weight single out four in five', async () => {
  const data = await snapshotData();
  const rows = await queryRows(`FROM read_parquet('${join(data, 'pokemon.parquet')}')`);
  const found = jsonOf(await risk('--data', data, '--columns', 'height,weight', '--json'));
  expect(found).toEqual({
    ...figuresOf(rows, ['height', 'weight']),
    by_column: [
      { columns: ['height', 'weight'], unique_rows: uniqueRows(rows, ['height', 'weight']) },
      { columns: ['weight'], unique_rows: uniqueRows(rows, ['weight']) },
      { columns: ['height'], unique_rows: uniqueRows(rows, ['height']) },
    ],
  });
  expect(found).toMatchObject({ rows: 649, k: 1, unique_rows: 525 });
  const plain = await risk('--data', data);
  expect(plain.stderr).toBe(
    'Left out, because they identify: id, name, order, sprite_front_default, species.\n',
  );
  expect(plain.stdout).toMatch(/^Proposed columns: (?!.*name).+\nk = 1: /);
});

test('of a file: nulls are alike, lists are sets, a view chooses the rows', async () => {
  const folder = await temporaryFolder();
  const people = join(folder, 'people.json');
  const rows = [
    { name: 'Ada', zip: '10115', speaks: ['en', 'fr'] },
    { name: 'Bo', zip: '10115', speaks: ['fr', 'en', 'en'] },
    { name: 'Cy', zip: null, speaks: [] },
    { name: 'Di', zip: null, speaks: [] },
    { name: 'Ed', zip: '20095', speaks: null },
  ];
  await writeFile(people, JSON.stringify(rows));
  const columns = ['--columns', 'zip,speaks', '--json'];
  expect(jsonOf(await risk('--from', people, ...columns))).toEqual({
    rows: 5,
    columns: ['zip', 'speaks'],
    k: 1,
    classes: 3,
    unique_rows: 1,
    sizes: [
      { size: 1, classes: 1 },
      { size: 2, classes: 2 },
    ],
    by_column: [
      { columns: ['zip'], unique_rows: 1 },
      { columns: ['speaks'], unique_rows: 1 },
      { columns: ['zip', 'speaks'], unique_rows: 1 },
    ],
  });
  const view = join(folder, 'berlin.pokeview.json');
  await writeFile(
    view,
    JSON.stringify({
      pokeview: 2,
      dataset: { kind: 'file', name: 'people.json', columns: ['name', 'zip', 'speaks'] },
      selections: [
        { source: 'zip', filter: { kind: 'one-of', columns: ['zip'], values: ['10115'] } },
      ],
    }),
  );
  expect(jsonOf(await risk('--from', people, '--view', view, ...columns))).toMatchObject({
    rows: 2,
    k: 2,
    classes: 1,
    unique_rows: 0,
  });
});

test('a column that is not there is refused in one sentence', async () => {
  const people = join(await temporaryFolder(), 'people.csv');
  await writeFile(people, 'a,b\n1,2\n');
  const result = await risk('--from', people, '--columns', 'a,zip');
  expect(result.code).toBe(2);
  expectSentences(result, /^No column is named “zip”\.\n/);
});
