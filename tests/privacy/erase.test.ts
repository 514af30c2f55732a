import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import type { EraseReport, ReceiptCheck } from '../../src/preload/contract/erasure';
import type { RefreshReport } from '../../src/preload/contract/reports';
import { dataPaths } from '../../src/main/base/data-folder';
import { eraseSubject } from '../../src/main/privacy/erase-subject';
import { HOLDINGS, isOwnPlace } from '../../src/main/privacy/holdings';
import { filesBelow } from '../../src/main/privacy/own-walk';
import { SubjectWords } from '../../src/main/privacy/subject-words';
import { jsonOf } from '../cli/json-output';
import { whenBusy } from '../helpers/busy-machine';
import { documentText, drop, pickUp } from '../helpers/dropped-files';
import { identityLeft } from '../helpers/identity-left';
import { parquetRows, queryRows } from '../helpers/parquet-rows';
import { runCli } from '../helpers/run-cli';
import { snapshotData } from '../helpers/snapshot-data';
import { temporaryFolder } from '../helpers/temporary-folder';
import { usedData } from '../helpers/used-data';

const CHARIZARD = { names: ['charizard'], ids: [6, 10_034], orders: [7, 8] };

test('every file of a folder in which everything was used belongs to a holder', async () => {
  const { data } = await usedData(await temporaryFolder());
  const files = await filesBelow(data);
  const own = files.filter(isOwnPlace);
  expect(own).toEqual(files);
  expect(own.filter((path) => HOLDINGS.filter((each) => each.owns(path)).length !== 1)).toEqual([]);
  // So that the test sees what it says it does: nobody's place is empty.
  const empty = HOLDINGS.filter(
    (each) => each.keepsSubjects && !files.some((path) => each.owns(path)),
  );
  expect(empty.map(({ what }) => what)).toEqual([]);
});

test('an erased subject is in no file, no refresh brings it back, and its working row stays', async () => {
  const { data, paths, server, drops } = await usedData(await temporaryFolder());
  expect(await identityLeft(data, CHARIZARD)).not.toEqual([]);
  const before = await parquetRows(paths.parquet);
  const { receipt, file } = jsonOf(
    await runCli(['erase', 'Charizard', '--yes', '--json', '--data', data]),
  ) as EraseReport;
  expect(await identityLeft(data, CHARIZARD)).toEqual([]);
  expect(receipt).toMatchObject({ subjects: 2, version: 3, versions_without_lookup: 2 });

  const rows = await parquetRows(paths.parquet);
  expect(rows).toHaveLength(3);
  const [erased, ...others] = rows;
  expect(others).toEqual(before.filter(({ id }) => id !== 6));
  const key = receipt.pseudonyms.find((each) =>
    String(erased?.['name']).includes(each.slice(0, 4)),
  );
  const name = `Erased subject ${key?.slice(0, 4)}…`;
  expect(erased).toEqual({
    ...before.find(({ id }) => id === 6),
    ...{ id: erased?.['id'], name, species: name, order: null, sprite_front_default: null },
  });
  const working = `read_parquet('${paths.pokemonTable}/pokedex-*.parquet')`;
  expect(
    await queryRows(`SELECT weight FROM ${working} WHERE pokemon_key = '${key}'`),
  ).toContainEqual({ weight: 910 });
  const lookup = `read_parquet('${paths.identitiesTable}/*.parquet')`;
  expect(await queryRows(`SELECT id FROM ${lookup} ORDER BY id`)).toEqual([{ id: 3 }, { id: 9 }]);

  // What was written about it stands for it; what was about others stays.
  const settings = JSON.parse(await readFile(paths.settings, 'utf8'));
  expect(settings.workspace.compared).toEqual([String(erased?.['id']), '9']);
  expect(settings.workspace.cards[0].title).toBe(`${name} and others`);
  expect(JSON.parse(await readFile(paths.sqlHistory, 'utf8')).queries).toEqual([
    'SELECT count(*) FROM pokemon WHERE weight > 6',
  ]);
  const changes = jsonOf(await runCli(['changes', '--json', '--data', data]));
  expect(changes).toContainEqual(
    expect.objectContaining({ version: 2, name, column: 'weight', before: 905, after: 910 }),
  );

  server.log.length = 0;
  await drop(drops, 'copy-of-charizard.json', documentText({ id: 6, name: 'charizard' }));
  await drop(drops, 'mixed.ndjson', `${documentText({ id: 6, name: 'charizard' })}\n`);
  for (const source of [server.url, `folder:${drops}`, 'bundled']) {
    const force = source === 'bundled' ? [] : ['--force'];
    const args = ['refresh', '--source', source, ...force, '--json', '--data', data];
    // Beside it stands that the webhook's receiver does not answer.
    const report = JSON.parse((await runCli(args)).stdout) as RefreshReport;
    expect(report.failed).toEqual([]);
    expect(await identityLeft(data, { ...CHARIZARD, orders: [] })).toEqual([]);
  }
  expect(server.log.map(({ path }) => path).filter((path) => /\/(6|10034)\/?$/.test(path))).toEqual(
    [],
  );
  expect((await parquetRows(paths.parquet)).filter((row) => row['name'] === name)).toHaveLength(1);

  const check = jsonOf(await runCli(['erase', '--verify', file, '--json', '--data', data]));
  expect(check as ReceiptCheck).toMatchObject({ subjects: 2, returned: [] });
  const again = await runCli(['erase', '6', '--yes', '--data', data]);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('was erased already');
});

test('a subject of the snapshot is erased within two seconds', async () => {
  const data = await snapshotData();
  const { duration_ms } = jsonOf(
    await runCli(['erase', '6', '--yes', '--json', '--data', data]),
  ) as EraseReport;
  expect(duration_ms).toBeLessThan(whenBusy(2000));
  expect(await identityLeft(data, { ...CHARIZARD, ids: [6, 10_034, 10_035, 10_196] })).toEqual([]);
  const refreshed = await runCli(['refresh', '--source', 'bundled', '--json', '--data', data]);
  expect(jsonOf(refreshed)).toMatchObject({ version: null, in_scope: 649, failed: [] });
});

test('a receipt names nobody, and with one byte that is another one proves nothing, here and without the app', async () => {
  const { data, file } = await erasedData();
  const path = join(dataPaths(data).receipts, file);
  const whole = await readFile(path);
  expect(whole.toString().toLowerCase()).not.toMatch(/ivysaur|pokemon\/2\b/);
  const script = resolve(import.meta.dirname, '../../docs/verify-receipt.mjs');
  const alone = async () => {
    const ran = promisify(execFile)(process.execPath, [script, path]);
    return ran.then(
      () => 0,
      (error: { code: number }) => error.code,
    );
  };
  expect(await alone()).toBe(0);
  const { readSigned } = await import('../../src/main/privacy/receipts');
  expect((await readSigned(dataPaths(data), file)).file).toBe(file);
  for (let at = 0; at < whole.length; at += 97) {
    const broken = Buffer.from(whole);
    broken[at] = (broken[at] ?? 0) ^ 1;
    await writeFile(path, broken);
    await expect(readSigned(dataPaths(data), path)).rejects.toMatchObject({ code: 'bad-receipt' });
  }
  expect(await alone()).toBe(1);
  const told = await runCli(['erase', '--verify', file, '--data', data]);
  expect(told.code).toBe(1);
});

test('without the key of the tombstones, or without them, nothing is landed', async () => {
  const { data } = await erasedData();
  const refresh = () => runCli(['refresh', '--source', 'bundled', '--data', data]);
  const { erased } = dataPaths(data);
  const tombstones = await readFile(erased);
  await rm(erased);
  const lost = await refresh();
  expect(lost.code).toBe(1);
  expect(lost.stderr).toContain('erased subjects would come back');
  await writeFile(erased, tombstones);
  vi.stubEnv('POKEDEX_KEYS', await temporaryFolder());
  const locked = await refresh();
  vi.unstubAllEnvs();
  expect(locked.code).toBe(1);
  expect(locked.stderr).toContain('tombstones');
  // Reading needs no key.
  expect((await runCli(['query', 'SELECT count(*) FROM pokemon', '--data', data])).code).toBe(0);
});

test('a file of a person that names the subject is told, and there is no receipt until it is gone', async () => {
  const { data } = await smallData();
  const mine = join(data, 'my list.txt');
  await writeFile(mine, Buffer.from('Bulbasaur, Ivysaur', 'utf16le'));
  const erase = () => runCli(['erase', 'ivysaur', '--yes', '--json', '--data', data]);
  const refused = await erase();
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain('my list.txt');
  expect(await readdir(dataPaths(data).receipts).catch(() => [])).toEqual([]);
  // What there is to see is without the subject already.
  const seen = await runCli(['query', 'SELECT name FROM pokemon', '--json', '--data', data]);
  expect(seen.stdout).not.toContain('Ivysaur');
  expect(seen.stderr).toContain('my list.txt');
  await rm(mine);
  expect((await erase()).code).toBe(0);
  expect(await readdir(dataPaths(data).receipts)).toHaveLength(1);
});

test('an erasure needs somebody and a yes', async () => {
  const { data } = await smallData();
  for (const args of [[], ['ivysaur']]) {
    const { code } = await runCli(['erase', ...args, '--data', data]);
    expect(code).toBe(2);
  }
  const { code, stderr } = await runCli(['erase', 'missingno', '--yes', '--data', data]);
  expect(code).toBe(1);
  expect(stderr).toContain('Nobody of that number or name');
});

async function smallData() {
  const folder = await temporaryFolder();
  const data = join(folder, 'data');
  const drops = join(folder, 'drops');
  for (const [index, name] of ['bulbasaur', 'ivysaur', 'venusaur'].entries()) {
    await drop(drops, `${index}.json`, documentText({ id: index + 1, name }));
  }
  expect((await pickUp(data, drops)).processed?.version).toBe(1);
  return { data };
}

async function erasedData() {
  const { data } = await smallData();
  const report = await eraseSubject(data, 'ivysaur');
  return { data, file: report?.file ?? '' };
}

test('the number of a form is no number of a Pokémon', () => {
  const stands = { id: -7, pokemon_key: '00', name: 'Erased subject 0000…' };
  const mega = { name: 'mega', species: 'charizard', order: null, sprite: null, document: null };
  const words = new SubjectWords([{ ...mega, id: 10034, stands }]);
  const url = (of: string) => `{"url":"https://host/api/v2/${of}/10034/"}`;
  expect(words.isNamed(url('pokemon'))).toBe(true);
  expect(words.areIn(url('pokemon'))).toBe(true);
  expect(words.isNamed(url('pokemon-form'))).toBe(false);
  expect(words.areIn(url('pokemon-form'))).toBe(false);
});
