import { join } from 'node:path';
import { logFolder } from './log-entries';

/** The files of one checkpoint; any of a kind tells the whole of the table. */
export interface Checkpoint {
  version: number;
  files: string[];
}

// Source: PROTOCOL.md of delta-io/delta, “Checkpoint Naming Scheme”.
const WHOLE = /^(\d{20})\.checkpoint(?:\.[0-9a-f-]{36})?\.(?:parquet|json)$/;
const PART = /^(\d{20})\.checkpoint\.(\d{10})\.(\d{10})\.parquet$/;

/** A log folder's checkpoints by version: of several of one version, one. */
export function checkpointsOf(table: string, names: readonly string[]): Map<number, Checkpoint> {
  return new Map(
    allCheckpoints(table, names).map((checkpoint) => [checkpoint.version, checkpoint]),
  );
}

/**
 * Every checkpoint in a log folder, oldest first: in parts (where all are there), classic, or with
 * a UUID.
 */
export function allCheckpoints(table: string, names: readonly string[]): Checkpoint[] {
  const whole: Checkpoint[] = [];
  const parts = new Map<string, string[]>();
  const place = (name: string) => join(logFolder(table), name);
  for (const name of [...names].sort()) {
    const part = PART.exec(name);
    if (part !== null) {
      const key = `${part[1]} ${part[3]}`;
      parts.set(key, [...(parts.get(key) ?? []), place(name)]);
      continue;
    }
    const version = WHOLE.exec(name)?.[1];
    if (version !== undefined) whole.push({ version: Number(version), files: [place(name)] });
  }
  const inParts: Checkpoint[] = [];
  for (const [key, files] of parts) {
    const [version, count] = key.split(' ').map(Number);
    if (version !== undefined && files.length === count) inParts.push({ version, files });
  }
  return [...inParts, ...whole].sort((one, other) => one.version - other.version);
}
