import type { ColumnDescriptor, DatasetDescriptor } from '../../preload/contract/descriptor';
import { AppError } from '../../preload/contract/errors';
import type { VersionEntry } from '../../preload/contract/reports';
import type { DataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { pokemonDataset } from '../shaping/pokemon-dataset';
import { pokemonView } from '../shaping/pokemon-view';
import { readHistory } from '../warehouse/read-history';
import {
  ROW_COLUMN,
  VERSION_COLUMN,
  writeDatasetAt,
  writeVersions,
} from '../warehouse/write-versions';
import type { OpenedTable } from './opened-table';
import type { OpenedTables } from './opened-tables';
import type { OwnTable, Sides } from './own-table';
import type { ResultFiles } from './result-files';

const MEMORY = '1GB';

/** Versions of the published data as tables of their own, each from a private copy of its rows. */
export class VersionTables {
  constructor(
    private readonly paths: DataPaths,
    private readonly opened: OpenedTables,
    private readonly files: ResultFiles,
  ) {}

  /**
   * The data as of a version; where another one is named, both on the same axes. Rejects with `no-data`,
   * `version-not-kept` or `table-unsupported`.
   */
  async open(version: number, against?: number): Promise<OpenedTable> {
    const history = await readHistory(this.paths);
    const now = entryOf(history, version);
    if (against === undefined) return this.openVersion(now);
    if (against === version) {
      throw new AppError('usage', 'A version is no different from itself.', {
        hint: 'Choose two different versions.',
      });
    }
    return this.openComparison(now, entryOf(history, against));
  }

  private openVersion(entry: VersionEntry): Promise<OpenedTable> {
    const { version } = entry;
    const own: OwnTable = {
      ...like(entry),
      id: `version ${version}`,
      kind: 'version',
      sqlName: `pokemon_v${version}`,
      describe: (rows) => ({
        ...describedAt(entry, rows),
        key: `version@${version}`,
        kind: 'version',
        title: titleOf(version),
        versions: { now: seenOf(entry, rows) },
      }),
    };
    return this.opened.openOwn(own, () =>
      this.written(own, titleOf(version), async (database, to) => {
        await writeDatasetAt(database, this.paths, version, to);
        return own;
      }),
    );
  }

  private openComparison(now: VersionEntry, before: VersionEntry): Promise<OpenedTable> {
    const id = `${now.version} against ${before.version}`;
    const own = (rows: Sides['rows']): OwnTable => ({
      ...like(now),
      id,
      kind: 'comparison',
      sqlName: `pokemon_v${now.version}_v${before.version}`,
      describe: () => ({
        ...describedAt(now, rows.now),
        key: `comparison@${now.version}.${before.version}`,
        kind: 'comparison',
        title: titleOf(id),
        versions: { now: seenOf(now, rows.now), before: seenOf(before, rows.before) },
      }),
      sides: sidesOf(now.version, before.version, rows),
    });
    const unread = own({ now: 0, before: 0 });
    return this.opened.openOwn(unread, () =>
      this.written(unread, titleOf(id), async (database, to) => {
        const versions = { now: now.version, before: before.version };
        return own(await writeVersions(database, this.paths, versions, to));
      }),
    );
  }

  private async written(
    { id }: OwnTable,
    title: string,
    write: (database: Database, to: string) => Promise<OwnTable>,
  ) {
    const file = await this.files.newFile('parquet');
    const database = await Database.open({ memoryLimit: MEMORY });
    try {
      const own = await write(database, file.path);
      return { path: file.path, title, uploaded: true, query: id, own, release: file.remove };
    } catch (error) {
      await file.remove();
      throw error;
    } finally {
      database.close();
    }
  }
}

function titleOf(version: number | string): string {
  return `Pokémon, version ${version}`;
}

/** Throws `version-not-kept`. */
function entryOf(history: readonly VersionEntry[], version: number): VersionEntry {
  const entry = history.find((each) => each.version === version);
  if (entry?.kept === true) return entry;
  const what =
    entry === undefined
      ? `There is no version ${version}.`
      : `Version ${version} is no longer kept.`;
  throw new AppError('version-not-kept', what, {
    hint: 'The history lists the versions that are; the newest one always is.',
  });
}

function like({ games }: VersionEntry): Pick<OwnTable, 'likePublished' | 'firstView'> {
  return { likePublished: true, firstView: pokemonView(gamesOf(games)) };
}

function gamesOf(games: VersionEntry['games']): readonly string[] | 'all' {
  return games ?? 'all';
}

function describedAt({ version }: VersionEntry, rows: number): DatasetDescriptor {
  return { ...pokemonDataset({ version, rows }), can: [] };
}

function seenOf({ version, timestamp }: VersionEntry, rows: number) {
  return { version, published_at: timestamp, rows };
}

function sidesOf(now: number, before: number, rows: Sides['rows']): Sides {
  const numbers = { now, before };
  return {
    rows,
    filter: (side) => ({
      kind: 'one-of',
      columns: [VERSION_COLUMN],
      values: [numbers[side]],
      match: 'any',
    }),
    asked: (described) => ({
      ...described,
      rows: rows.now + rows.before,
      columns: [
        ...described.columns,
        plainColumn(VERSION_COLUMN, 'INTEGER'),
        plainColumn(ROW_COLUMN, 'VARCHAR'),
      ],
      row: { ...described.row, key: ROW_COLUMN },
    }),
  };
}

function plainColumn(name: string, sqlType: 'INTEGER' | 'VARCHAR'): ColumnDescriptor {
  return {
    name,
    sqlType,
    type: sqlType === 'INTEGER' ? 'integer' : 'text',
    role: sqlType === 'INTEGER' ? 'category' : 'key',
    label: name,
    unit: null,
    decimals: sqlType === 'INTEGER' ? 0 : null,
    grouped: false,
    nullable: false,
    privacy: 'open',
    palette: null,
    labels: null,
    order: null,
  };
}
