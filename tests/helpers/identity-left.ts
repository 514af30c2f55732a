import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isMissing } from '../../src/main/base/durable-file';
import { queryRows } from './parquet-rows';

/**
 * The files of a folder in which somebody is found, by a search of the tests' own: names in the bytes (UTF-8,
 * UTF-16, Base64, JSON's escapes, gzip), and names and numbers in the rows of Parquet files.
 */
export async function identityLeft(
  folder: string,
  who: { names: readonly string[]; ids: readonly number[]; orders: readonly number[] },
): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // An app that is open makes and removes marks meanwhile.
    const bytes = await readFile(path).catch((error: unknown) => {
      if (isMissing(error)) return null;
      throw error;
    });
    if (bytes === null) continue;
    const isNamed = who.ids.some((id) => entry.name.startsWith(`${id}.`));
    if (isNamed || hasName(bytes, who.names) || (await hasRow(path, bytes, who))) {
      found.push(relative(folder, path));
    }
  }
  return found.sort();
}

function hasName(bytes: Buffer, names: readonly string[]): boolean {
  const texts = [
    bytes.toString('latin1'),
    bytes.toString('utf16le'),
    bytes
      .toString('latin1')
      .replace(/\\u00([0-9a-f]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    ...(bytes[0] === 0x1f && bytes[1] === 0x8b ? [gunzipSync(bytes).toString('latin1')] : []),
  ].map((text) => text.toLowerCase());
  const encoded = names.flatMap((name) => [
    Buffer.from(name).toString('base64').replace(/.=*$/, ''),
    Buffer.from(name[0]?.toUpperCase() + name.slice(1))
      .toString('base64')
      .replace(/.=*$/, ''),
  ]);
  return (
    names.some((name) => texts.some((text) => text.includes(name))) ||
    encoded.some((text) => bytes.includes(text))
  );
}

async function hasRow(
  path: string,
  bytes: Buffer,
  {
    names,
    ids,
    orders,
  }: { names: readonly string[]; ids: readonly number[]; orders: readonly number[] },
): Promise<boolean> {
  if (bytes.toString('latin1', 0, 4) !== 'PAR1') return false;
  const rows = await queryRows('SELECT * FROM read_parquet($path, hive_partitioning = false)', {
    path,
  });
  return rows.some((row) => {
    const text = JSON.stringify(row, (_, value: unknown) =>
      typeof value === 'bigint' ? Number(value) : value,
    ).toLowerCase();
    const isNumbered = ids.includes(Number(row['id'])) || orders.includes(Number(row['order']));
    return isNumbered || names.some((name) => text.includes(name));
  });
}
