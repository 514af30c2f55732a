import type { DuckDBConnection } from '@duckdb/node-api';
import { readWhole } from '../base/whole-result';
import { isKnownZone } from './temporal-text';

/**
 * In which TIMESTAMPTZ are shown and DuckDB counts their days: its own, which it takes from TZ or
 * the system; UTC where the zone is unknown here.
 */
export async function sessionZone(connection: DuckDBConnection): Promise<string> {
  const reader = await readWhole(await connection.run(`SELECT current_setting('TimeZone')`));
  const zone = String(reader.getRows()[0]?.[0]);
  if (isKnownZone(zone)) return zone;
  await connection.run(`SET GLOBAL TimeZone = 'UTC'`);
  return 'UTC';
}
