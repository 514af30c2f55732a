import { isRecord } from '../../preload/contract/merge-changes';
import type { JsonObject } from '../base/edited-file';

/** Kept settings whose compared rows are named as rows are now: by text, where they were numbers. */
export function withRowIds(json: JsonObject): JsonObject {
  const { workspace } = json;
  if (!isRecord(workspace) || !Array.isArray(workspace['compared'])) return json;
  const compared = workspace['compared'].map((id: unknown) =>
    Number.isInteger(id) ? String(id) : id,
  );
  return { ...json, workspace: { ...workspace, compared } };
}
