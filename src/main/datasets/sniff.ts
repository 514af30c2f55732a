import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { type Encoding, encodingOf, isText } from './text-encoding';

/** What a file is, by its content; its name says nothing. */
export type Kind =
  | { is: 'parquet' | 'arrow' | 'encrypted' | 'empty' }
  | { is: 'csv' | 'json'; encoding: Encoding }
  /** Known, but not a table: what it is, for a sentence. */
  | { is: 'other'; what: string; hint: string };

export interface Sniffed {
  /** How the whole file is packed. */
  packed: 'gzip' | 'zstd' | null;
  kind: Kind;
}

const HEAD_BYTES = 256 * 1024;

/** Reads the beginning of a file, and of what is packed in it, and says what it is. */
export async function sniff(path: string): Promise<Sniffed> {
  const head = await headOf(path);
  const packed = packingOf(head);
  if (packed === null) return { packed, kind: kindOf(head) };
  const unpacked = packed === 'gzip' ? await gunzippedHead(head) : unzstdHead(head);
  return { packed, kind: kindOf(unpacked) };
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    let length = 0;
    while (length < head.length) {
      const { bytesRead } = await file.read(head, length, head.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return head.subarray(0, length);
  } finally {
    await file.close();
  }
}

function packingOf(head: Buffer): Sniffed['packed'] {
  if (startsWith(head, [0x1f, 0x8b])) return 'gzip';
  return startsWith(head, [0x28, 0xb5, 0x2f, 0xfd]) || isSkippableZstdFrame(head) ? 'zstd' : null;
}

/** RFC 8878: frames of 0x184D2A50 to 0x184D2A5F hold no data, and may come first. */
function isSkippableZstdFrame(head: Buffer): boolean {
  return head.length >= 8 && head.readUInt32LE(0) >>> 4 === 0x184d2a5;
}

/** As much as can be unpacked of a beginning that is cut off. */
function gunzippedHead(head: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const gunzip = createGunzip();
    const done = () => resolve(Buffer.concat(parts));
    gunzip.on('data', (part: Buffer) => parts.push(part));
    // The head ends in the middle; whether the whole file is sound is seen when it is unpacked.
    gunzip.on('end', done).on('error', done);
    gunzip.end(head);
  });
}

function unzstdHead(head: Buffer): Buffer {
  const parts: Uint8Array[] = [];
  const decompress = new Decompress((part) => parts.push(part.slice()));
  try {
    decompress.push(head);
  } catch {
    // As above: what came before the fault is enough to tell what it is.
  }
  return Buffer.concat(parts);
}

const ZIP_HINT = 'Unpack it, or save the sheet as CSV, and open that.';
const TABLE_HINT = 'Open a Parquet, CSV, JSON or Arrow file, or a Delta table’s folder.';

const OTHERS: readonly [begins: string, what: string, hint: string][] = [
  ['PK\x03\x04', 'it is a ZIP archive or an Excel workbook', ZIP_HINT],
  ['\xd0\xcf\x11\xe0', 'it is an old Office document', ZIP_HINT],
  ['BZh', 'it is packed with bzip2', 'Unpack it, or pack it with gzip or zstd.'],
  ['\xfd7zXZ', 'it is packed with xz', 'Unpack it, or pack it with gzip or zstd.'],
  ['SQLite format 3\0', 'it is an SQLite database', 'Export a table of it as CSV, and open that.'],
  ['ORC', 'it is an ORC file', 'Write it as Parquet, and open that.'],
  ['Obj\x01', 'it is an Avro file', 'Write it as Parquet, and open that.'],
  ['FEA1', 'it is a Feather file of version 1', 'Write it as Feather version 2 or as Parquet.'],
  ['%PDF', 'it is a PDF document', TABLE_HINT],
  ['\x89PNG', 'it is a picture', TABLE_HINT],
  ['\xff\xd8\xff', 'it is a picture', TABLE_HINT],
  ['GIF8', 'it is a picture', TABLE_HINT],
];

export function kindOf(head: Buffer): Kind {
  if (head.length === 0) return { is: 'empty' };
  const beginning = head.toString('latin1', 0, 16);
  if (beginning.startsWith('PAR1')) return { is: 'parquet' };
  if (beginning.startsWith('PARE')) return { is: 'encrypted' };
  if (beginning.startsWith('ARROW1\0\0') || isArrowStream(head)) return { is: 'arrow' };
  // “ORC” may also be how a line of text begins.
  const other = OTHERS.find(([begins]) => beginning.startsWith(begins));
  const encoding = encodingOf(head);
  if (other !== undefined && !(/^[A-Z]+$/.test(other[0]) && isText(head, encoding))) {
    return { is: 'other', what: other[1], hint: other[2] };
  }
  if (!isText(head, encoding)) {
    return { is: 'other', what: 'it is neither a table nor text', hint: TABLE_HINT };
  }
  return textKind(encoding.decode(head), encoding);
}

/** A message of an Arrow stream: a mark, the length of its metadata, and a flatbuffer. */
function isArrowStream(head: Buffer): boolean {
  if (head.length < 16 || head.readUInt32LE(0) !== 0xffffffff) return false;
  const length = head.readInt32LE(4);
  return length > 0 && length % 8 === 0;
}

function textKind(text: string, encoding: Encoding): Kind {
  const content = text.trimStart();
  if (content === '') return { is: 'empty' };
  if (/^<(!doctype|html|\?xml|[a-z]+[ >])/i.test(content)) {
    const what = /^<(!doctype )?html/i.test(content) ? 'a web page' : 'an XML document';
    return { is: 'other', what: `it is ${what}`, hint: TABLE_HINT };
  }
  return { is: looksLikeJson(content) ? 'json' : 'csv', encoding };
}

/** `{"` or `[{`: a header of a CSV that begins with a bracket goes on in another way. */
function looksLikeJson(content: string): boolean {
  return (
    /^\{\s*("|\}|$)/.test(content) || /^\[\s*([[{"\]\d-]|true\b|false\b|null\b|$)/.test(content)
  );
}

function startsWith(head: Buffer, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}
