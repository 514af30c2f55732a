import type { MetaData } from './delta-actions';

/**
 * Properties of a table that say how its log is kept. Whoever set them, they are followed.
 * Source: PROTOCOL.md of delta-io/delta, “Table Properties”.
 */
type Properties = MetaData['configuration'];

/** Commits from one checkpoint to the next, as Delta's own default has it. */
const CHECKPOINT_EVERY = 10;

export function checkpointInterval(properties: Properties): number {
  const asked = Number(properties['delta.checkpointInterval'] ?? CHECKPOINT_EVERY);
  return Number.isInteger(asked) && asked > 0 ? asked : CHECKPOINT_EVERY;
}

/**
 * How long entries stay at least, in milliseconds: none where no one has asked for a time, for ever
 * where clean-up is switched off or the time cannot be read.
 */
export function logRetention(properties: Properties): number {
  const cleanUp = properties['delta.enableExpiredLogCleanup'] ?? 'true';
  if (cleanUp.trim().toLowerCase() === 'false') return Infinity;
  return duration(properties['delta.logRetentionDuration'] ?? '0 days');
}

/** How long a checkpoint tells that a file was removed, in milliseconds. */
export function removedFileRetention(properties: Properties): number {
  return duration(properties['delta.deletedFileRetentionDuration'] ?? '7 days');
}

const UNITS: Record<string, number> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 60 * 60_000,
  day: 24 * 60 * 60_000,
  week: 7 * 24 * 60 * 60_000,
};

/** `interval 1 week 2 days`, in milliseconds; Infinity for what is not one. */
function duration(text: string): number {
  const parts = text
    .trim()
    .toLowerCase()
    .replace(/^interval\s+/, '')
    .split(/\s+/);
  let total = 0;
  for (let at = 0; at < parts.length; at += 2) {
    const count = Number(parts[at]);
    const unit = UNITS[parts[at + 1]?.replace(/s$/, '') ?? ''];
    if (!Number.isFinite(count) || unit === undefined) return Infinity;
    total += count * unit;
  }
  return total;
}
