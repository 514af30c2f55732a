import { chmod } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { publishedFile } from '../../src/main/base/published-file';
import { readHistory } from '../../src/main/warehouse/read-history';
import { landDocuments, processInto } from '../helpers/land-documents';
import { temporaryFolder } from '../helpers/temporary-folder';

/** Takes the right to read a folder away while `work` runs, also from root, who needs none. */
async function withoutRights(folder: string, work: () => Promise<void>): Promise<void> {
  const root = process.geteuid?.() === 0;
  await chmod(folder, root ? 0o700 : 0o000);
  if (root) process.seteuid?.(65534);
  try {
    await work();
  } finally {
    if (root) process.seteuid?.(0);
    await chmod(folder, 0o700);
  }
}

test.skipIf(process.platform === 'win32')(
  'a data folder of someone else is told as such, not as an empty one',
  async () => {
    const data = await temporaryFolder();
    await landDocuments(data, [{ id: 1 }]);
    await processInto(data);
    const paths = dataPaths(data);
    const refused = {
      code: 'not-readable',
      message: expect.stringMatching(`^The data folder ${data} cannot be read: ${data}`) as string,
      hint: expect.stringContaining('permissions') as string,
    };
    await withoutRights(data, async () => {
      await expect(publishedFile(paths)).rejects.toMatchObject(refused);
      await expect(readHistory(paths)).rejects.toMatchObject(refused);
    });
    expect(await publishedFile(paths)).toBe(paths.parquet);
    expect(await readHistory(paths)).toHaveLength(1);
  },
);
