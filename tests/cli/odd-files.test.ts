import { execFileSync, spawnSync } from 'node:child_process';
import { cp, link, lstat, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { CLI, runCli } from '../helpers/run-cli';
import { serveReadyApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';
import { DOCUMENTS, publishedData } from './published-data';

const published = publishedData();
const onWindows = process.platform === 'win32';
let server: PokeapiServer;
beforeAll(async () => {
  server = await new PokeapiServer(DOCUMENTS).listen();
});
afterAll(() => server.close());

async function copied(): Promise<{ data: string; outside: string }> {
  const folder = await temporaryFolder();
  const data = join(folder, 'data');
  await cp(published.data, data, { recursive: true, preserveTimestamps: true });
  const outside = join(folder, 'precious.txt');
  await writeFile(outside, 'precious');
  return { data, outside };
}

const refresh = (data: string, ...more: string[]) =>
  runCli(['refresh', '--source', server.url, '--games', 'all', '--data', data, ...more]);

describe.skipIf(onWindows)('a link in the place of a file of ours', () => {
  it('is replaced, and what it leads to is left as it is', async () => {
    const { data, outside } = await copied();
    const places = [
      'writer.json',
      'pokemon.parquet',
      'landing/manifest.ndjson',
      'landing/list.json',
      'landing/run.json',
      'landing/last-check.json',
      'landing/shaped.parquet',
      'landing/pokemon/1.json',
    ].map((place) => join(data, place));
    for (const place of places) {
      await rm(place, { force: true });
      await symlink(outside, place);
    }
    // One that leads to nothing would make a file there.
    await rm(join(data, 'writer.json'));
    await symlink(join(data, '../made.txt'), join(data, 'writer.json'));

    expect(await refresh(data, '--force')).toMatchObject({ code: 0 });
    expect(await readFile(outside, 'utf8')).toBe('precious');
    await expect(lstat(join(data, '../made.txt'))).rejects.toMatchObject({ code: 'ENOENT' });
    const links = [];
    for (const place of places) {
      if (
        await lstat(place).then(
          (file) => file.isSymbolicLink(),
          () => false,
        )
      )
        links.push(place);
    }
    expect(links).toEqual([]);
  });

  it.each(['writer.lock', 'writer.lock.wal'])(
    '%s is refused, and nothing changes',
    async (name) => {
      const { data, outside } = await copied();
      await rm(join(data, name), { force: true });
      await symlink(outside, join(data, name));
      const { code, stderr } = await refresh(data);
      expect(code).toBe(1);
      expect(stderr).toBe(
        `The data folder ${data} cannot be written: ${join(data, name)} is a link where the app’s own file belongs.\n` +
          'Remove it and run it again; nothing of the data is in it, and nothing was changed.\n',
      );
      expect(await readFile(outside, 'utf8')).toBe('precious');
    },
  );

  it('a hard link in the lock’s place is not written through', async () => {
    const { data, outside } = await copied();
    await rm(join(data, 'writer.lock'));
    await link(outside, join(data, 'writer.lock'));
    const { code, stderr } = await refresh(data);
    expect(code).toBe(1);
    expect(stderr).toContain('writer.lock is a hard link to another file.\nRemove it');
    expect(await readFile(outside, 'utf8')).toBe('precious');
  });

  it('a data folder that is a link itself, or below one, is as good as any', async () => {
    const { data } = await copied();
    const linked = join(data, '../linked');
    await symlink(data, linked);
    expect(await refresh(linked)).toMatchObject({ code: 0 });
    expect(await refresh(join(linked, 'below'))).toMatchObject({ code: 0 });
  });
});

const LOOP = 'has a link where none belongs, or a loop of links';
const FOLDER = 'has a folder where a file belongs';
const FILE = 'a file stands where a folder belongs';
const PIPE = 'has a pipe or a device where a file belongs';

describe.skipIf(onWindows)('what should not be there is named in one sentence', () => {
  it.each([
    ['landing', 'file', 'refresh', FILE],
    ['landing/run.json', 'folder', 'refresh', FOLDER],
    ['landing/run.json', 'pipe', 'process', PIPE],
    ['landing/manifest.ndjson', 'folder', 'refresh', FOLDER],
    ['landing/pokemon/1.json', 'loop', 'process', LOOP],
    ['writer.json', 'folder', 'refresh', FOLDER],
    ['tables', 'loop', 'history', 'has a loop of links'],
    ['tables', 'file', 'process', FILE],
    ['tables/pending-commit.json', 'folder', 'process', FOLDER],
    ['pokemon.parquet', 'folder', 'refresh', FOLDER],
    ['pokemon.parquet', 'pipe', 'query', 'is not a file'],
    ['pokemon.parquet', 'loop', 'query', 'has a loop of links'],
    ['.', 'loop', 'refresh', 'is a link that leads to no folder'],
  ])('%s: a %s, at %s', async (place, what, command, sentence) => {
    const { data } = await copied();
    const path = join(data, place);
    await rm(path, { recursive: true, force: true });
    if (what === 'loop') await symlink(path, path);
    else if (what === 'file') await writeFile(path, 'x');
    else if (what === 'pipe') execFileSync('mkfifo', [path]);
    else await mkdir(join(path, 'x'), { recursive: true });

    const { code, stderr } =
      command === 'refresh'
        ? await refresh(data, '--force')
        : await runCli([command, ...(command === 'query' ? ['SELECT 1'] : []), '--data', data]);
    expect(code).toBe(1);
    const lines = stderr.split('\n').filter((line) => !/^(Gather|Process)ing/.test(line));
    expect(lines[0]).toContain(sentence);
    expect(lines[0]).toContain(path);
    expect(lines[1]).toMatch(/^(Remove|Move|Choose|Check) /);
  });

  it.each(['loop', 'folder', 'pipe'])(
    'settings.json: a %s, at serve, which starts',
    async (what) => {
      const { data } = await copied();
      const path = join(data, 'settings.json');
      if (what === 'loop') await symlink(path, path);
      else if (what === 'pipe') execFileSync('mkfifo', [path]);
      else await mkdir(path);
      const app = await serveReadyApp(data);
      const { troubles, dataset } = await app.call('app.start', {});
      expect(dataset?.rows).toBe(3);
      expect(troubles).toHaveLength(1);
      expect(troubles[0]?.message).toMatch(/settings/i);
      expect(troubles[0]?.hint).not.toBe('');
    },
  );

  it('a path beyond what the system takes', async () => {
    for (const data of [`/${'d'.repeat(4_200)}`, join(published.folder, 'd'.repeat(300))]) {
      const results = [await refresh(data), await runCli(['query', 'SELECT 1', '--data', data])];
      for (const { code, stderr } of results) {
        expect(code).toBe(1);
        expect(stderr).toContain('has a path that is too long for this system.\nChoose a folder');
        expect(stderr.length).toBeLessThan(600);
      }
    }
  });
});

describe('what the system has too little of, or cannot do', () => {
  it.skipIf(onWindows).each([24, 40, 60])(
    '%i open files are told before anything is begun',
    (n) => {
      const script = `ulimit -n ${n}; exec "$0" "$@"`;
      const { status, stderr } = spawnSync(
        'sh',
        ['-c', script, process.execPath, CLI, 'query', 'SELECT 1', '--data', published.data],
        { encoding: 'utf8' },
      );
      expect(status).toBe(1);
      expect(stderr).toMatch(
        /^The system allows too few open files: \d+ more, and 48 are needed\.\nRaise the limit, .*\n$/,
      );
    },
  );

  // A file system without locks or without flushes, as network drives are.
  const shim = onWindows || spawnSync('cc', ['--version']).status !== 0 ? null : 'cc';

  async function withoutCall(): Promise<NodeJS.ProcessEnv> {
    const folder = await temporaryFolder();
    const library = join(folder, 'shim.so');
    await writeFile(join(folder, 'shim.c'), SHIM);
    execFileSync('cc', ['-shared', '-fPIC', '-o', library, join(folder, 'shim.c'), '-ldl']);
    return { LD_PRELOAD: library };
  }

  test.skipIf(shim === null || process.platform !== 'linux')(
    'locks and flushes of a network drive (needs a C compiler on Linux)',
    async () => {
      const env = await withoutCall();
      const { data } = await copied();
      const run = (more: NodeJS.ProcessEnv) =>
        runCli(['refresh', '--source', server.url, '--data', data, '--force', '--games', 'all'], {
          ...env,
          ...more,
        });
      for (const code of [EINVAL, ENOTSUP]) {
        expect(await run({ NO_FOLDER_SYNC: code })).toMatchObject({ code: 0 });
      }
      const failed = await run({ NO_FOLDER_SYNC: EIO });
      expect(failed.code).toBe(1);
      expect(failed.stderr).toContain('cannot be used: the disk reported an error');

      const lockless = await run({ NO_LOCK: ENOLCK });
      expect(lockless.code).toBe(1);
      expect(lockless.stderr).toBe(
        `The data folder ${data} is on a file system that cannot lock files, without which two writers would mix their data.\n` +
          'Choose a folder on a local disk with --data DIR, or mount that drive with locks.\n',
      );
    },
  );
});

const [EIO, EINVAL, ENOLCK, ENOTSUP] = ['5', '22', '37', '95'];

const SHIM = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
static int told(const char *name) { const char *code = getenv(name); return code ? atoi(code) : 0; }
static int locking(const char *name, int fd, int command, void *argument) {
  if (command == F_SETLK && told("NO_LOCK")) { errno = told("NO_LOCK"); return -1; }
  int (*real)(int, int, ...) = dlsym(RTLD_NEXT, name);
  return real(fd, command, argument);
}
#define LOCKING(name) int name(int fd, int command, ...) { va_list list; va_start(list, command); \\
  void *argument = va_arg(list, void *); va_end(list); return locking(#name, fd, command, argument); }
LOCKING(fcntl)
LOCKING(fcntl64)
int fsync(int fd) {
  struct stat file;
  if (told("NO_FOLDER_SYNC") && fstat(fd, &file) == 0 && S_ISDIR(file.st_mode)) {
    errno = told("NO_FOLDER_SYNC"); return -1;
  }
  int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
  return real(fd);
}
`;
