import type { ChangeEntry } from '../../preload/contract/reports';
import type { DataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { jsonSafe } from '../engine/json-safe';
import { readChanges, readDifferences, tellChanges } from '../warehouse/read-changes';
import { readHistory } from '../warehouse/read-history';
import type { Dataset } from './dataset';
import type { CallHandlers } from './dispatcher';

/** Versions, and what changed in one. */
export function historyCalls(
  paths: DataPaths,
  dataset: Dataset,
): Pick<CallHandlers, 'history.list' | 'changes.list' | 'changes.row' | 'versions.differences'> {
  return {
    'history.list': async () => {
      dataset.notice();
      const entries = await readHistory(paths);
      // What was committed since belongs to a version that the page does not show yet.
      const shown = dataset.info?.version ?? Infinity;
      return entries.filter(({ version }) => version <= shown);
    },
    'versions.differences': async ({ version, against }) => {
      const database = await Database.open();
      try {
        const entries = await readDifferences(database, paths, version, against);
        return entries.map(jsonSafeEntry);
      } finally {
        database.close();
      }
    },
    'changes.list': async ({ version }) => {
      const database = await Database.open();
      try {
        const entries = await readChanges(database, paths, { from: version, to: version });
        return entries.map(jsonSafeEntry);
      } finally {
        database.close();
      }
    },
    'changes.row': async ({ id }) => {
      const database = await Database.open();
      try {
        const to = dataset.info?.version;
        const { entries, untold, refused } = await tellChanges(database, paths, { to, id });
        return {
          entries: entries.map(jsonSafeEntry),
          untold: [...untold, ...refused.map(({ version }) => version)],
        };
      } finally {
        database.close();
      }
    },
  };
}

function jsonSafeEntry(entry: ChangeEntry): ChangeEntry {
  return { ...entry, before: jsonSafe(entry.before), after: jsonSafe(entry.after) };
}
