import { create } from 'zustand';
import type { Settings } from '../../../preload/contract/settings';
import type { SourceKind } from '../../../preload/contract/source-kinds';
import { sameJson } from '../../../preload/contract/merge-changes';

/** What the settings' form changes; the rest (theme, workspace) goes its own way. */
export type DataChoice = Pick<Settings, 'source' | 'concurrency' | 'games' | 'sprites'>;

interface Draft {
  /** Only the fields that were changed; the others show what is kept, whoever changes it. */
  edits: Partial<DataChoice>;
  /** What was typed and is set aside while another choice hides its field. */
  sources: Partial<Record<SourceKind, string>>;
  games: readonly string[] | null;
}

const NOTHING: Draft = { edits: {}, sources: {}, games: null };

/** What is typed but not saved: outlives the screen, so that a look at another one loses nothing. */
export const useSettingsDraft = create<Draft>(() => NOTHING);

/** A field put back to what is kept is not an edit any more. */
export function editSettings(part: Partial<DataChoice>, kept: DataChoice): void {
  useSettingsDraft.setState(({ edits }) => ({ edits: editsBeyond(kept, { ...edits, ...part }) }));
}

export function discardEdits(): void {
  useSettingsDraft.setState(NOTHING);
}

/** What was saved is not an edit any more, unless it was changed again meanwhile. */
export function dropSaved(saved: Partial<DataChoice>): void {
  useSettingsDraft.setState(({ edits }) => ({
    edits: Object.fromEntries(
      Object.entries(edits).filter(
        ([name, value]) => !sameJson(value, saved[name as keyof DataChoice]),
      ),
    ),
  }));
}

function editsBeyond(kept: DataChoice, edits: Partial<DataChoice>): Partial<DataChoice> {
  return Object.fromEntries(
    Object.entries(edits).filter(
      ([name, value]) => !sameJson(value, kept[name as keyof DataChoice]),
    ),
  );
}
