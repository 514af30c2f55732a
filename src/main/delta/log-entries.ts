import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors';
import { createFileExclusive, isMissing } from '../base/durable-file';
import { readText } from '../base/read-text';
import { type Action, actionSchema } from './delta-actions';

/** The files of a table's log and what one entry says. Source: PROTOCOL.md, “Delta Log Entries”. */
const LOG_FOLDER = '_delta_log';

export function logFolder(table: string): string {
  return join(table, LOG_FOLDER);
}

export function paddedVersion(version: number): string {
  return String(version).padStart(20, '0');
}

export function entryPath(table: string, version: number): string {
  return join(table, LOG_FOLDER, `${paddedVersion(version)}.json`);
}

/** Whether a file of the log folder is a commit, not a checkpoint, a compaction or a checksum. */
export function isEntryName(name: string): boolean {
  return /^\d{20}\.json$/.test(name);
}

/** A commit's file: one action per line. */
export function commitText(actions: readonly Action[]): string {
  return actions.map((action) => `${JSON.stringify(action)}\n`).join('');
}

/** Adds a version to the log; rejects with EEXIST where that version is there already. */
export async function writeEntry(table: string, version: number, text: string): Promise<void> {
  await createFileExclusive(entryPath(table, version), text);
}

/** The names in a table's log folder; none where there is no table. */
export async function logNames(table: string): Promise<string[]> {
  try {
    return await readdir(logFolder(table));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** The actions of an entry's text. Throws for a text that is not a commit: empty, or cut short. */
export function parseEntry(text: string): Action[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new SyntaxError('the file is empty');
  return z.array(actionSchema).parse(lines.map((line) => JSON.parse(line)));
}

/** An entry's text; null where there is no such version. */
export async function entryText(table: string, version: number): Promise<string | null> {
  try {
    return await readText(entryPath(table, version));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

export async function readEntry(table: string, version: number): Promise<Action[]> {
  const text = await readText(entryPath(table, version));
  try {
    return parseEntry(text);
  } catch (cause) {
    throw damagedEntry(table, version, text.trim() === '' ? 'is empty' : 'is cut short', cause);
  }
}

/** The error for an entry that only a person can repair. */
export function damagedEntry(
  table: string,
  version: number,
  what: string,
  cause?: unknown,
): AppError {
  const entry = `tables/${basename(table)}/${LOG_FOLDER}/${paddedVersion(version)}.json`;
  return new AppError('table-damaged', `The tables are damaged: ${entry} ${what}.`, {
    hint: 'Restore that file from a backup, or move it away: the next process then goes on with what is whole; what only that file told is lost.',
    cause,
  });
}
