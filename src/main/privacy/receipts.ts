import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../preload/contract/errors';
import {
  type Receipt,
  type ReceiptEntry,
  type SignedReceipt,
  signedReceiptSchema,
} from '../../preload/contract/erasure';
import type { DataPaths } from '../base/data-folder';
import { isMissing, namesIn, replaceFileContent } from '../base/durable-file';
import { folderKey } from '../base/folder-keys';
import { readText } from '../base/read-text';

/** What comes before the 32 bytes of a key. Source: RFC 8410, sections 4 and 7. */
const PRIVATE_KEY_START = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_KEY_START = Buffer.from('302a300506032b6570032100', 'hex');

export async function writeReceipt(
  paths: DataPaths,
  name: string,
  receipt: Receipt,
): Promise<void> {
  const key = await signingKey(paths, true);
  const signed: SignedReceipt = {
    receipt,
    public_key: rawPublicKey(key).toString('base64'),
    signature: sign(null, textToSign(receipt), key).toString('base64'),
  };
  await replaceFileContent(join(paths.receipts, name), receiptText(signed));
}

/** The receipts of a data folder, the newest first; what cannot be read is passed over. */
export async function listReceipts(paths: DataPaths): Promise<ReceiptEntry[]> {
  const entries: ReceiptEntry[] = [];
  for (const name of (await namesIn(paths.receipts)).sort().reverse()) {
    if (!name.endsWith('.json')) continue;
    try {
      const { receipt } = parsed(await readText(join(paths.receipts, name)), name);
      const { erased_at, subjects, version, files } = receipt;
      entries.push({ file: name, erased_at, subjects, version, files: files.length });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  return entries;
}

/**
 * A receipt whose every byte is as this data folder signed it. Throws `bad-receipt`, or `no-key` where
 * the folder's key is lost.
 * @param named the file's path, or its name in the folder `receipts`
 */
export async function readSigned(
  paths: DataPaths,
  named: string,
): Promise<{ file: string; receipt: Receipt }> {
  const { file, text } = await textOf(paths, named);
  const signed = parsed(text, file);
  const isWhole = receiptText(signed) === text;
  const key = Buffer.from(signed.public_key, 'base64');
  const signature = Buffer.from(signed.signature, 'base64');
  if (!isWhole || key.length !== 32 || key.toString('base64') !== signed.public_key) {
    throw bad(file, 'is not as it was written');
  }
  const publicKey = createPublicKey({
    key: Buffer.concat([PUBLIC_KEY_START, key]),
    format: 'der',
    type: 'spki',
  });
  if (!verify(null, textToSign(signed.receipt), publicKey, signature)) {
    throw bad(file, 'is not as it was signed');
  }
  if (!rawPublicKey(await signingKey(paths, false)).equals(key)) {
    throw bad(file, 'was signed with another key than this data folder’s');
  }
  return { file, receipt: signed.receipt };
}

async function textOf(paths: DataPaths, named: string): Promise<{ file: string; text: string }> {
  const file = basename(named);
  for (const path of [named, join(paths.receipts, file)]) {
    try {
      return { file, text: await readText(path) };
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  throw new AppError('bad-receipt', `There is no receipt ${named}.`, {
    hint: 'Give its path, or its name in the folder receipts.',
  });
}

function parsed(text: string, file: string): SignedReceipt {
  try {
    return signedReceiptSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) {
      throw bad(file, 'cannot be read as a receipt', error);
    }
    throw error;
  }
}

function bad(file: string, what: string, cause?: unknown): AppError {
  return new AppError('bad-receipt', `The receipt ${file} ${what}.`, {
    hint: 'It proves nothing. The folder receipts may have it as it was.',
    cause,
  });
}

function receiptText(signed: SignedReceipt): string {
  return `${JSON.stringify(signed, null, 2)}\n`;
}

function textToSign(receipt: Receipt): Buffer {
  return Buffer.from(JSON.stringify(receipt));
}

async function signingKey(paths: DataPaths, make: boolean): Promise<KeyObject> {
  const seed = await folderKey(paths, 'receipts', make);
  return createPrivateKey({
    key: Buffer.concat([PRIVATE_KEY_START, seed]),
    format: 'der',
    type: 'pkcs8',
  });
}

function rawPublicKey(key: KeyObject): Buffer {
  return createPublicKey(key)
    .export({ format: 'der', type: 'spki' })
    .subarray(PUBLIC_KEY_START.length);
}
