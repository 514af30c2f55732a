import { readFile, stat } from 'node:fs/promises';
import { decompress } from 'fzstd';
import lz4 from 'lz4js';
import { CompressionType, setCompressionCodec, tableFromIPC } from '@uwdata/flechette';
import { type Database, quotedName, quotedText } from '../base/duckdb';
import { scanParquet } from '../base/duckdb-scan';
import { withIntervalsAsText } from '../base/interval-text';
import { arrowColumn } from './arrow-column';
import { freeNames } from './free-names';
import { cannotOpen, openingProblem } from './open-problems';
import { columnsOf } from './scan-columns';
import type { Reading } from './opened-scan';
import type { ScratchFolder } from './scratch-folder';

/** It is read as a whole: beyond this it would not fit beside its converted form. */
const MOST_BYTES = 1_500_000_000;
const ROWS_AT_ONCE = 2_048;

/** Converts an Arrow file or stream to Parquet in the scratch folder, and reads that. */
export async function openArrow(
  database: Database,
  path: string,
  name: string,
  scratch: ScratchFolder,
): Promise<Reading> {
  if ((await stat(path)).size > MOST_BYTES) {
    throw cannotOpen(name, 'it is larger than 1.5 GB', 'Write it as Parquet, and open that.');
  }
  const table = await readTable(path, name);
  const names = freeNames(table.schema.fields.map((field) => field.name));
  const columns = table.schema.fields.map((field, index) =>
    arrowColumn(field.type, table.getChildAt(index)),
  );
  const defined = columns.map(
    ({ sqlType }, index) => `${quotedName(names[index] ?? '')} ${sqlType}`,
  );
  if (defined.length === 0) {
    throw cannotOpen(name, 'it holds no columns', 'Check that it is the file you meant.');
  }
  await database.run(`CREATE OR REPLACE TABLE converted (${defined.join(', ')})`);
  try {
    for (let start = 0; start < table.numRows; start += ROWS_AT_ONCE) {
      const end = Math.min(start + ROWS_AT_ONCE, table.numRows);
      await database.append(
        'converted',
        columns.map(({ valueAt }) =>
          Array.from({ length: end - start }, (_, row) => valueAt(start + row)),
        ),
      );
    }
    const copy = await scratch.newPath('.parquet');
    const stored = columns.map(({ sqlType }, index) => {
      const column = quotedName(names[index] ?? '');
      return { column, sqlType, asText: withIntervalsAsText(sqlType) };
    });
    const texts = stored.map(({ column, asText }) => `CAST(${column} AS ${asText}) AS ${column}`);
    await database.run(
      `COPY (SELECT ${texts.join(', ')} FROM converted) TO ${quotedText(copy)} (FORMAT parquet)`,
    );
    const read = stored
      .filter(({ sqlType, asText }) => sqlType !== asText)
      .map(({ column, sqlType }) => `CAST(${column} AS ${sqlType}) AS ${column}`);
    const from =
      read.length === 0
        ? scanParquet([copy])
        : `(SELECT * REPLACE (${read.join(', ')}) FROM ${scanParquet([copy])})`;
    const notes = columns.flatMap(({ note }, index) =>
      note === null ? [] : [{ column: names[index] ?? '', count: table.numRows, what: note }],
    );
    return {
      from,
      columns: await columnsOf(database, from),
      notes,
      rows: table.numRows,
      csv: null,
    };
  } finally {
    await database.run('DROP TABLE converted');
  }
}

async function readTable(path: string, name: string) {
  setCompressionCodec(CompressionType.ZSTD, {
    encode: () => {
      throw new Error('nothing is compressed here');
    },
    // A copy stands where its numbers can be read in place.
    decode: (data) => decompress(data).slice(),
  });
  setCompressionCodec(CompressionType.LZ4_FRAME, {
    encode: () => {
      throw new Error('nothing is compressed here');
    },
    decode: (data) => lz4.decompress(data).slice(),
  });
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw openingProblem(error, name);
  }
  try {
    return tableFromIPC(bytes, {
      useBigInt: true,
      useBigIntTimestamp: true,
      useDecimalInt: true,
    });
  } catch (error) {
    throw cannotOpen(
      name,
      'it is not a whole Arrow file',
      'Get the file again from where it came, or write it as Parquet.',
      error,
    );
  }
}
