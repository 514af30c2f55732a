import { z } from 'zod';

/** Who used identity when: what the access log holds. */

export const ACCESS_KINDS = ['export', 'unlock', 'erasure', 'protection'] as const;

export const ACCESS_WORDS: Readonly<Record<(typeof ACCESS_KINDS)[number], string>> = {
  export: 'Export',
  unlock: 'Unlocked',
  erasure: 'Erasure',
  protection: 'Protected mode',
};

export const accessSchema = z.strictObject({
  what: z.enum(ACCESS_KINDS),
  /** By which way, in words of the app's own: `pokedex export, csv`. Never a path, a query or a value. */
  how: z.string().max(200),
  /** Columns of the dataset that could name somebody. */
  columns: z.array(z.string()).exactOptional(),
  rows: z.int().exactOptional(),
  /** Marks of the subjects it is about, which are worth nothing once those are erased. */
  subjects: z.array(z.hex()).exactOptional(),
});

/** What is noted. */
export type Access = z.infer<typeof accessSchema>;

export const accessEntrySchema = accessSchema.extend({
  /** From 1, without a gap. */
  n: z.int().positive(),
  /** ISO 8601. */
  at: z.iso.datetime(),
  /** The account of this computer. */
  user: z.string(),
});

export type AccessEntry = z.infer<typeof accessEntrySchema>;

export interface AccessLog {
  /** How many were noted ever. */
  noted: number;
  /** Each a sentence about what is wrong with the log; none where it is as it was written. */
  problems: string[];
  /** Those that can be read, in the order in which they stand. */
  entries: AccessEntry[];
}
