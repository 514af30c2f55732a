import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { removeAbandonedTemporaries } from '../../src/main/base/abandoned';
import { temporaryBeside } from '../../src/main/base/durable-file';
import { isAlive, ownerMark } from '../../src/main/base/owner-mark';
import { Downloads } from '../../src/main/browser-host/downloads';
import { canMount, smallDisk } from '../helpers/small-disk';
import { temporaryFolder } from '../helpers/temporary-folder';

let temporary: string;
beforeEach(async () => {
  await useAsTemporary(await temporaryFolder());
});

async function useAsTemporary(folder: string): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = temporary = folder;
  onTestFinished(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });
}

async function targetOf(downloads: Downloads): Promise<string> {
  return (await downloads.target('a.csv', 'csv')).path;
}

/** The mark of a process that has ended. */
function deadMark(): string {
  const { pid } = spawnSync(process.execPath, ['--version']);
  return ownerMark().replace(/-\d+$/, `-${pid}`);
}

const posix = test.skipIf(process.platform === 'win32');

posix('a folder that was tidied away is made again, as private as the first', async () => {
  const downloads = new Downloads();
  const first = await targetOf(downloads);
  expect((await stat(dirname(first))).mode & 0o777).toBe(0o700);
  expect(dirname(await targetOf(downloads))).toBe(dirname(first));

  await rm(dirname(first), { recursive: true });
  const second = await targetOf(downloads);
  expect((await stat(dirname(second))).mode & 0o777).toBe(0o700);
  await writeFile(second, 'a');

  // What somebody else has put in its place is not taken for it.
  await rm(dirname(second), { recursive: true });
  await symlink(temporary, dirname(second));
  const third = await targetOf(downloads);
  expect(dirname(third)).not.toBe(dirname(second));
  await chmod(dirname(third), 0o777);
  expect(dirname(await targetOf(downloads))).not.toBe(dirname(third));
});

posix('two downloads at once share one folder, and the end takes it away', async () => {
  const downloads = new Downloads();
  const paths = await Promise.all([targetOf(downloads), targetOf(downloads)]);
  expect(new Set(paths.map(dirname)).size).toBe(1);
  await downloads.close();
  expect(await readdir(temporary)).toEqual([]);
});

posix('one failure is told and not kept', async () => {
  await useAsTemporary(join(temporary, 'gone'));
  const downloads = new Downloads();
  await expect(targetOf(downloads)).rejects.toMatchObject({
    code: 'not-writable',
    message: expect.stringContaining(`The folder for downloads in ${temporary}`) as string,
  });
  await mkdir(temporary);
  await writeFile(await targetOf(downloads), 'a');
});

test.skipIf(!canMount)(
  'a full disk is told, and forgotten once it has room (Linux, root)',
  async () => {
    const { folder, change } = await smallDisk('size=64k,nr_inodes=2');
    await writeFile(join(folder, 'filler'), '');
    await useAsTemporary(folder);
    const downloads = new Downloads();
    await expect(targetOf(downloads)).rejects.toMatchObject({ code: 'disk-full' });
    change('nr_inodes=20');
    await writeFile(await targetOf(downloads), 'a');
  },
);

posix('what killed programs left is cleared away, and nothing of others', async () => {
  const old = join(temporary, `pokedex-downloads-${deadMark()}-aB3dEf`);
  const foreign = `pokedex-downloads-00000000-${process.pid}-aB3dEf`;
  await mkdir(old);
  await writeFile(join(old, 'a.csv'), 'a');
  await mkdir(join(temporary, foreign));
  await mkdir(join(temporary, 'pokedex-downloads-mine'));
  const living = new Downloads();
  const kept = await targetOf(living);

  await new Downloads().clearAbandoned();
  expect((await readdir(temporary)).sort()).toEqual(
    [foreign, 'pokedex-downloads-mine', dirname(kept).slice(temporary.length + 1)].sort(),
  );
});

test.skipIf(process.platform !== 'linux')(
  'a process that ended and nobody asked after has ended',
  async () => {
    // exec makes the parent one that never asks.
    const parent = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 60']);
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [text] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(text.toString());
    await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(' Z ');
    expect(isAlive(pid)).toBe(false);
    expect(isAlive(parent.pid ?? 0)).toBe(true);
  },
);

posix('half-written files of killed programs are cleared away, and nothing of others', async () => {
  const path = (mark: string) =>
    temporaryBeside(join(temporary, 'mine.csv')).replace(ownerMark(), mark);
  const abandoned = path(deadMark());
  const ours = path(ownerMark());
  const elsewhere = path(`00000000-${process.pid}`);
  const own = [join(temporary, '.mine.csv.tmp'), join(temporary, 'mine.csv')];
  for (const file of [abandoned, ours, elsewhere, ...own]) await writeFile(file, 'a');
  await removeAbandonedTemporaries(temporary);
  expect((await readdir(temporary)).map((name) => join(temporary, name)).sort()).toEqual(
    [ours, elsewhere, ...own].sort(),
  );
});
