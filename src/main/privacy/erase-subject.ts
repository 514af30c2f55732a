import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors';
import { type EraseReport, OUT_OF_REACH, type Receipt } from '../../preload/contract/erasure';
import { APP_VERSION } from '../base/app-info';
import { type DataPaths, dataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { isMissing, OWNER_ONLY, replaceFileContent, syncFolder } from '../base/durable-file';
import { noteErased } from '../base/erased-subjects';
import { folderKey } from '../base/folder-keys';
import { hostError } from '../base/host-error';
import { readText } from '../base/read-text';
import { deriveChanges } from '../warehouse/derive-changes';
import { finishPendingCommit } from '../warehouse/pending-commit';
import { readTables } from '../warehouse/read-tables';
import { noteAccess } from './access-log';
import { type Fingerprints, changedFiles, fingerprints } from './fingerprints';
import { findSubjects } from './find-subjects';
import type { ErasureWork } from './holder';
import { HOLDINGS } from './holdings';
import { writeReceipt } from './receipts';
import { type Searched, searchFolder } from './search-folder';
import { type Subject, SubjectWords } from './subject-words';

const standsSchema = z.object({ pokemon_key: z.string(), id: z.int(), name: z.string() });
const planSchema = z.object({
  id: z.uuid(),
  begun: z.iso.datetime(),
  /** The receipt's file. */
  receipt: z.string(),
  /** How many versions could be read before. */
  versions: z.int(),
  subjects: z
    .array(
      z.object({
        id: z.int(),
        name: z.string(),
        species: z.string(),
        order: z.int().nullable(),
        sprite: z.string().nullable(),
        document: z.string().nullable(),
        stands: standsSchema,
      }),
    )
    .min(1),
  before: z.record(z.string(), z.string()),
});

/**
 * An erasure that is decided: it names its subjects, so it is the last thing that goes. Whoever finds it
 * goes through every step again.
 */
type Plan = z.infer<typeof planSchema>;

/**
 * Erases whoever is asked for, in every file of the data folder, and writes the receipt. One that was begun
 * before is finished first. The caller holds the writer's lock.
 *
 * @param asked a number or a name; null only finishes what was begun
 * @returns null where there was nothing to finish
 * Throws `no-such-subject`; `not-erased` naming the file where a search still finds a subject: there is
 * no receipt then, and the next run goes on.
 */
export async function eraseSubject(
  data: string,
  asked: string | null,
): Promise<EraseReport | null> {
  const paths = dataPaths(data);
  const database = await Database.open({ memoryLimit: '512MB' });
  try {
    const begun = await readPlan(paths);
    const finished = begun === null ? null : await carryOut(database, paths, begun);
    if (asked === null || (begun !== null && isOf(begun, asked))) return finished;
    return await carryOut(database, paths, await decide(database, paths, asked));
  } catch (error) {
    throw hostError(error, `The data folder ${data}`) ?? error;
  } finally {
    database.close();
  }
}

function isOf({ subjects }: Plan, asked: string): boolean {
  const wanted = asked.trim().toLowerCase();
  return subjects.some(({ id, name }) => String(id) === wanted || name === wanted);
}

async function decide(database: Database, paths: DataPaths, asked: string): Promise<Plan> {
  await finishPendingCommit(paths);
  const { subjects, marks } = await findSubjects(database, paths, asked);
  const { dataset } = await readTables(paths);
  // As long as the lookups are there from which they are told.
  if ((dataset.newest?.version ?? 0) > 0) await deriveChanges(database, paths, dataset);
  // Before anything is decided: without them nothing could be finished.
  await folderKey(paths, 'receipts', true);
  const id = randomUUID();
  const begun = new Date().toISOString();
  const plan: Plan = {
    id,
    begun,
    receipt: `${begun.replaceAll(/[-:]/g, '').replace(/\.\d+Z$/, 'Z')}-${id.slice(0, 8)}.json`,
    versions: dataset.listed.filter(({ version, identities }) => version > 0 && identities).length,
    subjects,
    before: await fingerprints(paths, new Set(subjects.map((subject) => subject.id))),
  };
  await noteAccess(paths, {
    what: 'erasure',
    how: `receipt ${plan.receipt}`,
    rows: subjects.length,
    subjects: marks,
  });
  await replaceFileContent(paths.erasing, JSON.stringify(plan), OWNER_ONLY);
  return plan;
}

async function readPlan(paths: DataPaths): Promise<Plan | null> {
  try {
    return planSchema.parse(JSON.parse(await readText(paths.erasing)));
  } catch (cause) {
    if (isMissing(cause)) return null;
    if (!(cause instanceof SyntaxError || cause instanceof z.ZodError)) throw cause;
    throw new AppError(
      'not-erased',
      'An erasure was begun, and privacy/erasing.json cannot be read.',
      {
        hint: 'Delete that file and erase the same subject again.',
        cause,
      },
    );
  }
}

async function carryOut(database: Database, paths: DataPaths, plan: Plan): Promise<EraseReport> {
  const started = performance.now();
  const subjects: readonly Subject[] = plan.subjects;
  const work: ErasureWork = { paths, database, words: new SubjectWords(subjects) };
  // First: from now on none of them comes back.
  await noteErased(
    paths,
    subjects.map(({ id, name, species }) => ({ id, names: [name, species] })),
    subjects.map(({ stands }) => stands),
  );
  for (const holder of HOLDINGS) await holder.erase?.(work);
  const searched = await searchFolder(work, HOLDINGS, new Set([PLAN_FILE]));
  refuseHits(searched);
  const receipt = await receiptOf(paths, plan, work, searched);
  await writeReceipt(paths, plan.receipt, receipt);
  await rm(paths.erasing, { force: true });
  await syncFolder(dirname(paths.erasing));
  const duration_ms = Math.round(performance.now() - started);
  return { file: plan.receipt, receipt, duration_ms };
}

const PLAN_FILE = 'privacy/erasing.json';

function refuseHits({ hits }: Searched): void {
  const [first] = hits;
  if (first === undefined) return;
  const more = hits.length === 1 ? '' : ` and ${hits.length - 1} more`;
  throw new AppError('not-erased', `The subject is still named in ${first}${more}.`, {
    hint: 'Delete or mend what is named there, and run erase again. Everything else is erased; there is no receipt yet.',
  });
}

async function receiptOf(
  paths: DataPaths,
  plan: Plan,
  { words }: ErasureWork,
  { files, bytes, parquet }: Searched,
): Promise<Receipt> {
  const before: Fingerprints = plan.before;
  const { dataset } = await readTables(paths);
  const newest = dataset.newest?.version ?? 0;
  const readable = dataset.listed.filter(({ version, identities }) => version > 0 && identities);
  return {
    receipt: 1,
    id: plan.id,
    erased_at: plan.begun,
    app_version: APP_VERSION,
    subjects: plan.subjects.length,
    pseudonyms: plan.subjects.map(({ stands }) => stands.pokemon_key).sort(),
    version: newest === 0 ? null : newest,
    versions_without_lookup: Math.max(0, plan.versions + 1 - readable.length),
    files: changedFiles(before, await fingerprints(paths, new Set()), words),
    searched: {
      ...{ files, bytes, parquet },
      values: ['name', 'species', 'number', 'URL', 'sprite', 'order'],
      as: [
        'file names',
        'UTF-8',
        'UTF-16',
        'JSON with escapes',
        'Base64 of names from five letters on',
        'gzip members',
        'values of Parquet rows',
      ],
    },
    out_of_reach: [...OUT_OF_REACH],
  };
}
