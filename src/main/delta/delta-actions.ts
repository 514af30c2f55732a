import { z } from 'zod';

/**
 * The actions of Delta's transaction log, as this app and other engines write them.
 * Source: PROTOCOL.md of delta-io/delta, “Actions”.
 *
 * What the app does not need is not checked, because engines differ there (metrics as texts or as
 * numbers). A checkpoint writes null where a log entry leaves a field out.
 */
const partitionValues = z
  .record(z.string(), z.string().nullable())
  .nullish()
  .transform((values) => values ?? {});
const dataChange = z
  .boolean()
  .nullish()
  .transform((changes) => changes ?? true);

/** Rows of a data file that count as deleted. Source: PROTOCOL.md, “Deletion Vector Descriptor Schema”. */
const deletionVectorSchema = z.object({
  storageType: z.string(),
  pathOrInlineDv: z.string(),
  offset: z.number().nullish(),
  sizeInBytes: z.number(),
  cardinality: z.number(),
});

export const addSchema = z.object({
  path: z.string(),
  partitionValues,
  size: z.number(),
  modificationTime: z
    .number()
    .nullish()
    .transform((time) => time ?? 0),
  dataChange,
  stats: z
    .string()
    .nullish()
    .transform((stats) => stats ?? undefined)
    .optional(),
  deletionVector: deletionVectorSchema.nullish(),
});

const removeSchema = z.object({
  path: z.string(),
  deletionTimestamp: z.number().nullish(),
  dataChange,
  extendedFileMetadata: z.boolean().nullish(),
  partitionValues: partitionValues.optional(),
  size: z.number().nullish(),
  deletionVector: deletionVectorSchema.nullish(),
});

const cdcSchema = z.object({ path: z.string(), partitionValues, size: z.number(), dataChange });

const metaDataSchema = z.looseObject({
  id: z.string(),
  format: z.looseObject({ provider: z.string() }),
  // Empty where a table was made without columns.
  schemaString: z
    .string()
    .nullish()
    .transform((schema) => schema ?? ''),
  partitionColumns: z.array(z.string()),
  configuration: z
    .record(z.string(), z.string().nullable())
    .nullish()
    .transform((configuration) => configuration ?? {}),
});

const featuresSchema = z
  .array(z.string())
  .nullish()
  .transform((features) => features ?? undefined)
  .optional();
const protocolSchema = z.object({
  minReaderVersion: z.number(),
  minWriterVersion: z.number(),
  readerFeatures: featuresSchema,
  writerFeatures: featuresSchema,
});

const txnSchema = z.object({
  appId: z.string(),
  version: z.number(),
  lastUpdated: z.number().nullish(),
});

const text = z.string().optional().catch(undefined);
const commitInfoSchema = z.looseObject({
  timestamp: z.number().optional().catch(undefined),
  inCommitTimestamp: z.number().optional().catch(undefined),
  operation: text,
  userMetadata: text,
  engineInfo: text,
  txnId: text,
});

const sidecarSchema = z.object({ path: z.string() });

/** One line of a commit: exactly one of its keys. Unknown actions are ignored, as the protocol asks. */
export const actionSchema = z.looseObject({
  add: addSchema.nullish(),
  remove: removeSchema.nullish(),
  cdc: cdcSchema.nullish(),
  metaData: metaDataSchema.nullish(),
  protocol: protocolSchema.nullish(),
  txn: txnSchema.nullish(),
  commitInfo: commitInfoSchema.nullish(),
  sidecar: sidecarSchema.nullish(),
});

export type AddFile = z.infer<typeof addSchema>;
export type DeletionVector = z.infer<typeof deletionVectorSchema>;
export type RemoveFile = z.infer<typeof removeSchema>;
export type CdcFile = z.infer<typeof cdcSchema>;
export type CommitInfo = z.infer<typeof commitInfoSchema>;
export type MetaData = z.infer<typeof metaDataSchema>;
export type Protocol = z.infer<typeof protocolSchema>;
export type Action = z.infer<typeof actionSchema>;
