import { z } from 'zod';
import type { AddFile, MetaData } from './delta-actions';
import { damagedTable, unreadableTable } from './foreign-table-errors';
import { type KeptVersions, snapshotAt } from './kept-versions';
import { columnMapping, type Mapping, unreadFeature } from './reader-features';
import { type TableColumn, tableColumns, UnknownType } from './table-columns';
import { filePath } from './table-rows';

/** A table at one version, with all that the log says about how to read it. */
export interface TablePlan {
  table: string;
  columns: readonly TableColumn[];
  partitionedBy: readonly string[];
  mapping: Mapping;
  files: readonly PlannedFile[];
}

export interface PlannedFile {
  path: string;
  add: AddFile;
}

/** Throws `version-not-kept`, `table-unsupported`, `table-damaged`. */
export async function plannedTable(versions: KeptVersions, version?: number): Promise<TablePlan> {
  const { table } = versions;
  const { protocol, metaData, files } = await snapshotAt(versions, version);
  if (protocol === null) throw damagedTable(table, 'its log never says its protocol');
  const unread = unreadFeature(protocol);
  if (unread !== null) throw unreadableTable(table, unread);
  if (metaData === null) throw damagedTable(table, 'its log never says its columns');
  const provider = metaData.format.provider;
  if (provider.toLowerCase() !== 'parquet') throw unreadableTable(table, `${provider} files`);
  const mapping = columnMapping(protocol, metaData);
  if (typeof mapping === 'object') {
    throw unreadableTable(table, `column mapping by ${mapping.mode}`);
  }
  return {
    table,
    mapping,
    columns: columnsOf(table, metaData, mapping),
    partitionedBy: metaData.partitionColumns,
    files: [...files.values()].map((add) => ({ add, path: placeOf(table, add.path) })),
  };
}

function columnsOf(table: string, metaData: MetaData, mapping: Mapping): TableColumn[] {
  const columns = readColumns(table, metaData.schemaString, mapping);
  if (columns.length === 0) throw damagedTable(table, 'it has no columns');
  return columns;
}

function readColumns(table: string, schema: string, mapping: Mapping): TableColumn[] {
  try {
    return tableColumns(schema, mapping);
  } catch (cause) {
    if (cause instanceof UnknownType) throw unreadableTable(table, `the type ${cause.message}`);
    if (cause instanceof SyntaxError || cause instanceof z.ZodError) {
      throw damagedTable(table, 'its schema cannot be understood', { cause });
    }
    throw cause;
  }
}

function placeOf(table: string, path: string): string {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(path)?.[1];
  if (scheme !== undefined && scheme !== 'file') {
    throw unreadableTable(table, `data files at another place (${scheme}:)`);
  }
  try {
    return filePath(table, path);
  } catch (cause) {
    if (cause instanceof URIError || cause instanceof TypeError) {
      throw damagedTable(table, `its log names a data file by a path that is not valid (${path})`, {
        cause,
      });
    }
    throw cause;
  }
}
