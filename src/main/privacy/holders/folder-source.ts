import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ErasedSubjects } from '../../base/erased-subjects';
import { namesIn } from '../../base/durable-file';
import { landDecided, openBatches, removeUndecided } from '../../folder/folder-batch';
import type { Holder } from '../holder';
import { rewriteJson, rewriteLines } from '../rewrite-json';
import { isNamedInFile } from '../search-file';

const rowSchema = z.looseObject({
  path: z.string(),
  sha256: z.string().nullable(),
  documents: z.number().nullable(),
  reason: z.string().nullable(),
});
const batchSchema = z.looseObject({
  files: z.array(z.looseObject({ path: z.string() })),
  documents: z.array(z.looseObject({ id: z.number(), name: z.string(), path: z.string() })),
});

const folderSource: Holder = {
  what: 'which files of a folder were taken up, and copies of those that could not be',
  keepsSubjects: true,
  owns: (path) => path.startsWith('folder/'),
  async erase({ paths, words }) {
    await removeUndecided(paths);
    await landDecided(paths);
    for (const { batch } of await openBatches(paths)) {
      const path = join(paths.folderBatches, batch, 'batch.json');
      await rewriteJson(path, words, (json) => {
        const { files, documents, ...rest } = batchSchema.parse(json);
        const kept = documents.filter(({ id, name }) => !words.ids.has(id) && !words.areIn(name));
        return words.replacedIn({ ...rest, files, documents: kept });
      });
    }
    const erased = await ErasedSubjects.read(paths);
    await rewriteLines(paths.folderLedger, words, (line) => {
      const read = rowSchema.safeParse(line);
      if (!read.success) return words.areIn(JSON.stringify(line)) ? null : line;
      const row = read.data;
      const reason = row.reason === null ? null : words.replaced(row.reason);
      // Whoever knows the document knows its hash.
      const isSubjects = row.sha256 !== null && words.documents.has(row.sha256);
      const isNamed = words.areIn(row.path) || erased.isNamedIn(row.path);
      if (!isSubjects && !isNamed) return { ...row, reason };
      return erased.hidden({ ...row, sha256: null, reason });
    });
    for (const name of await namesIn(paths.quarantine)) {
      const path = join(paths.quarantine, name);
      if (words.areIn(name) || (await isNamedInFile(path, words, true))) {
        await rm(path, { recursive: true, force: true });
      }
    }
  },
};

export const FOLDER_HOLDERS: readonly Holder[] = [folderSource];
