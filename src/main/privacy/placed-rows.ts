import type { ColumnDescriptor, DatasetDescriptor } from '../../preload/contract/descriptor';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import { publishedFile } from '../base/published-file';
import { describeOpened } from '../datasets/describe';
import { lookOver } from '../datasets/look-over';
import type { OpenedScan } from '../datasets/opened-scan';
import { positionName, TABLE } from '../engine/ask-table';
import type { RiskSource } from '../engine/risk/risk-rows';
import { runIn } from '../engine/risk/run-in-database';
import { pokemonDataset } from '../shaping/pokemon-dataset';
import { loadDatasetAt } from '../warehouse/load-dataset-at';
import { loadKeyedRows } from '../warehouse/load-keyed-rows';

/** Rows in a database of the command's own, as an engine has them: with their positions, described. */

/** Of the dataset at a version, or as it is published. */
export async function placePublished(
  database: Database,
  paths: DataPaths,
  version: number | undefined,
): Promise<RiskSource> {
  const from =
    version === undefined
      ? scanParquet([await publishedFile(paths)])
      : quotedName(await loadDatasetAt(database, paths, version));
  const dataset = pokemonDataset({ version: version ?? 0, rows: 0 });
  return placed(database, from, dataset.columns, (rows) => ({ ...dataset, rows }));
}

/** The working data of a version under their keys; with the identity columns only where they are asked for. */
export async function placeKeyed(
  database: Database,
  paths: DataPaths,
  version: number | undefined,
  withIdentity: boolean,
): Promise<RiskSource> {
  const from = quotedName(await loadKeyedRows(database, paths, version, withIdentity));
  const dataset = pokemonDataset({ version: version ?? 0, rows: 0 });
  const kept = dataset.columns.filter(({ privacy }) => withIdentity || privacy !== 'identifies');
  const columns = [POKEMON_KEY, ...kept];
  return placed(database, from, columns, (rows) => ({
    ...dataset,
    rows,
    columns,
    row: { key: POKEMON_KEY.name, title: null, image: null },
  }));
}

const POKEMON_KEY: ColumnDescriptor = {
  name: 'pokemon_key',
  sqlType: 'VARCHAR',
  type: 'text',
  role: 'key',
  label: 'Key',
  unit: null,
  decimals: null,
  grouped: false,
  nullable: false,
  privacy: 'identifies',
  palette: null,
  labels: null,
  order: null,
};

/** @param only columns that are looked at; all where it is null */
export async function placeOpened(
  database: Database,
  opened: OpenedScan,
  only: readonly string[] | null,
): Promise<RiskSource> {
  const columns = opened.columns.filter(({ name }) => only === null || only.includes(name));
  return placed(database, opened.from, columns, async (rows, from, position) => {
    const profile = await lookOver(database, { rows, from, position, columns });
    return describeOpened(opened, profile);
  });
}

async function placed(
  database: Database,
  from: string,
  columns: readonly { readonly name: string }[],
  describe: (
    rows: number,
    from: string,
    position: string,
  ) => DatasetDescriptor | Promise<DatasetDescriptor>,
): Promise<RiskSource> {
  const position = positionName(columns);
  const listed = columns.map(({ name }) => quotedName(name)).join(', ');
  const table = quotedName(TABLE);
  await database.run(
    `CREATE OR REPLACE TABLE ${table} AS
      SELECT ${listed}, (row_number() OVER ()) - 1 AS ${quotedName(position)} FROM ${from}`,
  );
  const { rows } = await database.row<{ rows: number }>(
    `SELECT count(*)::DOUBLE AS rows FROM ${table}`,
  );
  const dataset = await describe(rows, table, position);
  return { dataset, from: table, position, run: runIn(database) };
}
