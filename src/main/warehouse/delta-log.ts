import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors';
import { createFileExclusive, isMissing } from '../base/durable-file';
import {
  type Action,
  actionSchema,
  type AddFile,
  type CdcFile,
  type CommitInfo,
} from './delta-actions';
import { readText } from '../base/read-text';

/** One commit as the log tells it, with the files that are the table at that version. */
export interface TableVersion {
  version: number;
  info: CommitInfo;
  cdc: CdcFile[];
  /** The table's data files after this commit, by path. */
  files: ReadonlyMap<string, AddFile>;
}

const LOG_FOLDER = '_delta_log';

export function logFolder(table: string): string {
  return join(table, LOG_FOLDER);
}

function commitPath(table: string, version: number): string {
  return join(table, LOG_FOLDER, `${String(version).padStart(20, '0')}.json`);
}

/** A commit's file: one action a line. */
export function commitText(actions: readonly Action[]): string {
  return actions.map((action) => `${JSON.stringify(action)}\n`).join('');
}

/** Adds a version to the log; rejects with EEXIST where that version is there already. */
export async function writeCommit(table: string, version: number, text: string): Promise<void> {
  await createFileExclusive(commitPath(table, version), text);
}

/** All versions of a table, oldest first; empty where there is no table. Throws `table-damaged`. */
export async function readLog(table: string): Promise<TableVersion[]> {
  const versions: TableVersion[] = [];
  for (const version of await commitNumbers(table)) {
    if (version !== versions.length) throw damaged(table, `version ${versions.length} is missing`);
    versions.push(versionAfter(versions.at(-1), await readCommit(table, version)));
  }
  return versions;
}

/** What a commit makes of the version before it. */
export function versionAfter(
  previous: TableVersion | undefined,
  actions: readonly Action[],
): TableVersion {
  const files = new Map(previous?.files);
  for (const { remove } of actions) if (remove) files.delete(remove.path);
  for (const { add } of actions) if (add) files.set(add.path, add);
  return {
    version: previous === undefined ? 0 : previous.version + 1,
    info: actions.find((action) => action.commitInfo)?.commitInfo ?? {},
    cdc: actions.flatMap((action) => action.cdc ?? []),
    files,
  };
}

async function commitNumbers(table: string): Promise<number[]> {
  try {
    const names = await readdir(logFolder(table));
    return names
      .filter((name) => /^\d{20}\.json$/.test(name))
      .map((name) => Number(name.slice(0, 20)))
      .sort((a, b) => a - b);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function readCommit(table: string, version: number): Promise<Action[]> {
  const text = await readText(commitPath(table, version));
  try {
    return z.array(actionSchema).parse(
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    );
  } catch (cause) {
    throw damaged(table, `version ${version} cannot be read`, cause);
  }
}

function damaged(table: string, what: string, cause?: unknown): AppError {
  return damagedTables(`${basename(table)}: ${what}`, cause);
}

/** The error for tables that only a person can put right. */
export function damagedTables(what: string, cause?: unknown): AppError {
  return new AppError('table-damaged', `The tables are damaged: ${what}.`, {
    hint: 'Restore the tables folder from a backup, or move it away and run process to start anew.',
    cause,
  });
}
