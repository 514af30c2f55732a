import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { isBeingRead, whileMarked } from '../../src/main/warehouse/reading-mark';
import { openDataset } from '../../src/main/datasets/open';
import { landDocuments, processInto } from '../helpers/land-documents';
import { rounds } from '../helpers/rounds';
import { type RunningCli, runCli, startCli } from '../helpers/run-cli';
import { temporaryFolder } from '../helpers/temporary-folder';

const IDS = [1, 2, 3, 4, 5];

/** One more version, in which every weight is ten times its number; only `keep` versions are kept. */
async function publish(data: string, version: number, keep: number): Promise<void> {
  await landDocuments(
    data,
    IDS.map((id) => ({ id, weight: version * 10 })),
  );
  expect(await processInto(data, { keepVersions: keep })).toMatchObject({ version, notes: [] });
}

async function weightsIn(csv: string): Promise<Set<string>> {
  const [header, ...lines] = (await readFile(csv, 'utf8')).trimEnd().split(/\r?\n/);
  expect(lines).toHaveLength(IDS.length);
  const at = header?.split(',').indexOf('weight') ?? -1;
  return new Set(lines.map((line) => line.split(',')[at] ?? ''));
}

const exportArgs = (data: string, version: number, out: string) =>
  ['export', '--version', String(version), '--out', out, '--data', data, '--json'] as const;

async function marks(data: string): Promise<string[]> {
  return (await readdir(data)).filter((name) => name.startsWith('.reading.'));
}

/** An export that stands still while it reads version 1: stopped where its mark is there. */
async function stoppedReader(
  data: string,
  out: string,
  args: readonly string[] = exportArgs(data, 1, out),
): Promise<RunningCli> {
  for (;;) {
    const reader = startCli(args);
    let ended = false;
    void reader.done.then(() => (ended = true));
    while (!ended && (await marks(data)).length === 0) await sleep(1);
    reader.kill('SIGSTOP');
    await sleep(20);
    if ((await marks(data)).length > 0) return reader;
    // It was faster.
    reader.kill('SIGCONT');
    await reader.done;
  }
}

async function filesOf(table: string): Promise<number> {
  return (await readdir(table)).filter((name) => name.endsWith('.parquet')).length;
}

describe('a process that reads an old version beside a refresh', () => {
  it('keeps its files until it is done, and the next process drops them', async () => {
    const data = await temporaryFolder();
    const out = join(await temporaryFolder(), 'one.csv');
    const { pokemonTable } = dataPaths(data);
    await publish(data, 1, 1);
    const reader = await stoppedReader(data, out);
    await publish(data, 2, 1);
    await publish(data, 3, 1);
    expect(await filesOf(pokemonTable)).toBe(3);
    reader.kill('SIGCONT');
    expect(await reader.done).toMatchObject({ code: 0 });
    expect(await weightsIn(out)).toEqual(new Set(['10']));
    expect(await marks(data)).toEqual([]);

    await processInto(data, { keepVersions: 1 });
    expect(await filesOf(pokemonTable)).toBe(1);
    const gone = await runCli(exportArgs(data, 1, `${out}.again.csv`));
    expect(gone.code).not.toBe(0);
    expect(`${gone.stdout}${gone.stderr}`).toContain('Version 1 is no longer kept.');
    await expect(stat(`${out}.again.csv`)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('or the tables themselves, as a pseudonymised export does, keeps what it began with', async () => {
    const data = await temporaryFolder();
    const out = join(await temporaryFolder(), 'shared.csv');
    await publish(data, 1, 1);
    const args = ['export', '--pseudonymised', '--out', out, '--data', data, '--json'];
    const reader = await stoppedReader(data, out, args);
    await publish(data, 2, 1);
    expect(await filesOf(dataPaths(data).pokemonTable)).toBe(2);
    reader.kill('SIGCONT');
    expect(await reader.done).toMatchObject({ code: 0 });
  });

  it('and was killed keeps nothing', async () => {
    const data = await temporaryFolder();
    await publish(data, 1, 1);
    const reader = await stoppedReader(data, join(await temporaryFolder(), 'one.csv'));
    expect(await isBeingRead(dataPaths(data))).toBe(true);
    reader.kill('SIGKILL');
    await reader.done;
    expect(await isBeingRead(dataPaths(data))).toBe(false);
    await publish(data, 2, 1);
    expect(await filesOf(dataPaths(data).pokemonTable)).toBe(1);
    expect(await marks(data)).toEqual([]);
  });

  it('gets a version whole or is told that it is gone, whenever it comes', async () => {
    const data = await temporaryFolder();
    const folder = await temporaryFolder();
    await publish(data, 1, 2);
    let newest = 1;
    let reading = true;
    const ends = { whole: 0, gone: 0 };
    const readers = [0, 1].map(async (reader) => {
      while (reading) {
        const version = Math.max(1, newest - reader * 2);
        const out = join(folder, `${reader}.csv`);
        const { code, stdout, stderr } = await runCli(exportArgs(data, version, out));
        if (code === 0) {
          expect(await weightsIn(out)).toEqual(new Set([String(version * 10)]));
          ends.whole += 1;
        } else {
          expect(`${stdout}${stderr}`).toContain(`Version ${version} is no longer kept.`);
          ends.gone += 1;
        }
      }
    });
    const writer = async () => {
      try {
        for (let version = 2; version <= rounds(12, 100); version += 1) {
          await publish(data, version, 2);
          newest = version;
        }
      } finally {
        reading = false;
      }
    };
    await Promise.all([writer(), ...readers]);
    expect(ends.whole).toBeGreaterThan(0);
  });
});

it('a table of a data folder that is open as any other keeps its files until it is closed', async () => {
  const data = await temporaryFolder();
  const { pokemonTable } = dataPaths(data);
  await publish(data, 1, 1);
  const opened = await openDataset(pokemonTable);
  await publish(data, 2, 1);
  expect(await filesOf(pokemonTable)).toBe(2);
  for (const { path } of opened.files) await stat(path);
  await opened.close();
  expect(await marks(data)).toEqual([]);
  await processInto(data, { keepVersions: 1 });
  expect(await filesOf(pokemonTable)).toBe(1);
});

it('where no mark can be left the version is read without', async () => {
  const nowhere = dataPaths(join(await temporaryFolder(), 'not', 'there'));
  expect(await whileMarked(nowhere, () => Promise.resolve('read'))).toBe('read');
  expect(await isBeingRead(nowhere)).toBe(false);
});
