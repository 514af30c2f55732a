import { columnShape } from '../../preload/contract/dataset';
import type { ChangeEntry } from '../../preload/contract/reports';
import { type Cell, valueText } from '../../preload/contract/value-text';
import type { DataPaths } from '../base/data-folder';
import type { Database } from '../base/duckdb';
import { readChanges } from './read-changes';
import { copyTable } from './write-versions';

/** What SQL is asked of besides the published file, written as Parquet for the process that answers. */

/**
 * The changes that can still be told, in the order of versions, ids and columns: what `changes` lists, with
 * values as text and, of numbers, by how much they changed. Null in `column`, `before` and `after` for a
 * Pokémon that came or went; null in `delta` where either value is no number.
 */
const CHANGES_TABLE = `
  version INTEGER, timestamp TIMESTAMP, change VARCHAR, id INTEGER, name VARCHAR,
  "column" VARCHAR, before VARCHAR, after VARCHAR, delta DOUBLE`;

/** Rows are handed over this many at a time, as JSON. */
const AT_ONCE = 20_000;

/** Throws `no-data`. @param to a path where nothing is yet */
export async function writeChanges(
  database: Database,
  paths: DataPaths,
  to: string,
): Promise<void> {
  const entries = await readChanges(database, paths, {});
  await database.run(`CREATE OR REPLACE TEMP TABLE changes (${CHANGES_TABLE})`);
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const rows = entries.slice(from, from + AT_ONCE).map(changeRow);
    await database.run(
      `INSERT INTO changes SELECT r.version, r.timestamp::TIMESTAMPTZ AT TIME ZONE 'UTC', r.change, r.id,
         r.name, r.field, r.before, r.after, r.delta
       FROM (SELECT unnest(from_json($rows::JSON, '[{"version": "INTEGER", "timestamp": "VARCHAR",
         "change": "VARCHAR", "id": "INTEGER", "name": "VARCHAR", "field": "VARCHAR",
         "before": "VARCHAR", "after": "VARCHAR", "delta": "DOUBLE"}]')) AS r)`,
      { rows: JSON.stringify(rows) },
    );
  }
  await copyTable(database, 'changes', to);
}

function changeRow({ column, before, after, timestamp, ...rest }: ChangeEntry) {
  const text = (value: unknown) =>
    column === null ? null : valueText((value ?? null) as Cell, columnShape(column));
  const delta = typeof before === 'number' && typeof after === 'number' ? after - before : null;
  return {
    ...rest,
    timestamp: timestamp === '' ? null : timestamp,
    field: column,
    before: text(before),
    after: text(after),
    delta,
  };
}
