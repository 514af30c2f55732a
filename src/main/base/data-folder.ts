import { join } from 'node:path';

/** The places of one data folder. The layout is a contract: other tools read it. */
export function dataPaths(data: string) {
  const landing = join(data, 'landing');
  return {
    data,
    landing,
    /** `<id>.json`, byte for byte as received. */
    documents: join(landing, 'pokemon'),
    /** Bodies being received; nothing here is kept, every run empties it. */
    incoming: join(landing, 'incoming'),
    manifest: join(landing, 'manifest.ndjson'),
    list: join(landing, 'list.json'),
    run: join(landing, 'run.json'),
    /** The last gather that brought the same rows as the current version. */
    lastCheck: join(landing, 'last-check.json'),
    /** Every landed document as a typed row: derived, may be deleted at any time. */
    shaped: join(landing, 'shaped.parquet'),
    tables: join(data, 'tables'),
    pokemonTable: join(data, 'tables', 'pokemon'),
    identitiesTable: join(data, 'tables', 'identities'),
    /** A commit to both tables that is decided but perhaps not yet in both logs. */
    pendingCommit: join(data, 'tables', 'pending-commit.json'),
    parquet: join(data, 'pokemon.parquet'),
    /** What changed, one file per version; see change-files.ts. */
    changes: join(data, 'changes'),
    /** `<id>.png`: a cache, may be deleted at any time. */
    sprites: join(data, 'sprites'),
    lock: join(data, 'writer.lock'),
    lockHolder: join(data, 'writer.json'),
    /** Copies of files that a page in a browser has handed over, each run's in a folder of its own. */
    uploads: join(data, 'uploads'),
    /** What was opened before, and how it was corrected. */
    recent: join(data, 'recent.json'),
    /** When refreshes of a schedule were due and how they ended, one JSON object per line. */
    runs: join(data, 'runs.ndjson'),
    /** Messages to webhooks, those that wait and those that are done, with the secrets that sign them. */
    deliveries: join(data, 'deliveries'),
    /** Rules, one file each, with their webhooks' secrets. */
    alertRules: join(data, 'alerts', 'rules'),
    /** Up to which version each rule was held, and what fired. */
    alertLedger: join(data, 'alerts', 'ledger.json'),
    /** What became of the files of a folder that is the source, one JSON object per line. */
    folderLedger: join(data, 'folder', 'files.ndjson'),
    /** Batches of such files that are decided and not settled yet. */
    folderBatches: join(data, 'folder', 'batches'),
    /** Copies of files that could not be taken up, each with its reason. */
    quarantine: join(data, 'folder', 'quarantine'),
    /** What ties this folder to its keys, which lie elsewhere; see folder-keys.ts. */
    folderId: join(data, 'privacy', 'folder.json'),
    /** Who used identity when, one JSON object per line, chained. */
    accessLog: join(data, 'privacy', 'access-log.ndjson'),
    /** Who was erased, by keyed hashes alone; see erased-subjects.ts. */
    erased: join(data, 'privacy', 'erased.json'),
    /** An erasure that is decided and not finished; it names its subjects until then. */
    erasing: join(data, 'privacy', 'erasing.json'),
    /** What was erased when, naming nobody: one signed file each. */
    receipts: join(data, 'receipts'),
    /** How the folder is protected; not there where it is not. */
    protection: join(data, 'privacy', 'protection.json'),
    /** The data, encrypted, while the folder is protected. */
    sealed: join(data, 'sealed'),
    /** Marks a folder in memory that holds the protected data in the clear. */
    live: join(data, 'live.json'),
    log: join(data, 'log'),
    settings: join(data, 'settings.json'),
    sqlHistory: join(data, 'sql-history.json'),
  } as const;
}

/**
 * What the app keeps directly in a data folder, in lower case because a disk may ignore case.
 * Everything else there belongs to a person.
 */
export const OWN_NAMES: ReadonlySet<string> = new Set([
  ...Object.values(dataPaths('')).map((path) => path.split(/[\\/]/)[0] ?? ''),
  'writer.lock.wal',
  'settings.json.lock',
  'sql-history.json.lock',
  'recent.json.lock',
]);

export type DataPaths = ReturnType<typeof dataPaths>;
