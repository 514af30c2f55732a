import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DATASET_COLUMNS, REDACTED, REDACTED_FROM } from '../../../preload/contract/dataset';
import { settingsSchema } from '../../../preload/contract/settings';
import { type DataPaths, dataPaths } from '../../base/data-folder';
import { Database, quotedName, quotedText } from '../../base/duckdb';
import { scanParquet, scanParquetPairs } from '../../base/duckdb-scan';
import { isMissing } from '../../base/durable-file';
import { loadDatasetAt } from '../../warehouse/load-dataset-at';
import { pathsBelow } from './sealed-folder';

/**
 * What of a data folder stays in the clear while it is protected: a data folder too, with both tables and
 * their versions, whose lookup names nobody. Every program reads it like any other.
 */

/** @param to a folder where nothing is yet */
export async function writeRedacted(from: DataPaths, to: string): Promise<void> {
  const redacted = dataPaths(to);
  const database = await Database.open({ memoryLimit: '1GB' });
  try {
    await copyWorkingTable(from, redacted);
    await redactIdentities(database, from, redacted);
    await writePublished(database, from, redacted);
  } finally {
    database.close();
  }
  await writeSettings(from, redacted);
}

/** The working data name nobody, but the log of a commit may: documents that were missing from it. */
async function copyWorkingTable(from: DataPaths, to: DataPaths): Promise<void> {
  for (const path of await tableFiles(from.pokemonTable)) {
    const content = await readFile(join(from.pokemonTable, path));
    const isEntry = isLogEntry(path);
    await write(
      join(to.pokemonTable, path),
      isEntry ? redactEntry(content.toString(), new Map()) : content,
    );
  }
}

async function redactIdentities(database: Database, from: DataPaths, to: DataPaths): Promise<void> {
  const paths = await tableFiles(from.identitiesTable);
  const data = paths.filter((path) => path.endsWith('.parquet') && !path.startsWith('_delta_log/'));
  const sizes = new Map<string, number>();
  if (data.length > 0) {
    const all = data.map((path) => join(from.identitiesTable, path));
    // By the order of the pseudonyms, which is the order of nothing else.
    await database.run(
      `CREATE OR REPLACE TEMP TABLE redacted_ids AS
       SELECT pokemon_key, (${REDACTED_FROM} + row_number() OVER (ORDER BY pokemon_key))::INTEGER AS id
       FROM (SELECT DISTINCT pokemon_key FROM ${scanParquet(all)})`,
    );
  }
  for (const path of data) {
    const target = join(to.identitiesTable, path);
    await mkdir(dirname(target), { recursive: true });
    await database.run(
      `COPY (SELECT pokemon_key, ${redactedColumns()}, '\\x00'::BLOB AS salt
             FROM ${scanParquet([join(from.identitiesTable, path)])}
             JOIN redacted_ids AS redacted USING (pokemon_key) ORDER BY pokemon_key)
       TO ${quotedText(target)} (FORMAT parquet)`,
    );
    sizes.set(basename(path), (await stat(target)).size);
  }
  for (const path of paths.filter((other) => !data.includes(other))) {
    const content = await readFile(join(from.identitiesTable, path));
    await write(
      join(to.identitiesTable, path),
      isLogEntry(path) ? redactEntry(content.toString(), sizes) : content,
    );
  }
}

/** What a row says of its subject while that is not to be seen. */
function redactedColumns(): string {
  return DATASET_COLUMNS.filter(({ identity }) => identity)
    .map(({ name, type, nullable }) => {
      const column = quotedName(name);
      if (name === 'id') return `redacted.id AS ${column}`;
      return nullable ? `NULL::${type} AS ${column}` : `${quotedText(REDACTED)} AS ${column}`;
    })
    .join(', ');
}

/** As the app publishes it, of the redacted tables, with the provenance of the one before. */
async function writePublished(database: Database, from: DataPaths, to: DataPaths): Promise<void> {
  const pairs = await database.rows<{ key: string; value: string }>(
    `SELECT decode(key) AS key, decode(value) AS value FROM ${scanParquetPairs(from.parquet)}`,
  );
  const kept = pairs.filter(({ key }) => !NAMING.has(key));
  const version = Number(kept.find(({ key }) => key === 'version')?.value);
  // Rows of erased subjects are in no lookup; privacy/, which is neither sealed nor copied, has what stands for them.
  const table = await loadDatasetAt(database, { ...to, erased: from.erased }, version);
  const values = kept.map(({ key, value }) => `${quotedName(key)}: ${quotedText(value)}`);
  await database.run(
    `COPY ${quotedName(table)} TO ${quotedText(to.parquet)}
     (FORMAT parquet, KV_METADATA {${values.join(', ')}})`,
  );
}

/** Of provenance: documents by name. DuckDB and Arrow keep a schema of their own under theirs. */
const NAMING: ReadonlySet<string> = new Set(['missing', 'ARROW:schema']);

/** Without how the explorer was left, which holds names and numbers. */
async function writeSettings(from: DataPaths, to: DataPaths): Promise<void> {
  try {
    const kept = settingsSchema
      .partial()
      .omit({ workspace: true })
      .loose()
      .parse(JSON.parse(await readFile(from.settings, 'utf8')));
    const { concurrency, games, theme, locale, sprites, schedule, source } = kept;
    const safe = { concurrency, games, theme, locale, sprites, schedule, source };
    await write(to.settings, `${JSON.stringify(safe, null, 2)}\n`);
  } catch (error) {
    // Settings that cannot be read are the usual ones.
    if (!isMissing(error) && !(error instanceof SyntaxError) && !isIssue(error)) throw error;
  }
}

function isIssue(error: unknown): boolean {
  return error instanceof Error && error.name.includes('ZodError');
}

function isLogEntry(path: string): boolean {
  return /^_delta_log\/\d+\.json$/.test(path);
}

/** One action a line: without the names of documents, and with the sizes that the files have now. */
function redactEntry(entry: string, sizes: ReadonlyMap<string, number>): string {
  return entry
    .split('\n')
    .map((line) =>
      line.trim() === '' ? line : JSON.stringify(redactAction(JSON.parse(line), sizes)),
    )
    .join('\n');
}

interface Action {
  add?: { path: string; size: number };
  remove?: { path: string; size?: number };
  commitInfo?: { userMetadata?: string };
}

function redactAction(action: Action, sizes: ReadonlyMap<string, number>): Action {
  for (const file of [action.add, action.remove]) {
    const size =
      file === undefined ? undefined : sizes.get(basename(decodeURIComponent(file.path)));
    if (file !== undefined && size !== undefined) file.size = size;
  }
  const info = action.commitInfo;
  if (info?.userMetadata !== undefined) info.userMetadata = withoutNames(info.userMetadata);
  return action;
}

function withoutNames(metadata: string): string {
  try {
    const kept = Object.entries(JSON.parse(metadata) as Record<string, unknown>);
    return JSON.stringify(Object.fromEntries(kept.filter(([name]) => !NAMING.has(name))));
  } catch (error) {
    // Another engine's, of which nobody knows what it holds.
    if (error instanceof SyntaxError) return '';
    throw error;
  }
}

async function tableFiles(table: string): Promise<string[]> {
  try {
    return (await pathsBelow(table)).filter((path) => !basename(path).startsWith('.'));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  await writeFile(path, content);
}
