import { AppError } from '../../../preload/contract/errors';
import type { Filter } from '../../../preload/contract/filters';
import type { ChangeEntry } from '../../../preload/contract/reports';
import type { DataPaths } from '../../base/data-folder';
import { Database, quotedName } from '../../base/duckdb';
import { jsonSafe } from '../../engine/json-safe';
import { whereSql } from '../../engine/where-sql';
import { pokemonDataset } from '../../shaping/pokemon-dataset';
import { loadDatasetAt } from '../../warehouse/load-dataset-at';
import { readChanges, tellChanges } from '../../warehouse/read-changes';
import { readPublished } from '../../warehouse/read-history';
import type { Tables } from '../../warehouse/read-tables';

export interface PublishedVersion {
  version: number;
  /** Milliseconds since 1970. */
  published: number;
}

/** What rules are held against. */
export interface ChangeSource {
  /** Those that are still listed, oldest first, without gaps; none where nothing was published yet. */
  versions(): Promise<PublishedVersion[]>;
  /** Null where they can no longer be told. */
  changes(version: number): Promise<ChangeEntry[] | null>;
  /** The ids of a version's rows that pass; null where its files are gone. */
  passing(version: number, filters: readonly Filter[]): Promise<ReadonlySet<number> | null>;
}

/** Changes and rows of a data folder's versions. `close` ends its DuckDB. */
export class PublishedChanges implements ChangeSource {
  private database: Promise<Database> | null = null;
  private tables: Promise<Tables> | null = null;
  private known: Promise<PublishedVersion[]> | null = null;
  private readonly told = new Map<number, Promise<ChangeEntry[] | null>>();

  constructor(private readonly paths: DataPaths) {}

  versions(): Promise<PublishedVersion[]> {
    return (this.known ??= this.readVersions());
  }

  changes(version: number): Promise<ChangeEntry[] | null> {
    const told = this.told.get(version) ?? this.readChanges(version);
    this.told.set(version, told);
    return told;
  }

  /** Reads the changes of every version that is kept at once. */
  async tellAll(): Promise<void> {
    const { entries, untold, refused } = await tellChanges(await this.opened(), this.paths, {});
    const gone = new Set([...untold, ...refused.map(({ version }) => version)]);
    const byVersion = new Map<number, ChangeEntry[]>();
    for (const entry of entries) {
      const others = byVersion.get(entry.version) ?? [];
      others.push(plainEntry(entry));
      byVersion.set(entry.version, others);
    }
    for (const { version } of await this.versions()) {
      const changes = gone.has(version) ? null : (byVersion.get(version) ?? []);
      this.told.set(version, Promise.resolve(changes));
    }
  }

  async passing(version: number, filters: readonly Filter[]): Promise<ReadonlySet<number> | null> {
    if (version < 1) return new Set();
    const database = await this.opened();
    try {
      const tables = await this.published();
      const table = quotedName(
        await loadDatasetAt(database, this.paths, version, 'rows_at', tables),
      );
      const { sql, values } = whereSql(filters, pokemonDataset({ version, rows: 0 }), table);
      const rows = await database.rows<{ id: number }>(
        `SELECT id FROM ${table} WHERE ${sql}`,
        values,
      );
      return new Set(rows.map(({ id }) => id));
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  }

  async close(): Promise<void> {
    const database = await this.database?.catch(() => null);
    database?.close();
  }

  private opened(): Promise<Database> {
    return (this.database ??= Database.open({ memoryLimit: '256MB', threads: 1 }));
  }

  /** Read once: what was published is not changed by what is published later. */
  private published(): Promise<Tables> {
    return (this.tables ??= readPublished(this.paths));
  }

  private async readVersions(): Promise<PublishedVersion[]> {
    try {
      const { listed } = (await this.published()).dataset;
      return listed
        .filter(({ version }) => version > 0)
        .map(({ version, timestamp }) => ({ version, published: timestamp ?? 0 }));
    } catch (error) {
      if (error instanceof AppError && error.code === 'no-data') return [];
      throw error;
    }
  }

  private async readChanges(version: number): Promise<ChangeEntry[] | null> {
    try {
      const range = { from: version, to: version };
      return (await readChanges(await this.opened(), this.paths, range)).map(plainEntry);
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  }
}

function plainEntry(entry: ChangeEntry): ChangeEntry {
  return { ...entry, before: jsonSafe(entry.before), after: jsonSafe(entry.after) };
}

function isGone(error: unknown): boolean {
  return (
    error instanceof AppError &&
    (error.code === 'version-not-kept' || error.code === 'table-unsupported')
  );
}
