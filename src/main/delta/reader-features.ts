import type { MetaData, Protocol } from './delta-actions';

/**
 * What a table requires of its readers, by name.
 * Source: PROTOCOL.md of delta-io/delta, “Valid Feature Names in Table Features”.
 */

/** The newest reader version: features by name. */
const NAMED_FEATURES = 3;

const READ = [
  'columnMapping',
  'deletionVectors',
  'timestampNtz',
  'typeWidening',
  'typeWidening-preview',
  'v2Checkpoint',
  'vacuumProtocolCheck',
];

/** Requires something only of writers, wherever a writer has listed it. */
const FOR_WRITERS = [
  'allowColumnDefaults',
  'appendOnly',
  'changeDataFeed',
  'checkConstraints',
  'checkpointProtection',
  'clustering',
  'domainMetadata',
  'generatedColumns',
  'icebergCompatV1',
  'icebergCompatV2',
  'icebergCompatV3',
  'identityColumns',
  'inCommitTimestamp',
  'inCommitTimestamp-preview',
  'invariants',
  'materializePartitionColumns',
  'rowTracking',
];

/** What the app does not read, in words; null where it can read the table. */
export function unreadFeature(protocol: Protocol): string | null {
  const { minReaderVersion } = protocol;
  if (minReaderVersion > NAMED_FEATURES) return `reader version ${minReaderVersion}`;
  if (minReaderVersion < NAMED_FEATURES) return null;
  const unread = (protocol.readerFeatures ?? []).filter(
    (feature) => !READ.includes(feature) && !FOR_WRITERS.includes(feature),
  );
  if (unread.length === 0) return null;
  return `the feature${unread.length === 1 ? '' : 's'} ${unread.join(', ')}`;
}

/** How columns are found in the data files. */
export type Mapping = 'none' | 'name' | 'id';

/** @returns what the table says, where that is a mode the app does not know */
export function columnMapping(protocol: Protocol, metaData: MetaData): Mapping | { mode: string } {
  const { minReaderVersion, readerFeatures = [] } = protocol;
  // The property means nothing where the protocol does not have it.
  const honoured = minReaderVersion === 2 || readerFeatures.includes('columnMapping');
  const mode = metaData.configuration['delta.columnMapping.mode'] ?? 'none';
  if (!honoured || mode === 'none') return 'none';
  return mode === 'name' || mode === 'id' ? mode : { mode };
}
