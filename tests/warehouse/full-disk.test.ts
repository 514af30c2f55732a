import { open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { landDocuments, processInto } from '../helpers/land-documents';
import { publishedState } from '../helpers/published-state';
import { canMount, smallDisk } from '../helpers/small-disk';

const many = (weight: number) =>
  Array.from({ length: 30 }, (_, index) => ({ id: index + 1, weight: weight + index }));

describe.skipIf(!canMount)('a disk that is full', () => {
  it('keeps the version before whole at every amount of space, and goes on once there is more', async () => {
    const disk = await smallDisk('size=4m');
    const data = join(disk.folder, 'data');
    await landDocuments(data, many(10));
    await processInto(data);
    const filler = join(disk.folder, 'filler');
    let refused = 0;
    let weight = 1000;
    // From no free page on, a page more each time, until a version fits.
    for (let pages = 0; pages < 40; pages += 2) {
      const before = await publishedState(data);
      weight += 100;
      await landDocuments(data, many(weight));
      await fillUp(filler, pages);
      const ended = await processInto(data).catch((error: unknown) => error);
      await writeFile(filler, '');
      if (ended instanceof Error) {
        refused += 1;
        expect(ended).toMatchObject({ code: 'disk-full', hint: expect.stringContaining('space') });
        const now = await publishedState(data);
        expect(now.parquet).toEqual(before.parquet);
        expect(now.tables).toEqual(before.tables);
        expect((await processInto(data)).in_scope).toBe(30);
      }
      const after = await publishedState(data);
      expect(after.parquet).toEqual(after.tables);
      expect(after.tables?.content).toContain(`"weight":${weight},`);
    }
    expect(refused).toBeGreaterThan(3);
    const names = await readdir(dataPaths(data).data, { recursive: true });
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

/** Fills the disk but for `pages` pages of 4 KiB. */
async function fillUp(path: string, pages: number): Promise<void> {
  const file = await open(path, 'w');
  let size = 0;
  try {
    const page = Buffer.alloc(4096, 1);
    for (;;) {
      await file.write(page, 0, page.length, size);
      size += page.length;
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    await file.truncate(Math.max(0, size - pages * 4096));
    await file.close();
  }
}
