import { execFile } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { gatherInto } from '../helpers/gather-into';
import { temporaryFolder } from '../helpers/temporary-folder';

const ROOT = resolve(import.meta.dirname, '../..');
const SNAPSHOT = join(ROOT, 'resources/snapshot');

test('a snapshot made from what the snapshot gave is that snapshot, byte for byte', async () => {
  const data = await temporaryFolder();
  const report = await gatherInto(data, 'bundled', { snapshot: SNAPSHOT });
  expect(report).toMatchObject({
    listed: 1351,
    origin: 'https://pokeapi.co/api/v2',
    gathered_at: '2026-08-08T00:00:00.000Z',
  });
  const out = await temporaryFolder();
  await cp(SNAPSHOT, out, { recursive: true });
  await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'scripts/make-snapshot.ts', '--data', data, '--out', out],
    { cwd: ROOT },
  );
  for (const name of ['snapshot.json', 'pokemon.ndjson.br']) {
    expect(await readFile(join(out, name))).toEqual(await readFile(join(SNAPSHOT, name)));
  }
});
