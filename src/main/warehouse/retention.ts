import type { DataPaths } from '../base/data-folder';
import type { Snapshot } from '../delta/snapshot';
import { vacuum } from '../delta/vacuum';
import { isOwn } from './own-commits';
import { isBeingRead } from './reading-mark';
import type { Tables } from './read-tables';
import { KINDS, tablePath } from './table-kinds';

/**
 * Deletes data files beyond the last `keep` versions. Of the version before the oldest kept one, the
 * files stay that list its changes: the lookup, and both tables where another program made it. While
 * somebody reads old versions nothing is deleted; the next process does it.
 */
export async function dropOldFiles(paths: DataPaths, tables: Tables, keep: number): Promise<void> {
  if (await isBeingRead(paths)) return;
  const kept = tables.dataset.listed.slice(-keep);
  const before = kept[0] && tables.dataset.at(kept[0].version - 1);
  for (const kind of KINDS) {
    const log = tables[kind.name].versions;
    const needed = new Set<string>();
    const need = (snapshot: Snapshot | null | undefined) => {
      for (const path of snapshot?.files.keys() ?? []) needed.add(path);
    };
    for (const version of kept) {
      need(version[kind.name]?.snapshot);
      if (kind.anonymous) for (const { path } of version.commit?.cdc ?? []) needed.add(path);
    }
    if (!kind.anonymous || kept[0]?.own === false) need(before?.[kind.name]?.snapshot);
    // The table as it is now, whatever the dataset's versions say about it.
    need(log.at(-1)?.snapshot);
    await vacuum({ table: tablePath(paths, kind), versions: log, needed, isOurs: isOwn });
  }
}
