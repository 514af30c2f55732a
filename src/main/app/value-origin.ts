import { join } from 'node:path';
import type { ValueOrigin } from '../../preload/contract/calls';
import type { ChangeEntry } from '../../preload/contract/reports';
import type { DataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { isMissing } from '../base/durable-file';
import { readText } from '../base/read-text';
import { jsonSafe } from '../engine/json-safe';
import { placesInDocument } from '../pipeline/document-places';
import { tellChanges } from '../warehouse/read-changes';

/** Since when a value is what it is in version `to`, what it was before, and where in its document it is. */
export async function valueOrigin(
  paths: DataPaths,
  id: number,
  column: string,
  to: number,
): Promise<ValueOrigin> {
  const { entries, untold } = await changesUpTo(paths, to);
  const own = entries.filter((entry) => entry.id === id);
  const since = own.findLast(
    (entry) => entry.change === 'insert' || (entry.change === 'update' && entry.column === column),
  );
  const gone = own.at(-1)?.change === 'delete' ? own.at(-1) : undefined;
  return {
    id,
    column,
    since: since === undefined ? null : momentOf(since),
    came: since?.change === 'insert',
    before: since?.change === 'update' ? jsonSafe(since.before) : null,
    // Between its last change and now a version may be missing that changed it too.
    untold: untold.filter((version) => version > (since?.version ?? 0)),
    gone: gone === undefined ? null : momentOf(gone),
    places: await placesOf(paths, id, column),
  };
}

async function changesUpTo(paths: DataPaths, to: number) {
  const database = await Database.open();
  try {
    return await tellChanges(database, paths, { to });
  } finally {
    database.close();
  }
}

function momentOf({ version, timestamp }: ChangeEntry): { version: number; timestamp: string } {
  return { version, timestamp };
}

async function placesOf(paths: DataPaths, id: number, column: string): Promise<string[]> {
  try {
    return placesInDocument(await readText(join(paths.documents, `${id}.json`)), column);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
