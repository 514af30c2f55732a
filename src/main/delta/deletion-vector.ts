import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { readBytes } from '../base/read-text';
import type { DeletionVector } from './delta-actions';
import { roaringNumbers } from './roaring-bitmap';
import { filePath } from './table-rows';
import { z85Decoded } from './z85';

/** Source: PROTOCOL.md of delta-io/delta, “Deletion Vectors” and “Deletion Vector Format”. */
const UUID_CHARACTERS = 20;
/** What a file's data are of, in its first byte. */
const FILE_FORMAT = 1;

/** Distinguishes the states of one data file. */
export function deletionVectorId(vector: DeletionVector | null | undefined): string {
  if (!vector) return '';
  const at = (vector.offset ?? null) === null ? '' : `@${vector.offset}`;
  return `${vector.storageType}${vector.pathOrInlineDv}${at}`;
}

/** The file that holds a deletion vector; null where the log itself does. */
export function deletionVectorFile(table: string, vector: DeletionVector): string | null {
  const { storageType, pathOrInlineDv } = vector;
  switch (storageType) {
    case 'i':
      return null;
    case 'p':
      return filePath(table, pathOrInlineDv);
    case 'u': {
      const prefix = pathOrInlineDv.slice(0, -UUID_CHARACTERS);
      const id = z85Decoded(pathOrInlineDv.slice(-UUID_CHARACTERS)).toString('hex');
      const uuid = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      return join(table, prefix, `deletion_vector_${uuid}.bin`);
    }
    default:
      throw new RangeError(`a deletion vector is stored in the unknown way ${storageType}`);
  }
}

/**
 * The rows of a data file that count as deleted, by their place in it from 0, ascending. Throws
 * RangeError where the vector does not match the log or its checksum.
 */
export async function deletedRows(table: string, vector: DeletionVector): Promise<number[]> {
  const file = deletionVectorFile(table, vector);
  const bytes =
    file === null
      ? z85Decoded(vector.pathOrInlineDv).subarray(0, vector.sizeInBytes)
      : bytesIn(await readBytes(file), vector);
  const rows = roaringNumbers(bytes);
  if (rows.length !== vector.cardinality) {
    throw new RangeError(
      `a deletion vector has ${rows.length} rows, not ${vector.cardinality} as the log says`,
    );
  }
  return rows;
}

function bytesIn(content: Buffer, { offset, sizeInBytes }: DeletionVector): Buffer {
  if (content.readUInt8(0) !== FILE_FORMAT) {
    throw new RangeError(`a deletion vector has the unknown format ${content.readUInt8(0)}`);
  }
  // Without an offset the vector is the file's only one, right behind the format.
  const start = offset ?? 1;
  if (content.readUInt32BE(start) !== sizeInBytes) {
    throw new RangeError('a deletion vector is of another size than the log says');
  }
  const end = start + 4 + sizeInBytes;
  const bytes = content.subarray(start + 4, end);
  if (crc32(bytes) !== content.readUInt32BE(end)) {
    throw new RangeError('a deletion vector does not match its checksum');
  }
  return bytes;
}
