import { quotedText } from '../../src/main/base/duckdb';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { deltaScan } from '../../src/main/delta/scan-table';
import { temporaryFolder } from './temporary-folder';
import { withDatabase } from './with-database';

/** A Delta table as another program would have written it: its log is given line by line. */
export class ForeignTable {
  private constructor(readonly folder: string) {}

  static async create(): Promise<ForeignTable> {
    const table = new ForeignTable(join(await temporaryFolder(), 'table'));
    await mkdir(join(table.folder, '_delta_log'), { recursive: true });
    return table;
  }

  log(name: string): string {
    return join(this.folder, '_delta_log', name);
  }

  async commit(version: number, ...actions: object[]): Promise<void> {
    await writeFile(this.log(`${padded(version)}.json`), lines(actions));
  }

  async file(path: string, content: string | Buffer): Promise<void> {
    const place = join(this.folder, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, content);
  }

  /** Writes a query's rows as Parquet, with field ids where they are given. */
  async parquet(path: string, query: string, fieldIds?: string, rowGroup = 122_880): Promise<void> {
    const place = join(this.folder, path);
    await mkdir(dirname(place), { recursive: true });
    const ids = fieldIds === undefined ? '' : `, FIELD_IDS ${fieldIds}`;
    await withDatabase((database) =>
      database.run(
        `COPY (${query}) TO ${quotedText(place)} (FORMAT parquet, ROW_GROUP_SIZE ${rowGroup}${ids})`,
      ),
    );
  }

  /** The rows at a version, in the order of their texts. */
  async rows(version?: number, where = 'true'): Promise<Record<string, unknown>[]> {
    const { from } = await deltaScan(this.folder, version);
    return withDatabase((database) =>
      database.rows(`SELECT * FROM ${from} WHERE ${where} ORDER BY ALL`),
    );
  }

  /** Each row as DuckDB writes it. */
  async texts(version?: number): Promise<string[]> {
    const { from } = await deltaScan(this.folder, version);
    const rows = await withDatabase((database) =>
      database.rows<{ text: string }>(`SELECT t::VARCHAR AS text FROM ${from} AS t ORDER BY text`),
    );
    return rows.map(({ text }) => text);
  }
}

export const padded = (version: number): string => String(version).padStart(20, '0');

export const lines = (actions: readonly object[]): string =>
  actions.map((action) => `${JSON.stringify(action)}\n`).join('');

export const OLD_PROTOCOL = { protocol: { minReaderVersion: 1, minWriterVersion: 2 } };

/** A protocol of features that readers have to know. */
export function protocol(...readerFeatures: string[]): object {
  return {
    protocol: {
      minReaderVersion: 3,
      minWriterVersion: 7,
      readerFeatures,
      writerFeatures: readerFeatures,
    },
  };
}

interface Field {
  name: string;
  type: unknown;
  metadata?: object;
}

/** A column; by number and name in the files where the table maps its columns. */
export function field(name: string, type: unknown, id?: number, physicalName?: string): Field {
  const metadata =
    id === undefined
      ? {}
      : {
          'delta.columnMapping.id': id,
          'delta.columnMapping.physicalName': physicalName ?? `col-${id}`,
        };
  return { name, type, metadata };
}

export const struct = (...fields: Field[]): object => ({
  type: 'struct',
  fields: fields.map((one) => ({ nullable: true, metadata: {}, ...one })),
});

export function metaData(
  fields: Field[],
  { partitionColumns = [] as string[], configuration = {} as Record<string, string> } = {},
): object {
  return {
    metaData: {
      id: 'a0c5f5e5-8d5f-4c1e-9d3a-0d4e9a1f2b3c',
      format: { provider: 'parquet', options: {} },
      schemaString: JSON.stringify(struct(...fields)),
      partitionColumns,
      configuration,
    },
  };
}

export function add(
  path: string,
  {
    partitionValues = {} as Record<string, string | null>,
    deletionVector = undefined as unknown,
  } = {},
): object {
  return {
    add: { path, partitionValues, size: 1, modificationTime: 1, dataChange: true, deletionVector },
  };
}

export function remove(path: string, deletionVector?: unknown): object {
  return { remove: { path, deletionTimestamp: 1, dataChange: true, deletionVector } };
}

export function u16(...numbers: number[]): Buffer {
  return Buffer.from(Uint16Array.from(numbers).buffer);
}

export function u32(...numbers: number[]): Buffer {
  return Buffer.from(Uint32Array.from(numbers).buffer);
}

/** Up to 4,096 ascending numbers below 65,536 as one array in a portable bitmap; more as bits. */
export function roaringBytes(numbers: readonly number[]): Buffer {
  const head = [u32(1681511377, 1, 0, 0), u32(12346, 1), u16(0, numbers.length - 1), u32(16)];
  if (numbers.length <= 4096) return Buffer.concat([...head, u16(...numbers)]);
  const bits = Buffer.alloc(8192);
  for (const number of numbers) {
    bits[number >> 3] = (bits[number >> 3] ?? 0) | (1 << (number & 7));
  }
  return Buffer.concat([...head, bits]);
}

/** A deletion vector file of one. Source: PROTOCOL.md, “Deletion Vector File Storage Format”. */
export function vectorFile(bytes: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(bytes.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return Buffer.concat([Buffer.from([1]), size, bytes, sum]);
}
