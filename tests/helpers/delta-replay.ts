import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
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
  /** The last version that each application says it has written. */
  transactions: Map<string, number>;
}

const ACTIONS = ['add', 'remove', 'cdc', 'metaData', 'protocol', 'commitInfo', 'txn'];

/**
 * Every version that the log has, oldest first. Throws where the log breaks the protocol, and where a
 * checkpoint tells something else than the entries before it.
 */
export async function replayDelta(table: string): Promise<DeltaVersion[]> {
  const folder = join(table, '_delta_log');
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  const checkpoints = new Set(names.filter((name) => CHECKPOINT.test(name)));
  const others = names.filter((name) => !ENTRY.test(name) && !checkpoints.has(name));
  const all = names.filter((name) => ENTRY.test(name));
  // Of a clean-up that was interrupted, entries may be left that nothing leads to any more.
  const beginning = all[0] === entryName(0) ? '' : ([...checkpoints][0]?.slice(0, 20) ?? '');
  const entries = all.filter((name) => name >= beginning);
  if (others.some((name) => name !== '_last_checkpoint')) {
    throw new Error(`${table}: the log has ${others.join()}`);
  }
  if (others.length > 0) {
    const text = await readFile(join(folder, '_last_checkpoint'), 'utf8');
    const { version } = JSON.parse(text) as { version: number };
    if (!checkpoints.has(`${padded(version)}.checkpoint.parquet`)) {
      throw new Error(`${table}: the last checkpoint, ${version}, is not there`);
    }
  }
  const first = Number(entries[0]?.slice(0, 20) ?? 0);
  const versions: DeltaVersion[] = [];
  for (const [index, name] of entries.entries()) {
    const version = first + index;
    if (name !== entryName(version)) {
      throw new Error(`${table}: expected version ${version}, found ${name}`);
    }
    const text = await readFile(join(folder, name), 'utf8');
    const checkpoint = `${padded(version)}.checkpoint.parquet`;
    const told = checkpoints.has(checkpoint)
      ? await checkpointState(join(folder, checkpoint))
      : undefined;
    const replayed =
      index === 0 && first > 0
        ? checkpointCommit(version, text, told)
        : replayCommit(versions.at(-1), version, text);
    if (told !== undefined) expectSameState(replayed, told);
    versions.push(replayed);
  }
  return versions;
}

const ENTRY = /^\d{20}\.json$/;
const CHECKPOINT = /^\d{20}\.checkpoint\.parquet$/;

function padded(version: number): string {
  return String(version).padStart(20, '0');
}

function entryName(version: number): string {
  return `${padded(version)}.json`;
}

/** What a checkpoint tells, its removed files aside. */
type TableState = Pick<DeltaVersion, 'files' | 'protocol' | 'metaData' | 'fields' | 'transactions'>;

async function checkpointState(path: string): Promise<TableState> {
  const rows = await queryRows<{ action: string }>(
    'SELECT to_json(c)::VARCHAR AS action FROM read_parquet($path) c',
    { path },
  );
  const lines = rows.map(({ action }) => {
    const told = Object.entries(JSON.parse(action) as Record<string, unknown>);
    const [one, ...more] = told.filter(([, value]) => value !== null);
    if (one === undefined || more.length > 0) throw new Error(`${path} has a row of ${action}`);
    return { [one[0]]: withoutNulls(one[1]) };
  });
  const text = [{ commitInfo: { timestamp: 0 } }, ...lines].map((line) => JSON.stringify(line));
  const removes = lines.filter((line) => 'remove' in line);
  const state = replayCommit(
    undefined,
    -1,
    `${text.filter((line) => !line.startsWith('{"remove"')).join('\n')}\n`,
  );
  for (const { remove } of removes as { remove: DeltaFile }[]) {
    if (state.files.has(remove.path)) throw new Error(`${path} has and removes ${remove.path}`);
  }
  return state;
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== null)
      .map(([name, part]) => [name, withoutNulls(part)]),
  );
}

/** A commit whose predecessors are gone: what its checkpoint tells is the table after it. */
function checkpointCommit(
  version: number,
  text: string,
  told: TableState | undefined,
): DeltaVersion {
  if (told === undefined) throw new Error(`the log begins at ${version} without a checkpoint`);
  const { adds, removes, cdc, actions, commitInfo } = commitParts(version, text);
  return { ...told, version, actions, commitInfo, adds, removes, cdc };
}

function expectSameState(replayed: DeltaVersion, told: TableState): void {
  const { version } = replayed;
  const plain = (state: TableState) => ({
    files: [...state.files.values()]
      .map((file) => ({ ...file, dataChange: false }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    protocol: state.protocol,
    metaData: state.metaData,
    transactions: Object.fromEntries(state.transactions),
  });
  const [one, other] = [plain(replayed), plain(told)];
  if (!isDeepStrictEqual(one, other)) {
    const texts = [other, one].map((state) => JSON.stringify(state));
    throw new Error(`the checkpoint of ${version} tells ${texts.join(', the entries ')}`);
  }
}

/** The actions of one commit, by kind. */
function commitParts(version: number, text: string) {
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
  const [commitInfo, ...moreInfos] = all<DeltaVersion['commitInfo']>('commitInfo');
  if (commitInfo === undefined || moreInfos.length > 0) {
    throw new Error(`version ${version} lacks one commitInfo`);
  }
  return {
    actions,
    commitInfo,
    adds: all<DeltaFile>('add'),
    removes: all<DeltaFile>('remove'),
    cdc: all<DeltaFile>('cdc'),
    txns: all<{ appId: string; version: number }>('txn'),
    protocol: all<DeltaVersion['protocol']>('protocol').at(-1),
    metaData: all<DeltaVersion['metaData'] & { schemaString: string }>('metaData').at(-1),
  };
}

function replayCommit(
  before: DeltaVersion | undefined,
  version: number,
  text: string,
): DeltaVersion {
  const parts = commitParts(version, text);
  const { adds, removes, metaData } = parts;
  const files = new Map(before?.files);
  for (const file of removes) {
    if (!files.delete(file.path)) throw new Error(`version ${version} removes what is not there`);
  }
  for (const file of adds) {
    if (files.has(file.path)) throw new Error(`version ${version} adds what is there`);
    files.set(file.path, file);
  }
  const protocol = parts.protocol ?? before?.protocol;
  const transactions = new Map(before?.transactions);
  for (const { appId, version: number } of parts.txns) transactions.set(appId, number);
  const fields =
    metaData === undefined
      ? before?.fields
      : (JSON.parse(metaData.schemaString) as { fields: DeltaField[] }).fields;
  const known = metaData ?? before?.metaData;
  if (protocol === undefined || known === undefined || fields === undefined) {
    throw new Error(`version ${version} lacks protocol or metaData`);
  }
  return {
    version,
    actions: parts.actions,
    commitInfo: parts.commitInfo,
    adds,
    removes,
    cdc: parts.cdc,
    files,
    protocol,
    metaData: known,
    fields,
    transactions,
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
