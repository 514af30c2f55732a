import { z } from 'zod';
import { AppError } from '../../preload/contract/errors';
import type { MetaData, Protocol } from './delta-actions';
import type { Snapshot } from './snapshot';
import { deltaType, type StoredColumn } from './stored-column';

/**
 * What a table requires of its readers and writers, by name.
 * Source: PROTOCOL.md of delta-io/delta, “Table Features”, “Requirements for Writers”.
 */

/** The features that a writer version stood for before they were listed by name. */
const LEGACY_WRITER: readonly [version: number, features: readonly string[]][] = [
  [2, ['appendOnly', 'invariants']],
  [3, ['checkConstraints']],
  [4, ['changeDataFeed', 'generatedColumns']],
  [5, ['columnMapping']],
  [6, ['identityColumns']],
];

/** Requires nothing of a reader, whether it is in use or not. */
const FREE_FOR_READERS = [
  'timestampNtz', // none of our columns
  'typeWidening', // a type that was changed is told by the schema
  'typeWidening-preview',
  'v2Checkpoint', // read
  'variantType', // none of our columns
  'variantType-preview',
  'vacuumProtocolCheck', // done
];

/** Requires nothing of this app's commits, which replace the whole table with all its columns. */
const FREE_FOR_WRITERS = [
  ...FREE_FOR_READERS,
  'allowColumnDefaults', // every column is written
  'changeDataFeed', // written for tables/pokemon; for the other, see below
  'checkpointProtection', // the log is never cleaned up
  'domainMetadata', // left as it is
];

/** In use only where a property, the schema or a file says so. */
const TOLD_BY_PROPERTIES = [
  'appendOnly',
  'checkConstraints',
  'columnMapping',
  'deletionVectors',
  'generatedColumns',
  'icebergCompatV1',
  'icebergCompatV2',
  'identityColumns',
  'inCommitTimestamp',
  'invariants',
];

const fieldSchema = z.object({
  name: z.string(),
  type: z.unknown(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});
type Field = z.infer<typeof fieldSchema>;
const structSchema = z.object({ fields: z.array(fieldSchema) });

/** What keeps the app from reading a table's rows, named; null where nothing does. */
export function readingObstacle(
  snapshot: Snapshot,
  columns: readonly StoredColumn[],
): string | null {
  const { protocol, metaData } = snapshot;
  const listed = protocol === null ? [] : readerFeatures(protocol);
  return (
    tooNew(protocol?.minReaderVersion, 3, 'reader') ??
    named(listed.find((feature) => !isFreeForReaders(feature))) ??
    (metaData === null ? null : (mappingObstacle(metaData) ?? partitionObstacle(metaData))) ??
    deletedRowsObstacle(snapshot) ??
    schemaObstacle(metaData, columns, false)
  );
}

/** What keeps the app from writing a table, named; null where nothing does. */
export function writingObstacle(
  snapshot: Snapshot,
  columns: readonly StoredColumn[],
  feed: boolean,
): string | null {
  const { protocol, metaData } = snapshot;
  const listed =
    protocol === null ? [] : [...readerFeatures(protocol), ...writerFeatures(protocol)];
  return (
    readingObstacle(snapshot, columns) ??
    tooNew(protocol?.minWriterVersion, 7, 'writer') ??
    named(listed.find((feature) => !isFreeForWriters(feature))) ??
    (metaData === null ? null : propertyObstacle(metaData, feed)) ??
    schemaObstacle(metaData, columns, true)
  );
}

/** Throws `table-unsupported` for such an obstacle. */
export function refuseTable(name: string, obstacle: string | null, to: 'read' | 'write'): void {
  if (obstacle === null) return;
  throw new AppError(
    'table-unsupported',
    `Another program gave the table ${name} a feature that this app does not ${to}: ${obstacle}.`,
    {
      hint: 'Take it away again with the program that set it (in Spark: ALTER TABLE … DROP FEATURE, or UNSET TBLPROPERTIES), or RESTORE the table; what was published before is intact.',
    },
  );
}

function readerFeatures(protocol: Protocol): readonly string[] {
  if (protocol.minReaderVersion >= 3) return protocol.readerFeatures ?? [];
  return protocol.minReaderVersion === 2 ? ['columnMapping'] : [];
}

function writerFeatures(protocol: Protocol): readonly string[] {
  if (protocol.minWriterVersion >= 7) return protocol.writerFeatures ?? [];
  return LEGACY_WRITER.filter(([version]) => version <= protocol.minWriterVersion).flatMap(
    ([, features]) => features,
  );
}

function isFreeForReaders(feature: string): boolean {
  // A file's own entry says whether it has deleted rows.
  return [...FREE_FOR_READERS, 'columnMapping', 'deletionVectors'].includes(feature);
}

function isFreeForWriters(feature: string): boolean {
  return [...FREE_FOR_WRITERS, ...TOLD_BY_PROPERTIES].includes(feature);
}

function named(feature: string | undefined): string | null {
  return feature === undefined ? null : (WORDS[feature] ?? feature);
}

const WORDS: Record<string, string> = {
  deletionVectors: 'deletion vectors (deletionVectors)',
  rowTracking: 'row tracking (rowTracking)',
  clustering: 'liquid clustering (clustering)',
};

function tooNew(
  version: number | undefined,
  most: number,
  side: 'reader' | 'writer',
): string | null {
  if (version === undefined || version <= most) return null;
  return `${side} version ${version} of Delta’s protocol`;
}

function mappingObstacle({ configuration }: MetaData): string | null {
  const mode = configuration['delta.columnMapping.mode'] ?? 'none';
  return mode === 'none'
    ? null
    : `column mapping (columnMapping, delta.columnMapping.mode=${mode})`;
}

/** Values of such columns stand in the log, not in the files. */
function partitionObstacle({ partitionColumns }: MetaData): string | null {
  return partitionColumns.length > 0 ? `partitions (by ${partitionColumns.join(', ')})` : null;
}

function deletedRowsObstacle({ files }: Snapshot): string | null {
  const marked = [...files.values()].some((file) => file.deletionVector);
  return marked ? named('deletionVectors') : null;
}

const isOn = (value: string | null | undefined) => value?.trim().toLowerCase() === 'true';

/** Properties that require something of writers. */
const DUTIES: readonly [property: string, words: string][] = [
  ['delta.appendOnly', 'append-only (appendOnly, delta.appendOnly=true)'],
  [
    'delta.enableDeletionVectors',
    'deletion vectors (deletionVectors, delta.enableDeletionVectors=true)',
  ],
  ['delta.enableRowTracking', 'row tracking (rowTracking, delta.enableRowTracking=true)'],
  [
    'delta.enableInCommitTimestamps',
    'in-commit timestamps (inCommitTimestamp, delta.enableInCommitTimestamps=true)',
  ],
  ['delta.enableIcebergCompatV1', 'Iceberg compatibility (icebergCompatV1)'],
  ['delta.enableIcebergCompatV2', 'Iceberg compatibility (icebergCompatV2)'],
];

function propertyObstacle(metaData: MetaData, feed: boolean): string | null {
  const { configuration } = metaData;
  const duty = DUTIES.find(([property]) => isOn(configuration[property]));
  if (duty !== undefined) return duty[1];
  const constraint = Object.keys(configuration).find((key) => key.startsWith('delta.constraints.'));
  if (constraint !== undefined) {
    return `CHECK constraint ${constraint.slice('delta.constraints.'.length)} (checkConstraints)`;
  }
  if (!feed && isOn(configuration['delta.enableChangeDataFeed'])) {
    return 'a change feed, which would tell names (changeDataFeed, delta.enableChangeDataFeed=true)';
  }
  const coordinator = Object.keys(configuration).find((key) =>
    key.startsWith('delta.coordinatedCommits.'),
  );
  return coordinator === undefined ? null : `coordinated commits (${coordinator})`;
}

/**
 * @param exactly whether columns beside the app's count: what the app does not know would be lost
 *   when it writes
 */
function schemaObstacle(
  metaData: MetaData | null,
  columns: readonly StoredColumn[],
  exactly: boolean,
): string | null {
  if (metaData === null) return null;
  if (metaData.format.provider.toLowerCase() !== 'parquet') {
    return `data files of the format ${metaData.format.provider}`;
  }
  const fields = fieldsOf(metaData.schemaString);
  if (fields === null) return 'a schema that is not JSON';
  for (const column of columns) {
    const field = fields.find(({ name }) => name === column.name);
    if (field === undefined) return `column ${column.name} is missing from the schema`;
    if (typeName(field.type) !== deltaType(column)) {
      return `column ${column.name} is of type ${typeName(field.type)}, not ${deltaType(column)}`;
    }
  }
  if (!exactly) return null;
  for (const field of fields) {
    if (!columns.some(({ name }) => name === field.name)) {
      return `column ${field.name}, which this app does not know`;
    }
    const duty = fieldDuty(field);
    if (duty !== null) return duty;
  }
  return null;
}

function fieldsOf(schema: string): Field[] | null {
  try {
    return structSchema.parse(JSON.parse(schema)).fields;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

const arraySchema = z.object({ type: z.literal('array'), elementType: z.string() });

function typeName(type: unknown): string {
  if (typeof type === 'string') return type;
  const array = arraySchema.safeParse(type);
  return array.success ? `array<${array.data.elementType}>` : JSON.stringify(type);
}

function fieldDuty({ name, metadata }: Field): string | null {
  for (const key of Object.keys(metadata ?? {})) {
    if (key === 'delta.invariants') return `an invariant on column ${name} (invariants)`;
    if (key === 'delta.generationExpression') return `generated column ${name} (generatedColumns)`;
    if (key.startsWith('delta.identity.')) return `identity column ${name} (identityColumns)`;
  }
  return null;
}
