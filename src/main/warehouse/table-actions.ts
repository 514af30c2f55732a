import { randomUUID } from 'node:crypto';
import { type Database, quotedName } from '../base/duckdb';
import type { Action, MetaData } from '../delta/delta-actions';
import type { StagedFiles } from '../delta/staged-files';
import { schemaString, type StoredColumn } from '../delta/stored-column';
import { writeChangeFile, writeDataFile } from '../delta/write-files';
import { differsFromNext } from './compare-rows';
import type { HeldTable } from './held-tables';
import { nextRows, type TableKind } from './table-kinds';

/**
 * The actions that make a table hold its part of `next`; none where it already does. Stages its new
 * files.
 */
export async function tableActions(
  database: Database,
  staged: StagedFiles,
  held: HeldTable,
  timestamp: number,
): Promise<Action[]> {
  const { kind, path } = held;
  const files = [...(held.newest?.snapshot?.files.values() ?? [])];
  const begun = declaration(held, timestamp);
  const differs = await differsFromNext(database, `${kind.name}_held`, kind);
  if (!differs && held.snapshot !== null && files.every(isCounted)) return begun;
  const removes: Action[] = files.map((file) => ({
    remove: {
      path: file.path,
      deletionTimestamp: timestamp,
      dataChange: true,
      extendedFileMetadata: true,
      partitionValues: {},
      size: file.size,
    },
  }));
  const add = await writeDataFile(
    database,
    staged,
    path,
    nextRows(kind),
    kind.columns,
    kind.anonymous,
  );
  const actions: Action[] = [...begun, ...removes, { add }];
  if (kind.anonymous && held.snapshot !== null) {
    actions.push({ cdc: await writeChangeFile(database, staged, path, changeRows(kind.columns)) });
  }
  return actions;
}

/** Whether a file says how many rows it has: other engines count by it. */
function isCounted({ stats }: { stats?: string | undefined }): boolean {
  return stats?.includes('"numRecords"') ?? false;
}

/**
 * Protocol and schema where the log does not say them, and properties that earlier releases left out
 * or another program changed.
 */
function declaration(held: HeldTable, timestamp: number): Action[] {
  const { kind, newest, log } = held;
  const { protocol = null, metaData = null } = newest?.snapshot ?? {};
  const told = protocol !== null && metaData !== null && log.whole;
  const found = metaData?.configuration ?? {};
  if (told && hasConfiguration(kind, found)) return [];
  const declared = metaData ?? newTable(kind, timestamp);
  const actions: Action[] = told ? [] : [{ protocol: protocol ?? PROTOCOL }];
  return [
    ...actions,
    {
      metaData: {
        ...declared,
        configuration: {
          ...Object.fromEntries(
            Object.entries(found).filter(([property]) => !kind.unwanted.includes(property)),
          ),
          ...kind.configuration,
        },
      },
    },
  ];
}

function hasConfiguration(kind: TableKind, found: MetaData['configuration']): boolean {
  const properties = Object.entries(kind.configuration);
  return (
    properties.every(([property, value]) => found[property]?.trim().toLowerCase() === value) &&
    kind.unwanted.every((property) => found[property] === undefined)
  );
}

/** Properties to which another program gave a value other than the app's, as `name=value`. */
export function changedProperties({ kind, newest }: HeldTable): string[] {
  const found = newest?.snapshot?.metaData?.configuration ?? {};
  const changed = Object.entries(kind.configuration).filter(
    ([property, value]) => (found[property]?.trim().toLowerCase() ?? value) !== value,
  );
  return [...changed.map(([property]) => property), ...kind.unwanted]
    .filter((property) => found[property] !== undefined)
    .map((property) => `${property}=${found[property] ?? ''}`);
}

/** Reader 1, writer 4: the lowest versions that know the change data feed. */
export const PROTOCOL = { minReaderVersion: 1, minWriterVersion: 4 };

export function newTable(kind: TableKind, timestamp: number) {
  return {
    id: randomUUID(),
    format: { provider: 'parquet', options: {} },
    schemaString: schemaString(kind.columns),
    partitionColumns: [],
    configuration: kind.configuration,
    createdTime: timestamp,
  };
}

/**
 * The change feed's rows: how `next` differs from what the table held, by key. Source: PROTOCOL.md
 * of delta-io/delta, “Change Data Files”.
 */
function changeRows(columns: readonly StoredColumn[]): string {
  const list = columns.map((column) => quotedName(column.name)).join(', ');
  const held = '(SELECT DISTINCT ON (pokemon_key) * FROM pokemon_held)';
  const row = (alias: string) =>
    `ROW(${columns.map(({ name }) => `${alias}.${quotedName(name)}`).join(', ')})`;
  const updated = (side: string, type: string) =>
    `SELECT ${columns.map(({ name }) => `${side}.${quotedName(name)}`).join(', ')}, '${type}' AS _change_type
     FROM ${held} b JOIN next a USING (pokemon_key) WHERE ${row('a')} IS DISTINCT FROM ${row('b')}`;
  return `SELECT * FROM (${[
    `SELECT ${list}, 'insert' AS _change_type FROM next ANTI JOIN pokemon_held USING (pokemon_key)`,
    updated('b', 'update_preimage'),
    updated('a', 'update_postimage'),
    `SELECT ${list}, 'delete' AS _change_type FROM ${held} ANTI JOIN next USING (pokemon_key)`,
  ].join(' UNION ALL ')}) ORDER BY pokemon_key, _change_type DESC`;
}
