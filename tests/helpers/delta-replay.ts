import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { queryRows, type ParquetRow } from './parquet-rows';

/**
 * A reader of Delta tables written from PROTOCOL.md of delta-io/delta, on its own: it shares no
 * code with the app, and refuses what a strict reader would stumble over.
 */
interface DeltaField {
  name: string;
  type: unknown;
  nullable: boolean;
}

interface DeltaFile {
  path: string;
  size: number;
  modificationTime?: number;
  dataChange: boolean;
  partitionValues: Record<string, string>;
  stats?: string;
}

export interface DeltaVersion {
  version: number;
  /** The commit's lines, each with its one action. */
  actions: Record<string, unknown>[];
  commitInfo: Record<string, unknown> & { timestamp: number };
  adds: DeltaFile[];
  removes: DeltaFile[];
  cdc: DeltaFile[];
  /** Data files that are the table after this commit. */
  files: Map<string, DeltaFile>;
  protocol: { minReaderVersion: number; minWriterVersion: number };
  metaData: {
    id: string;
    format: { provider: string };
    partitionColumns: string[];
    configuration: Record<string, string>;
  };
  fields: DeltaField[];
}

const ACTIONS = ['add', 'remove', 'cdc', 'metaData', 'protocol', 'commitInfo', 'txn'];

/** Every version of a table. Throws where the log breaks the protocol. */
export async function replayDelta(table: string): Promise<DeltaVersion[]> {
  const folder = join(table, '_delta_log');
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  const versions: DeltaVersion[] = [];
  for (const [version, name] of names.entries()) {
    if (name !== `${String(version).padStart(20, '0')}.json`) {
      throw new Error(`${table}: expected version ${version}, found ${name}`);
    }
    versions.push(
      replayCommit(versions.at(-1), version, await readFile(join(folder, name), 'utf8')),
    );
  }
  return versions;
}

function replayCommit(
  before: DeltaVersion | undefined,
  version: number,
  text: string,
): DeltaVersion {
  if (!text.endsWith('\n')) throw new Error(`version ${version} is cut short`);
  const actions = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const action of actions) {
    const [kind, ...more] = Object.keys(action);
    if (kind === undefined || more.length > 0 || !ACTIONS.includes(kind)) {
      throw new Error(`version ${version} has a line that is not one action`);
    }
  }
  const all = <T>(kind: string) =>
    actions.flatMap((action) => (kind in action ? [action[kind] as T] : []));
  const adds = all<DeltaFile>('add');
  const removes = all<DeltaFile>('remove');
  const files = new Map(before?.files);
  for (const file of removes) {
    if (!files.delete(file.path)) throw new Error(`version ${version} removes what is not there`);
  }
  for (const file of adds) {
    if (files.has(file.path)) throw new Error(`version ${version} adds what is there`);
    files.set(file.path, file);
  }
  const protocol = all<DeltaVersion['protocol']>('protocol').at(-1) ?? before?.protocol;
  const metaData = all<DeltaVersion['metaData'] & { schemaString: string }>('metaData').at(-1);
  const [commitInfo, ...moreInfos] = all<DeltaVersion['commitInfo']>('commitInfo');
  const fields =
    metaData === undefined
      ? before?.fields
      : (JSON.parse(metaData.schemaString) as { fields: DeltaField[] }).fields;
  const known = metaData ?? before?.metaData;
  if (
    protocol === undefined ||
    known === undefined ||
    fields === undefined ||
    commitInfo === undefined ||
    moreInfos.length > 0
  ) {
    throw new Error(`version ${version} lacks protocol, metaData or one commitInfo`);
  }
  return {
    version,
    actions,
    commitInfo,
    adds,
    removes,
    cdc: all('cdc'),
    files,
    protocol,
    metaData: known,
    fields,
  };
}

const DUCKDB_TYPES: Record<string, string> = {
  integer: 'INTEGER',
  double: 'DOUBLE',
  string: 'VARCHAR',
  boolean: 'BOOLEAN',
  binary: 'BLOB',
};

function duckdbType(type: unknown): string {
  if (typeof type === 'string') return DUCKDB_TYPES[type] ?? 'unknown';
  return `${duckdbType((type as { elementType: unknown }).elementType)}[]`;
}

/**
 * The table's rows at a version, read from its files. Throws where a file has another size than
 * the log says, other columns than the schema, or a null where the schema allows none.
 */
export async function deltaRows(table: string, version: DeltaVersion): Promise<ParquetRow[]> {
  const rows: ParquetRow[] = [];
  for (const file of version.files.values()) {
    rows.push(...(await deltaFileRows(table, file, version.fields)));
  }
  return rows;
}

/** The change feed's rows of one version, `_change_type` last. */
export async function feedRows(table: string, version: DeltaVersion): Promise<ParquetRow[]> {
  const rows: ParquetRow[] = [];
  const fields = [...version.fields, { name: '_change_type', type: 'string', nullable: false }];
  for (const file of version.cdc) rows.push(...(await deltaFileRows(table, file, fields)));
  return rows;
}

async function deltaFileRows(
  table: string,
  file: DeltaFile,
  fields: readonly DeltaField[],
): Promise<ParquetRow[]> {
  const path = join(table, decodeURIComponent(file.path));
  const { size } = await stat(path);
  if (size !== file.size) throw new Error(`${file.path} has ${size} bytes, the log ${file.size}`);
  const columns = await queryRows<{ column_name: string; column_type: string }>(
    'DESCRIBE SELECT * FROM read_parquet($path)',
    { path },
  );
  const found = columns.map((column) => `${column.column_name} ${column.column_type}`);
  const wanted = fields.map((field) => `${field.name} ${duckdbType(field.type)}`);
  if (found.join() !== wanted.join()) throw new Error(`${file.path} has columns ${found.join()}`);
  const rows = await queryRows('SELECT * FROM read_parquet($path)', { path });
  for (const field of fields) {
    if (!field.nullable && rows.some((row) => row[field.name] === null)) {
      throw new Error(`${file.path} has a null in ${field.name}`);
    }
  }
  return rows;
}
