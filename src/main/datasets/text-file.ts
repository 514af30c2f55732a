import type { EncodingName } from '../../preload/contract/opened';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isAscii, isUtf8 } from 'node:buffer';
import { counted } from '../../preload/contract/counts';
import type { ScanNote } from '../base/scan';
import type { ScratchFolder } from './scratch-folder';
import { decoderOf, type Encoding, encoding, withoutCutCharacter } from './text-encoding';

/** Text that DuckDB can read: UTF-8 without a mark. */
export interface TextFile {
  path: string;
  encoding: EncodingName;
  notes: ScanNote[];
}

/**
 * The same text as UTF-8: the file itself where it is that already, otherwise a copy.
 *
 * @param guess what the file's beginning speaks for
 * @param chosen what a person said it is
 */
export async function utf8File(
  path: string,
  guess: Encoding,
  chosen: EncodingName | undefined,
  scratch: ScratchFolder,
  signal?: AbortSignal,
): Promise<TextFile> {
  let known = chosen === undefined || chosen === guess.name ? guess : encoding(chosen, 0);
  const notes: ScanNote[] = [];
  if (known.name === 'utf-8') {
    const faults = await utf8Faults(path);
    if (faults.invalid === 0 && known.mark === 0) return { path, encoding: 'utf-8', notes };
    if (faults.invalid > faults.valid && chosen === undefined) {
      known = encoding('windows-1252', 0);
    } else if (faults.invalid > 0) {
      notes.push({
        count: faults.invalid,
        what: `${counted(faults.invalid, 'place is', 'places are')} not valid UTF-8 and shown as “�”.`,
      });
    }
  }
  const copy = await scratch.newPath('');
  await pipeline(
    Readable.from(decoded(path, known)),
    createWriteStream(copy, { mode: 0o600 }),
    signal === undefined ? {} : { signal },
  );
  return { path: copy, encoding: known.name, notes };
}

async function* decoded(path: string, { name, mark }: Encoding): AsyncGenerator<string> {
  const decoder = decoderOf(name);
  const options = { start: mark, highWaterMark: 1 << 20 };
  for await (const chunk of createReadStream(path, options) as AsyncIterable<Buffer>) {
    const text = decoder.write(chunk);
    if (text !== '') yield text;
  }
  const rest = decoder.end();
  if (rest !== '') yield rest;
}

interface Faults {
  /** Places that are not UTF-8, and characters beyond ASCII that are. */
  invalid: number;
  valid: number;
}

/** Reads the whole file: its beginning may be plain ASCII. */
async function utf8Faults(path: string): Promise<Faults> {
  const faults: Faults = { invalid: 0, valid: 0 };
  let cut = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, {
    highWaterMark: 1 << 20,
  }) as AsyncIterable<Buffer>) {
    const bytes = cut.length === 0 ? chunk : Buffer.concat([cut, chunk]);
    const whole = withoutCutCharacter(bytes);
    cut = Buffer.from(bytes.subarray(whole.length));
    count(whole, faults);
  }
  count(cut, faults);
  return faults;
}

function count(bytes: Buffer, faults: Faults): void {
  if (isAscii(bytes)) return;
  const text = bytes.toString('utf8');
  const replaced = text.match(/\ufffd/g)?.length ?? 0;
  if (isUtf8(bytes)) faults.valid += replaced;
  else faults.invalid += replaced;
  faults.valid += text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
}
