import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Database, quotedText } from '../../base/duckdb';
import { scanParquet, scanParquetPairs } from '../../base/duckdb-scan';
import { isMissing, namesIn, replaceFile, syncFolder } from '../../base/durable-file';
import { documentId } from '../../pipeline/landing-store';
import type { Holder } from '../holder';
import { rewriteJson, rewriteLines } from '../rewrite-json';
import type { SubjectWords } from '../subject-words';

const documents: Holder = {
  what: 'the documents as the source sent them',
  keepsSubjects: true,
  owns: (path) => /^landing\/(?:pokemon|incoming)\/[^/]+\.json$/.test(path),
  async erase({ paths, words }) {
    for (const name of await namesIn(paths.documents)) {
      const id = documentId(name);
      if (id !== null && words.ids.has(id)) await rm(join(paths.documents, name), { force: true });
    }
    await syncFolder(paths.documents).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
    // What a killed gather was receiving.
    await rm(paths.incoming, { recursive: true, force: true });
  },
};

const entrySchema = z.looseObject({ id: z.number() });
const pageSchema = z.looseObject({
  page: z.looseObject({
    results: z.array(z.object({ name: z.string(), url: z.string() })),
    erased: z.number().optional(),
  }),
});
const runSchema = z.looseObject({
  missing: z.array(z.unknown()),
  allowed: z.array(z.unknown()).optional(),
});

const records: Holder = {
  what: 'which documents landed when, the source’s list, and what was missing of it',
  keepsSubjects: true,
  owns: (path) => /^landing\/(?:manifest\.ndjson|(?:list|run|last-check)\.json)$/.test(path),
  async erase({ paths, words }) {
    await rewriteLines(paths.manifest, words, (line) => (isAbout(words, line) ? null : line));
    await rewriteJson(paths.list, words, (list) => withoutLines(words, list));
    await rewriteJson(paths.run, words, (run) => {
      const read = runSchema.safeParse(run);
      if (!read.success) return words.areIn(JSON.stringify(run)) ? null : run;
      const { missing, allowed } = read.data;
      const others = (entries: readonly unknown[]) =>
        entries.filter((entry) => !isAbout(words, entry));
      return {
        ...read.data,
        missing: others(missing),
        ...(allowed === undefined ? {} : { allowed: others(allowed) }),
      };
    });
    await rewriteJson(paths.lastCheck, words, (check) => words.replacedIn(check));
  },
};

function isAbout(words: SubjectWords, entry: unknown): boolean {
  const read = entrySchema.safeParse(entry);
  return (read.success && words.ids.has(read.data.id)) || words.areIn(JSON.stringify(entry));
}

/** The pages keep how many lines they had, so that an unchanged list is still known as whole. */
function withoutLines(words: SubjectWords, list: unknown): unknown {
  const pages = z.array(pageSchema).safeParse(list);
  if (!pages.success) return null;
  return pages.data.map(({ page, ...kept }) => {
    const results = page.results.filter((line) => !words.areIn(`${line.name} ${line.url}`));
    const erased = (page.erased ?? 0) + page.results.length - results.length;
    return { ...kept, page: { ...page, results, erased } };
  });
}

const shaped: Holder = {
  what: 'the documents’ rows, so that unchanged ones are not read again',
  keepsSubjects: true,
  owns: (path) => path === 'landing/shaped.parquet',
  async erase({ paths, database, words }) {
    const signatures = await signaturesOf(database, paths.shaped);
    if (signatures === null) return rm(paths.shaped, { force: true });
    const kept = Object.entries(signatures).filter(([id]) => !words.isId(id));
    if (kept.length === Object.keys(signatures).length) return;
    await replaceFile(paths.shaped, (temporary) =>
      database.run(
        `COPY (SELECT * FROM ${scanParquet([paths.shaped])} WHERE id NOT IN (${[...words.ids].join(', ')}))
         TO ${quotedText(temporary)} (FORMAT parquet,
           KV_METADATA {signatures: ${quotedText(JSON.stringify(Object.fromEntries(kept)))}})`,
      ),
    );
  },
  async search({ paths, database, words }) {
    const signatures = (await signaturesOf(database, paths.shaped)) ?? {};
    return Object.keys(signatures).some((id) => words.isId(id)) ? ['landing/shaped.parquet'] : [];
  },
};

/** Null where there is no such file, or none that can be read: it is derived. */
async function signaturesOf(
  database: Database,
  path: string,
): Promise<Record<string, unknown> | null> {
  try {
    const { signatures } = await database.row<{ signatures: string }>(
      `SELECT decode(value) AS signatures FROM ${scanParquetPairs(path)}
       WHERE decode(key) = 'signatures'`,
    );
    return z.record(z.string(), z.unknown()).parse(JSON.parse(signatures));
  } catch (error) {
    if (error instanceof Error && !('code' in error)) return null;
    throw error;
  }
}

const sprites: Holder = {
  what: 'pictures, and the address each came from',
  keepsSubjects: true,
  owns: (path) => /^sprites\/(?:[^/]+\.png|index\.json)$/.test(path),
  async erase({ paths, words }) {
    for (const id of words.ids) await rm(join(paths.sprites, `${id}.png`), { force: true });
    await rewriteJson(spriteIndex(paths.sprites), words, (index) => {
      const read = z.record(z.string(), z.unknown()).safeParse(index);
      if (!read.success) return null;
      return Object.fromEntries(Object.entries(read.data).filter(([id]) => !words.isId(id)));
    });
  },
};

function spriteIndex(folder: string): string {
  return join(folder, 'index.json');
}

export const LANDING_HOLDERS: readonly Holder[] = [documents, records, shaped, sprites];
