import { mkdir, rm } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from '../base/data-folder';
import { isMissing, replaceFileContent } from '../base/durable-file';
import { readText } from '../base/read-text';
import type { Action } from '../delta/delta-actions';
import {
  commitText,
  entryPath,
  entryText,
  logFolder,
  parseEntry,
  writeEntry,
} from '../delta/log-entries';
import { readLog } from '../delta/delta-log';
import { filePath } from '../delta/table-rows';
import { refuseTable, writingObstacle } from '../delta/table-features';
import { lostItsEnd, replacesAll } from './own-commits';
import { IDENTITIES, POKEMON, type TableKind, tablePath } from './table-kinds';

const entrySchema = z.object({ version: z.int().nonnegative(), text: z.string() });

/** A decided commit to both tables: their log entries, whose data files are durable already. */
const pendingCommitSchema = z.object({
  /** The dataset's. */
  version: z.int().nonnegative(),
  identities: entrySchema,
  pokemon: entrySchema,
});

/** As earlier releases wrote it: both tables had the dataset's version. */
const earlierSchema = z
  .object({ version: z.int().nonnegative(), identities: z.string(), pokemon: z.string() })
  .transform(({ version, identities, pokemon }) => ({
    version,
    identities: { version, text: identities },
    pokemon: { version, text: pokemon },
  }));

export type PendingCommit = z.infer<typeof pendingCommitSchema>;
type Entry = z.infer<typeof entrySchema>;

/**
 * How a commit ended. `given-up`: another program committed first, and none of our entries is in the
 * log. `moved`: it committed between our two entries, so one of them has a later version than
 * intended; the tables have to be read again.
 */
export type CommitEnd = 'done' | 'given-up' | 'moved';

/**
 * Commits to both tables as one: the decision is one durable file, after which each log entry
 * is created once, by this process or, had it been killed, by the next writer.
 */
export async function commitBoth(paths: DataPaths, commit: PendingCommit): Promise<CommitEnd> {
  await replaceFileContent(paths.pendingCommit, JSON.stringify(commit));
  return carryOut(paths, commit);
}

/** The decided commit that is not finished yet; null where there is none. */
export async function readPendingCommit(paths: DataPaths): Promise<PendingCommit | null> {
  try {
    return z
      .union([pendingCommitSchema, earlierSchema])
      .parse(JSON.parse(await readText(paths.pendingCommit)));
  } catch (cause) {
    if (isMissing(cause)) return null;
    if (!(cause instanceof SyntaxError || cause instanceof z.ZodError)) throw cause;
    throw new AppError(
      'table-damaged',
      'The tables are damaged: tables/pending-commit.json cannot be read.',
      {
        hint: 'Restore that file from a backup, or delete it: the next process makes both tables whole again.',
        cause,
      },
    );
  }
}

/** Finishes a commit that a killed writer had decided. Only for the holder of the writer's lock. */
export async function finishPendingCommit(paths: DataPaths): Promise<void> {
  const pending = await readPendingCommit(paths);
  if (pending !== null) await carryOut(paths, pending);
}

async function carryOut(paths: DataPaths, commit: PendingCommit): Promise<CommitEnd> {
  let moved = false;
  for (;;) {
    const places = {
      identities: await placeOf(tablePath(paths, IDENTITIES), commit.identities),
      pokemon: await placeOf(tablePath(paths, POKEMON), commit.pokemon),
    };
    const all = Object.values(places);
    if (all.every((place) => place === 'ours')) break;
    if (all.includes('taken') && !all.includes('ours')) {
      await giveUp(paths, commit);
      return 'given-up';
    }
    const kind = places.identities === 'ours' ? POKEMON : IDENTITIES;
    const table = tablePath(paths, kind);
    if (places[kind.name] === 'torn') await mend(table, commit[kind.name]);
    else if (places[kind.name] === 'free') await writeUnlessTaken(table, commit[kind.name]);
    else {
      moved = true;
      await writeUnlessTaken(table, await moveOn(table, kind, commit[kind.name]));
    }
  }
  await rm(paths.pendingCommit);
  return moved ? 'moved' : 'done';
}

/**
 * What is at an entry's place. `torn`: the beginning of ours, left by a power cut. `ours`: also where
 * our entry had to move to a later version.
 */
async function placeOf(table: string, entry: Entry): Promise<'ours' | 'free' | 'torn' | 'taken'> {
  const there = await entryText(table, entry.version);
  if (there === null) return 'free';
  if (there === entry.text) return 'ours';
  if (entry.text.startsWith(there)) return 'torn';
  const transaction = transactionOf(entry.text);
  if (transaction === undefined) return 'taken';
  for (let version = entry.version; ; version += 1) {
    const text = await entryText(table, version);
    if (text === null) return 'taken';
    if (text.includes(transaction) && transactionOf(text) === transaction) return 'ours';
  }
}

function transactionOf(text: string): string | undefined {
  return parseEntry(text).find((action) => action.commitInfo)?.commitInfo?.txnId;
}

async function writeUnlessTaken(table: string, { version, text }: Entry): Promise<void> {
  await mkdir(logFolder(table), { recursive: true });
  try {
    await writeEntry(table, version, text);
  } catch (error) {
    // Another writer was faster: the caller looks at what is there.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    throw error;
  }
}

async function mend(table: string, { version, text }: Entry): Promise<void> {
  await replaceFileContent(entryPath(table, version), text);
}

/**
 * Our entry, after what another program committed in its place. The table then holds what was
 * intended: our files replace all files that are there by then.
 */
async function moveOn(table: string, kind: TableKind, entry: Entry): Promise<Entry> {
  const { versions } = await readLog(table, { replacesAll, lostItsEnd });
  const last = versions.at(-1);
  if (!last?.snapshot) throw new Error(`tables/${kind.name} has no newest version`);
  refuseTable(kind.name, writingObstacle(last.snapshot, kind.columns, kind.anonymous), 'write');
  const actions = parseEntry(entry.text);
  const timestamp = actions.find((action) => action.commitInfo)?.commitInfo?.timestamp;
  const kept = actions.filter((action) => !action.remove && !action.metaData && !action.protocol);
  const removes: Action[] = actions.some((action) => action.add)
    ? [...last.snapshot.files.values()].map(({ path, size }) => ({
        remove: {
          path,
          deletionTimestamp: timestamp ?? Date.now(),
          dataChange: true,
          extendedFileMetadata: true,
          partitionValues: {},
          size,
        },
      }))
    : [];
  const [info, ...rest] = kept;
  return {
    version: last.version + 1,
    text: commitText([...(info ? [info] : []), ...removes, ...rest]),
  };
}

/** Undoes a commit that has no entry in a log, and deletes its files. */
async function giveUp(paths: DataPaths, commit: PendingCommit): Promise<void> {
  for (const kind of [IDENTITIES, POKEMON]) {
    for (const { add, cdc } of parseEntry(commit[kind.name].text)) {
      const path = (add ?? cdc)?.path;
      if (path !== undefined) await rm(filePath(tablePath(paths, kind), path), { force: true });
    }
  }
  await rm(paths.pendingCommit);
}
