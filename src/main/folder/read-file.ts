import { createHash } from 'node:crypto';
import { constants, type BigIntStats } from 'node:fs';
import { type FileHandle, open, rm, writeFile } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { cancelled } from '../../preload/contract/errors';
import { humanCount } from '../../preload/contract/counts';
import { isMissing } from '../base/durable-file';
import type { ErasedSubjects } from '../base/erased-subjects';
import { systemCode } from '../base/host-error';
import { checkDocument } from '../pipeline/check-document';
import { MOST_DOCUMENT_BYTES } from '../pipeline/document-schema';
import { FetchProblem } from '../pipeline/fetch-problem';
import { sha256 } from '../pipeline/sha256';
import { isHalfJson } from './half-json';
import { stampOf } from './list-folder';

/** A document of a file, written aside. */
export interface StagedDocument {
  id: number;
  name: string;
  /** From 1; null where the document is the whole file. */
  line: number | null;
  sha256: string;
  bytes: number;
}

interface Looked {
  size: number;
  /** Null where the file may have changed since without a trace. */
  stamp: string | null;
}

/** What a file turned out to be; `erased` documents are about erased subjects and not among the others. */
export type ReadFile =
  | ({ kind: 'whole'; sha256: string; documents: StagedDocument[]; erased: number } & Looked)
  | ({ kind: 'half'; reason: string } & Looked)
  | ({ kind: 'bad'; sha256: string; reason: string } & Looked)
  | { kind: 'gone' };

const { O_NONBLOCK, O_RDONLY } = constants;
/** What a gzip file may grow to. */
const MOST_UNPACKED_BYTES = 4 * 1024 ** 3;
const GZIP = [0x1f, 0x8b];
const NOT_WHOLE_GZIP = 'is gzip that is not whole yet';
const NEWLINE = 0x0a;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Reads a file once, and writes each of its documents aside, where `place` says; of several with one number
 * the last stays. Of a file that is not taken none is left there. Whether it is whole is told by its content alone: JSON that parses, gzip's checksum. A file with
 * one bad document is bad as a whole, so that what it brought can be told in a word.
 *
 * @param listedAs the file's stamp in the listing
 */
export async function readDroppedFile(
  path: string,
  listedAs: string,
  place: (id: number) => string,
  erased: ErasedSubjects,
  signal: AbortSignal,
): Promise<ReadFile> {
  const documents = new Documents(place, erased);
  let file: FileHandle;
  try {
    // Never waits for a pipe in its place.
    file = await open(path, O_RDONLY | (O_NONBLOCK ?? 0));
  } catch (error) {
    return unread(error, listedAs);
  }
  try {
    const before = await file.stat({ bigint: true });
    const looked = { size: Number(before.size), stamp: null };
    if (!before.isFile()) return { kind: 'half', reason: 'is not an ordinary file', ...looked };
    const found = await readOpen(file, documents, signal);
    const after = await file.stat({ bigint: true });
    if (after.size !== before.size || after.mtimeNs !== before.mtimeNs) {
      await documents.discard();
      return { kind: 'half', reason: 'was written to while it was read', ...looked };
    }
    if (found.kind !== 'whole') await documents.discard();
    // Renamed, removed or replaced meanwhile, it was still read as a whole.
    const isAsBefore = stampOf(after) === stampOf(before) && !mayChangeUnseen(after);
    const stamp = isAsBefore ? stampOf(after) : null;
    return { ...found, size: looked.size, stamp };
  } catch (error) {
    await documents.discard();
    if (signal.aborted) throw cancelled();
    return unread(error, listedAs);
  } finally {
    await file.close();
  }
}

/** How a reason begins that may pass without a trace at the file, such as a drive's. */
export const CANNOT_BE_READ = 'cannot be read';

function unread(error: unknown, stamp: string): ReadFile {
  if (isMissing(error)) return { kind: 'gone' };
  const code = systemCode(error);
  const known = [
    'EACCES',
    'EPERM',
    'EIO',
    'ESTALE',
    'EISDIR',
    'ELOOP',
    'ENXIO',
    'ETXTBSY',
    'EBUSY',
  ];
  // A full disk is no fault of the file.
  if (code === null || !known.includes(code)) throw error;
  const reason =
    code === 'EACCES' || code === 'EPERM' ? 'may not be read' : `${CANNOT_BE_READ} (${code})`;
  return { kind: 'half', reason, size: 0, stamp };
}

/** Changed so recently that another change may come within the same tick of the file system's clock. */
function mayChangeUnseen({ ctimeNs }: BigIntStats): boolean {
  const tick = ctimeNs % 1_000_000_000n === 0n ? 2_500 : 100;
  const age = Date.now() - Number(ctimeNs / 1_000_000n);
  return age >= -tick && age < tick;
}

type Found =
  | { kind: 'whole'; sha256: string; documents: StagedDocument[]; erased: number }
  | { kind: 'half'; reason: string }
  | { kind: 'bad'; sha256: string; reason: string };

async function readOpen(
  file: FileHandle,
  documents: Documents,
  signal: AbortSignal,
): Promise<Found> {
  const hash = createHash('sha256');
  const start = Buffer.alloc(GZIP.length);
  const { bytesRead } = await file.read(start, 0, GZIP.length, 0);
  if (bytesRead === 1 && start[0] === GZIP[0]) return { kind: 'half', reason: NOT_WHOLE_GZIP };
  const isPacked = GZIP.every((byte, index) => start[index] === byte);
  try {
    const bytes = chunksOf(file, hash, signal);
    for await (const chunk of isPacked ? unpacked(bytes) : bytes) await documents.take(chunk);
    await documents.end();
    return { kind: 'whole', sha256: hash.digest('hex'), ...documents.all() };
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    if (error.isHalf) return { kind: 'half', reason: error.message };
    // Of the whole file, by which it is known again.
    const whole = createHash('sha256');
    const bytes = chunksOf(file, whole, signal);
    while (!(await bytes.next()).done);
    return { kind: 'bad', sha256: whole.digest('hex'), reason: error.message };
  }
}

/** Why nothing is taken of a file, as a clause: `line 3 has no field weight`. */
class FileProblem extends Error {
  constructor(
    message: string,
    readonly isHalf: boolean,
  ) {
    super(message);
  }
}

async function* chunksOf(
  file: FileHandle,
  hash: { update(chunk: Buffer): unknown },
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  for (let at = 0; ;) {
    if (signal.aborted) throw cancelled();
    const { bytesRead, buffer } = await file.read(
      Buffer.allocUnsafe(CHUNK_BYTES),
      0,
      CHUNK_BYTES,
      at,
    );
    if (bytesRead === 0) return;
    at += bytesRead;
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    yield chunk;
  }
}

const CHUNK_BYTES = 256 * 1024;

async function* unpacked(bytes: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const { Readable } = await import('node:stream');
  const packed = Readable.from(bytes, { objectMode: false });
  packed.on('error', (error) => gunzip.destroy(error));
  let size = 0;
  try {
    for await (const chunk of packed.pipe(gunzip) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MOST_UNPACKED_BYTES) throw new FileProblem('unpacks to more than 4 GB', false);
      yield chunk;
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'Z_BUF_ERROR') throw new FileProblem(NOT_WHOLE_GZIP, true);
    if (code === 'Z_DATA_ERROR') throw new FileProblem('is gzip that is damaged', false);
    throw error;
  } finally {
    packed.destroy();
  }
}

/** Takes a file's text apart: one document per line, or one as a whole. */
class Documents {
  private readonly staged = new Map<number, StagedDocument>();
  /** What no newline has ended yet; of a file that is one document, all of it. */
  private rest: Buffer[] = [];
  private restBytes = 0;
  private line = 0;
  /** Null until the first line has told. */
  private isByLine: boolean | null = null;
  private isStart = true;

  private leftOut = 0;

  constructor(
    private readonly place: (id: number) => string,
    private readonly erased: ErasedSubjects,
  ) {}

  async take(chunk: Buffer): Promise<void> {
    let from = 0;
    while (this.isByLine !== false) {
      const end = chunk.indexOf(NEWLINE, from);
      if (end < 0) break;
      this.keep(chunk.subarray(from, end + 1));
      from = end + 1;
      await this.endOfLine();
    }
    if (from < chunk.length) this.keep(chunk.subarray(from));
    if (this.restBytes > MOST_DOCUMENT_BYTES + BOM.length) throw this.tooLarge();
  }

  /** Throws where the file has not ended with a document. */
  async end(): Promise<void> {
    const text = this.text();
    if (isBlank(text)) {
      if (this.staged.size + this.leftOut === 0) throw new FileProblem('is empty so far', true);
      return;
    }
    this.line += 1;
    const line = this.isByLine === true ? this.line : null;
    await this.document(text, line, true);
  }

  all(): { documents: StagedDocument[]; erased: number } {
    return { documents: [...this.staged.values()], erased: this.leftOut };
  }

  async discard(): Promise<void> {
    for (const id of this.staged.keys()) await rm(this.place(id), { force: true });
  }

  private keep(part: Buffer): void {
    this.rest.push(part);
    this.restBytes += part.length;
  }

  private text(): Buffer {
    const text = Buffer.concat(this.rest);
    const isMarked = this.isStart && text.subarray(0, BOM.length).equals(BOM);
    return isMarked ? text.subarray(BOM.length) : text;
  }

  private async endOfLine(): Promise<void> {
    if (this.restBytes > MOST_DOCUMENT_BYTES + BOM.length) throw this.tooLarge();
    const text = this.text();
    this.line += 1;
    if (isBlank(text)) return this.next();
    if (this.isByLine === null) {
      this.isByLine = isJson(text);
      // One document, written over several lines.
      if (!this.isByLine) return;
    }
    await this.document(trimmed(text), this.line, false);
    this.next();
  }

  private next(): void {
    this.rest = [];
    this.restBytes = 0;
    this.isStart = false;
  }

  private tooLarge(): FileProblem {
    const most = `${humanCount(MOST_DOCUMENT_BYTES / 1024 / 1024)} MB`;
    const what =
      this.isByLine === true
        ? `line ${humanCount(this.line + 1)} is larger than ${most}`
        : `is larger than ${most}, and its first line is not a document`;
    return new FileProblem(what, false);
  }

  /** @param mayBeHalf whether the file ends with it, and no newline says that it is complete */
  private async document(bytes: Buffer, line: number | null, mayBeHalf: boolean): Promise<void> {
    const where = line === null ? '' : `line ${humanCount(line)} `;
    try {
      const { id, name, species } = checkDocument(bytes, null);
      if (this.erased.isAbout({ id, names: [name, species.name] })) {
        this.leftOut += 1;
        return;
      }
      await writeFile(this.place(id), bytes);
      const document = { id, name, line, sha256: sha256(bytes), bytes: bytes.length };
      this.staged.set(id, document);
    } catch (error) {
      if (!(error instanceof FetchProblem)) throw error;
      if (mayBeHalf && isHalf(bytes)) throw new FileProblem('is not whole yet', true);
      throw new FileProblem(`${where}${inWords(error.reason)}`, false);
    }
  }
}

/** `sent text that is not valid JSON`, said of a source, is said of a file. */
function inWords(reason: string): string {
  return reason.replace(/^sent text that /, '').replace(/^sent /, 'is ');
}

function isBlank(text: Buffer): boolean {
  return text.every((byte) => byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09);
}

/** Without the newline that ends it. */
function trimmed(line: Buffer): Buffer {
  let end = line.length;
  while (end > 0 && (line[end - 1] === NEWLINE || line[end - 1] === 0x0d)) end -= 1;
  return line.subarray(0, end);
}

function isJson(text: Buffer): boolean {
  return problemOf(text) === null;
}

function isHalf(text: Buffer): boolean {
  const error = problemOf(text);
  // A character that is cut is a replacement character here, within a string that is not ended either.
  return error !== null && isHalfJson(text.toString('utf8'), error);
}

function problemOf(text: Buffer): SyntaxError | null {
  try {
    JSON.parse(text.toString('utf8'));
    return null;
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}
