import { z } from 'zod';

/** What is erased for good, and what stands in its place. */

/** Where copies may be that no erasure reaches, as sentences. */
export const OUT_OF_REACH = [
  'Files that were exported or copied before.',
  'Messages that were sent to webhooks before.',
  'Backups of the data folder, and copies that a disk or a file system keeps of deleted files.',
  'The source itself, which still has the documents.',
] as const;

const hash = z.hex().length(64).nullable();

/** What a receipt says. It names nobody: the number of a public document would. */
export const receiptSchema = z.strictObject({
  receipt: z.literal(1),
  id: z.uuid(),
  erased_at: z.iso.datetime(),
  app_version: z.string(),
  /** How many were erased together: one, with its other forms. */
  subjects: z.int().positive(),
  /** Under which working data stays, whose salts are gone. */
  pseudonyms: z.array(z.hex().length(32)),
  /** The dataset's version from which on they are erased; null where nothing was published. */
  version: z.int().nullable(),
  /** Versions whose lookup is gone: their rows can no longer be shown, what they changed can. */
  versions_without_lookup: z.int().nonnegative(),
  /**
   * Each file that was written anew or taken away. `before` is null where there was none, and where the
   * file was of the subject alone: the hash of a public document is as good as its name. `after` is
   * null where it is gone.
   */
  files: z.array(z.strictObject({ file: z.string(), before: hash, after: hash })),
  searched: z.strictObject({
    files: z.int(),
    bytes: z.int(),
    /** Of those, how many whose rows were read as values. */
    parquet: z.int(),
    values: z.array(z.string()),
    as: z.array(z.string()),
  }),
  out_of_reach: z.array(z.string()),
});

export type Receipt = z.infer<typeof receiptSchema>;

/** A receipt's file: `signature` is ed25519 over the JSON text of `receipt`, `public_key` 32 bytes; both Base64. */
export const signedReceiptSchema = z.strictObject({
  receipt: receiptSchema,
  public_key: z.string(),
  signature: z.string(),
});

export type SignedReceipt = z.infer<typeof signedReceiptSchema>;

/** How an erasure ended. */
export interface EraseReport {
  /** The file in the folder `receipts`. */
  file: string;
  receipt: Receipt;
  duration_ms: number;
}

/** What a check of a receipt found. */
export interface ReceiptCheck {
  file: string;
  erased_at: string;
  subjects: number;
  /** Of the receipt’s files that are there: as they were after the erasure, and written anew since. */
  as_erased: number;
  changed_since: number;
  /** Where an erased subject is in the data folder again; none where all is well. */
  returned: string[];
}

/** One receipt of the list. */
export interface ReceiptEntry {
  file: string;
  erased_at: string;
  subjects: number;
  version: number | null;
  files: number;
}

/** What an erasure would do, before it is begun. */
export interface ErasePreview {
  id: string;
  name: string;
  /** Other forms of the same species, which go with it: their documents name each other. */
  forms: string[];
  /** Versions whose rows can be shown now and no longer afterwards. */
  versions: number;
}

/** The row that an erasure is about, as the published data name it. */
const subject = z.strictObject({ id: z.string().regex(/^[1-9]\d{0,9}$/) });

export const ERASURE_CALLS = {
  /** What an erasure would do. */
  'erasure.preview': subject,
  /** Erases, and answers when every file has been searched and the receipt is written. */
  'erasure.erase': subject,
  /** The receipts there are, the newest first. */
  'erasure.receipts': z.strictObject({}),
  'erasure.verify': z.strictObject({ file: z.string().regex(/^[\w-]{1,80}\.json$/) }),
} as const;

export interface ErasureResults {
  'erasure.preview': ErasePreview;
  'erasure.erase': EraseReport;
  'erasure.receipts': ReceiptEntry[];
  'erasure.verify': ReceiptCheck;
}

/** Whether a row of the Pokémon stands for an erased subject: no document has such a number. */
export function isErasedId(id: string): boolean {
  return id.startsWith('-');
}
