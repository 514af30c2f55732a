import { createHmac, randomBytes } from 'node:crypto';
import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import type { DataPaths } from '../base/data-folder';
import { quotedName, quotedText } from '../base/duckdb';
import { folderKey } from '../base/folder-keys';
import { freeName } from '../engine/free-name';
import type { RiskSource } from '../engine/risk/risk-rows';

/** What stands for a subject in an export. */
export interface RowKey {
  /** The column's name. */
  name: string;
  /** SQL of a row's key. */
  sql: string;
}

const KEY_BYTES = 32;
/** As many as a pokemon_key has. */
const KEY_CHARACTERS = 32;
const BLOCK_BYTES = 64;

/** Of the working data: the key that the tables have, or one that is made of it for this export alone. */
export function pokemonRowKey(rekey: boolean): RowKey {
  const own = quotedName('pokemon_key');
  return { name: 'pokemon_key', sql: rekey ? hmacSql(randomBytes(KEY_BYTES), own) : own };
}

/**
 * Of any other table. Without `rekey` it is made with a key for each name of a table, from a key of the
 * data folder that lies outside it: a subject has the same one in each export of that table.
 */
export async function tableRowKey(
  paths: DataPaths,
  { dataset, position }: RiskSource,
  table: string,
  rekey: boolean,
): Promise<RowKey> {
  const secret = rekey
    ? randomBytes(KEY_BYTES)
    : createHmac('sha256', await folderKey(paths, 'pseudonyms', true))
        .update(table)
        .digest();
  const names = dataset.columns.map(({ name }) => name);
  return {
    name: freeName(names, 'pseudonym'),
    sql: hmacSql(secret, subjectSql(dataset, position)),
  };
}

/** SQL of who a row is of: its key; what identifies it; or, where nothing does, the row itself. */
function subjectSql({ row, columns }: DatasetDescriptor, position: string): string {
  if (row.key !== null) return `${quotedName(row.key)}::VARCHAR`;
  const naming = columns.filter(({ privacy }) => privacy === 'identifies');
  const place = `'#' || ${quotedName(position)}`;
  if (naming.length === 0) return place;
  const texts = naming.map(({ name }) => `${quotedName(name)}::VARCHAR`);
  return `CASE WHEN coalesce(${texts.join(', ')}) IS NULL THEN ${place}
    ELSE to_json([${texts.join(', ')}])::VARCHAR END`;
}

/** HMAC-SHA256 (RFC 2104) of a text; hex, its first characters. */
export function hmacSql(key: Buffer, text: string): string {
  const block = Buffer.alloc(BLOCK_BYTES);
  key.copy(block);
  const pad = (byte: number) =>
    `unhex(${quotedText(Buffer.from(block.map((one) => one ^ byte)).toString('hex'))})`;
  const inner = `unhex(sha256(${pad(0x36)} || encode(${text})))`;
  return `left(sha256(${pad(0x5c)} || ${inner}), ${KEY_CHARACTERS})`;
}
