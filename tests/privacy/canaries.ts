import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Database } from '../../src/main/base/duckdb';
import { scanParquet } from '../../src/main/base/duckdb-scan';

/**
 * Files below these folders that hold one of the values in any spelling: plain, UTF-16, base64 at each of its
 * three places in a group, and in the pages of Parquet files.
 */
export async function filesWith(
  folders: readonly string[],
  values: readonly string[],
): Promise<string[]> {
  const needles = values.flatMap(spellings);
  const found: string[] = [];
  for (const path of (await Promise.all(folders.map(filesBelow))).flat()) {
    const content = await readFile(path).catch(() => null);
    // A temporary file may go meanwhile.
    if (content === null) continue;
    const texts = [content.toString('latin1').toLowerCase()];
    if (content.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) {
      texts.push(gunzipSync(content).toString('latin1').toLowerCase());
    }
    if (content.subarray(0, 4).toString() === 'PAR1') texts.push(await valuesOf(path));
    if (texts.some((text) => needles.some((needle) => text.includes(needle)))) found.push(path);
  }
  return found;
}

function spellings(value: string): string[] {
  const name = value.toLowerCase();
  const coded = [0, 1, 2].flatMap((before) => {
    const text = Buffer.from(`${' '.repeat(before)}${value}`).toString('base64');
    // Signs that hold nothing but the value's own bytes.
    return text.slice(Math.ceil((before * 8) / 6), -4);
  });
  const wide = Buffer.from(name, 'utf16le').toString('latin1');
  return [name, wide, ...coded.filter((text) => text.length > 6).map((text) => text.toLowerCase())];
}

async function valuesOf(path: string): Promise<string> {
  const database = await Database.open({ memoryLimit: '256MB' });
  try {
    const rows = await database.rows(`SELECT columns(*)::VARCHAR FROM ${scanParquet([path])}`);
    return rows.map((row) => Object.values(row).join('\n').toLowerCase()).join('\n');
  } finally {
    database.close();
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
