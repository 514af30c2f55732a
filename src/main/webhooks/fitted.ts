/** Standard Webhooks recommends bodies below 20 kB. */
export const MOST_BODY_BYTES = 20_000;

interface Body<Change> {
  data: { changes: readonly Change[] };
}

/**
 * A body with as many of its changes, the first ones, as fit into a webhook; `data.more` counts the rest.
 */
export function fitted<Change, Whole extends Body<Change>>(
  body: Whole & Body<Change>,
): Whole & { data: { more: number } } {
  const { changes } = body.data;
  const sizes = changes.map((change) => bytesOf(change) + 1);
  // The count takes at most as many digits as it could have.
  let left = MOST_BODY_BYTES - 1 - bytesOf(withChanges(body, []));
  let fit = 0;
  for (const size of sizes) {
    if (size > left) break;
    left -= size;
    fit += 1;
  }
  return withChanges(body, changes.slice(0, fit));
}

function withChanges<Change, Whole extends Body<Change>>(
  body: Whole & Body<Change>,
  changes: readonly Change[],
): Whole & { data: { more: number } } {
  const more = body.data.changes.length - changes.length;
  return { ...body, data: { ...body.data, changes, more } };
}

function bytesOf(json: unknown): number {
  return Buffer.byteLength(JSON.stringify(json));
}
