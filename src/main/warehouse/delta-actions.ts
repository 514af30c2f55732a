import { z } from 'zod';

/**
 * The actions of Delta's transaction log that this app writes and reads.
 * Source: PROTOCOL.md of delta-io/delta, “Actions”.
 */
const addSchema = z.object({
  path: z.string(),
  partitionValues: z.record(z.string(), z.string().nullable()),
  size: z.int(),
  modificationTime: z.int(),
  dataChange: z.boolean(),
  stats: z.string().optional(),
});

const removeSchema = z.object({
  path: z.string(),
  deletionTimestamp: z.int().optional(),
  dataChange: z.boolean(),
  extendedFileMetadata: z.boolean().optional(),
  partitionValues: z.record(z.string(), z.string().nullable()).optional(),
  size: z.int().optional(),
});

const cdcSchema = z.object({
  path: z.string(),
  partitionValues: z.record(z.string(), z.string().nullable()),
  size: z.int(),
  dataChange: z.boolean(),
});

const metaDataSchema = z.object({
  id: z.string(),
  format: z.object({ provider: z.string(), options: z.record(z.string(), z.string()) }),
  schemaString: z.string(),
  partitionColumns: z.array(z.string()),
  configuration: z.record(z.string(), z.string()),
  createdTime: z.int().optional(),
});

const protocolSchema = z.object({ minReaderVersion: z.int(), minWriterVersion: z.int() });

const commitInfoSchema = z.looseObject({
  timestamp: z.int().optional(),
  operation: z.string().optional(),
  operationParameters: z.record(z.string(), z.unknown()).optional(),
  operationMetrics: z.record(z.string(), z.string()).optional(),
  userMetadata: z.string().optional(),
  engineInfo: z.string().optional(),
});

/** One line of a commit: exactly one of its keys. Unknown actions are passed over, as the protocol asks. */
export const actionSchema = z.looseObject({
  add: addSchema.optional(),
  remove: removeSchema.optional(),
  cdc: cdcSchema.optional(),
  metaData: metaDataSchema.optional(),
  protocol: protocolSchema.optional(),
  commitInfo: commitInfoSchema.optional(),
});

export type AddFile = z.infer<typeof addSchema>;
export type CdcFile = z.infer<typeof cdcSchema>;
export type CommitInfo = z.infer<typeof commitInfoSchema>;
export type Action = z.infer<typeof actionSchema>;
