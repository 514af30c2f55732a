import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { acquireWriterLock } from '../../src/main/base/writer-lock';
import { whenBusy } from '../helpers/busy-machine';
import { servedMany } from '../helpers/documents';
import { serve } from '../helpers/gather-into';
import type { PokeapiServer } from '../helpers/pokeapi-server';
import { type RunningCli, runCli, startCli } from '../helpers/run-cli';
import { temporaryFolder } from '../helpers/temporary-folder';

interface Holder {
  server: PokeapiServer;
  data: string;
  refresh: string[];
  /** A refresh that is waiting for a document and holds the folder. */
  holding: RunningCli;
  /** Lets that document, and all others, through. */
  goOn(): void;
}

/** A data folder with one published version, held by a second refresh of it. */
async function heldFolder(): Promise<Holder> {
  const data = await temporaryFolder();
  const server = await serve(servedMany(5));
  const refresh = ['refresh', '--source', server.url, '--data', data, '--json'];
  expect((await runCli(refresh)).code).toBe(0);
  const waiting: (() => void)[] = [];
  let open = false;
  const reached = new Promise<void>((resolve) => {
    server.fault = (path, { normal }) => {
      if (open || !path.endsWith('/pokemon/3/')) return false;
      waiting.push(normal);
      resolve();
      return true;
    };
  });
  const holding = startCli([...refresh, '--force']);
  await reached;
  const goOn = () => {
    open = true;
    for (const normal of waiting.splice(0)) normal();
  };
  return { server, data, refresh, holding, goOn };
}

describe('two writers on one folder', () => {
  it('the second says who holds it and ends at once; the first is not disturbed', async () => {
    const { data, refresh, holding, goOn } = await heldFolder();
    for (const command of [refresh, ['process', '--data', data, '--json']]) {
      const started = performance.now();
      const second = await runCli(command);
      expect(second.code).toBe(1);
      expect(performance.now() - started).toBeLessThan(whenBusy(15_000));
      const { error } = JSON.parse(second.stdout) as {
        error: { code: string; message: string; hint: string };
      };
      expect(error.code).toBe('locked');
      expect(error.message).toContain('“refresh”');
      expect(error.message).toContain(`process ${holding.pid}`);
      expect(error.hint).toContain('--data');
    }
    const plain = await runCli(['gather', '--data', data]);
    expect(plain.stdout).toBe('');
    expect(plain.stderr).toMatch(/^The data folder is in use by “refresh” \(process \d+, since /);

    goOn();
    const first = await holding.done;
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ listed: 5, failed: [] });
    expect((await runCli(refresh)).code).toBe(0);
  });

  it('readers never wait for a writer', async () => {
    const { data, holding, goOn } = await heldFolder();
    for (const command of [['history'], ['changes'], ['query', 'SELECT count(*) FROM pokemon']]) {
      expect((await runCli([...command, '--data', data, '--json'])).code).toBe(0);
    }
    goOn();
    expect((await holding.done).code).toBe(0);
  });

  it('a holder whose name cannot be read is still respected', async () => {
    const { data, refresh, holding, goOn } = await heldFolder();
    await writeFile(dataPaths(data).lockHolder, '{"pid":');
    const second = await runCli(refresh);
    expect(second.code).toBe(1);
    expect(second.stdout).toContain('in use by another process');
    await rm(dataPaths(data).lockHolder);
    expect((await runCli(refresh)).stdout).toContain('in use by another process');
    goOn();
    expect((await holding.done).code).toBe(0);
  });

  it('a holder that was killed blocks nobody', async () => {
    const { data, refresh, holding, goOn } = await heldFolder();
    holding.kill('SIGKILL');
    expect((await holding.done).signal).toBe('SIGKILL');
    goOn();
    expect(JSON.parse(await readFile(dataPaths(data).lockHolder, 'utf8'))).toMatchObject({
      pid: holding.pid,
    });
    expect((await runCli(refresh)).code).toBe(0);
  });

  it('one process cannot take it twice either, and can again after the release', async () => {
    const paths = dataPaths(await temporaryFolder());
    const lock = await acquireWriterLock(paths, 'refresh');
    await expect(acquireWriterLock(paths, 'process')).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining(`“refresh” (process ${process.pid},`),
    });
    await lock.release();
    await (await acquireWriterLock(paths, 'process')).release();
  });
});

describe('a lock file that is not what it should be', () => {
  /** What DuckDB makes of it when all goes well. */
  async function soundLock(): Promise<Buffer> {
    const paths = dataPaths(await temporaryFolder());
    await (await acquireWriterLock(paths, 'refresh')).release();
    return readFile(paths.lock);
  }

  it.each<[what: string, content: (sound: Buffer) => Buffer]>([
    ['is empty', () => Buffer.alloc(0)],
    ['holds a word', () => Buffer.from('garbage')],
    ['holds a page of zeros', () => Buffer.alloc(4096)],
    ['holds three pages of zeros', () => Buffer.alloc(3 * 4096)],
    ['holds noise', () => Buffer.from(Array.from({ length: 20_000 }, (_, at) => (at * 37) % 251))],
    ['was cut after its first bytes', (sound) => sound.subarray(0, 20)],
    ['was cut in its first page', (sound) => sound.subarray(0, 2000)],
    ['was cut after its first page', (sound) => sound.subarray(0, 4096)],
    ['was cut in its second page', (sound) => sound.subarray(0, 6000)],
    ['was cut after its second page', (sound) => sound.subarray(0, 8192)],
    ['was cut near its end', (sound) => sound.subarray(0, sound.length - 10)],
    ['has a damaged first page', (sound) => flipped(sound, 30, 200)],
    ['has damaged later pages', (sound) => flipped(sound, 4096, sound.length)],
    ['is of a DuckDB from the future', (sound) => withVersion(sound, 200)],
  ])('%s blocks nobody', async (_, content) => {
    const paths = dataPaths(await temporaryFolder());
    await mkdir(paths.data, { recursive: true });
    await writeFile(paths.lock, content(await soundLock()));
    await (await acquireWriterLock(paths, 'refresh')).release();
    await (await acquireWriterLock(paths, 'refresh')).release();
  });
});

function flipped(bytes: Buffer, from: number, to: number): Buffer {
  return Buffer.from(bytes.map((byte, at) => (at >= from && at < to ? byte ^ 0xff : byte)));
}

/** DuckDB's storage version is the eight bytes after checksum and magic. */
function withVersion(bytes: Buffer, version: number): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeBigUInt64LE(BigInt(version), 12);
  return changed;
}
