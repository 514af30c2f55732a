import type { Firing } from '../../../preload/contract/alerts';
import type { ChangeEntry } from '../../../preload/contract/reports';
import { fitted } from '../../webhooks/fitted';

/** The changes have the rest of a webhook's room: they say what happened. */
const MOST_ROW_BYTES = 8_000;
const MOST_VALUE = 500;

const TYPES = {
  changes: 'alert.fired',
  settled: 'alert.resolved',
  stale: 'alert.fired',
  fresh: 'alert.resolved',
  test: 'alert.test',
} as const satisfies Record<Firing['kind'], string>;

/**
 * What a channel is told of a firing. As many rows and changes as there is room for; how many there
 * are is told beside.
 */
export function bodyOf(
  firing: Firing,
  rows: readonly { id: number; name: string }[],
  changes: readonly ChangeEntry[],
): Record<string, unknown> {
  const told = {
    type: TYPES[firing.kind],
    timestamp: firing.at,
    test: firing.kind === 'test',
    data: {
      alert: { id: firing.rule, title: firing.title },
      summary: firing.summary,
      version: firing.version,
      published: firing.timestamp,
      rows_total: firing.ids.length,
      changes_total: firing.changes,
    },
  };
  return fitted({
    ...told,
    data: {
      ...told.data,
      rows: fitting(rows, MOST_ROW_BYTES),
      changes: changes.map(({ change, id, name, column, before, after }) => ({
        ...{ change, id, name, column },
        ...{ before: shortValue(before), after: shortValue(after) },
      })),
    },
  });
}

/** As many of the first as fit into so many bytes of JSON. */
function fitting<Part>(parts: readonly Part[], bytes: number): Part[] {
  let room = bytes;
  const end = parts.findIndex((part) => {
    room -= bytesOf(part) + 1;
    return room < 0;
  });
  return end < 0 ? [...parts] : parts.slice(0, end);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** A value that is long alone is cut, and says so. */
function shortValue(value: unknown): unknown {
  const text = JSON.stringify(value);
  return text.length <= MOST_VALUE ? value : `${text.slice(0, MOST_VALUE)}…`;
}
