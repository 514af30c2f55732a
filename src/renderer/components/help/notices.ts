import { create } from 'zustand';
import { AppError } from '../../../preload/contract/errors';
import { toldText } from '../../../preload/contract/printable';
import type { Trouble } from '../../../preload/contract/settings';

export interface Notice {
  key: number;
  tone: 'done' | 'failed';
  text: string;
  /** The next step. */
  hint: string | null;
  /** How many times in a row the same was said. */
  times: number;
  /** Takes back what was done; null where there is nothing to take back. */
  undo: (() => void) | null;
}

/** What has just happened; failures stay until they are put away. */
export const useNotices = create<{ notices: readonly Notice[] }>(() => ({ notices: [] }));

/** Of each kind: failures, what can be taken back, what was done. */
const MOST_SHOWN = { failed: 3, undo: 3, done: 1 };
let lastKey = 0;

type Kind = keyof typeof MOST_SHOWN;

function kindOf({ tone, undo }: Pick<Notice, 'tone' | 'undo'>): Kind {
  if (tone === 'failed') return 'failed';
  return undo === null ? 'done' : 'undo';
}

/** What is said again moves to the end and is counted; of each kind the newest few stay. */
function add(given: Omit<Notice, 'key' | 'times'>): number {
  const hint = given.hint === null ? null : toldText(given.hint);
  const notice = { ...given, text: toldText(given.text), hint };
  let key = 0;
  useNotices.setState(({ notices }) => {
    const isAgain = (other: Notice) =>
      other.tone === 'failed' &&
      notice.tone === other.tone &&
      notice.text === other.text &&
      hint === other.hint;
    const again = notices.find(isAgain);
    lastKey += again === undefined ? 1 : 0;
    key = again?.key ?? lastKey;
    const added: Notice = {
      ...notice,
      key,
      times: (again?.times ?? 0) + 1,
    };
    const kind = kindOf(added);
    const all = [...notices.filter((other) => other !== again), added];
    const ofKind = all.filter((other) => kindOf(other) === kind);
    const tooMany = ofKind.slice(0, Math.max(0, ofKind.length - MOST_SHOWN[kind]));
    return { notices: all.filter((other) => !tooMany.includes(other)) };
  });
  return key;
}

/** Null where nothing was done, so that nothing is said. */
export function sayDone(text: string | null): void {
  if (text === null) return;
  add({ tone: 'done', text, hint: null, undo: null });
}

/** Says what was taken away and offers to bring it back; returns the message's key. */
export function sayUndoable(text: string, undo: () => void): number {
  return add({ tone: 'done', text, hint: null, undo });
}

/** Says what failed and what to do next; a cancel is not a failure and is passed over. */
export function sayFailed(error: unknown): void {
  const shown = toAppError(error);
  if (shown.code === 'cancelled') return;
  add({ tone: 'failed', text: shown.message, hint: shown.hint ?? null, undo: null });
}

/** Brings back what a message offers to, and puts the message away. */
export function takeUndo(key: number): void {
  const notice = useNotices.getState().notices.find((other) => other.key === key);
  dismissNotice(key);
  notice?.undo?.();
}

/** Says what of a kept file could not be used. */
export function sayTrouble({ message, hint }: Trouble): void {
  add({ tone: 'failed', text: message, hint, undo: null });
}

export function dismissNotice(key: number): void {
  useNotices.setState(({ notices }) => ({
    notices: notices.filter((notice) => notice.key !== key),
  }));
}

export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('internal', 'Something in the app itself failed.', {
    hint: 'Try again; the data published before is intact.',
    cause: error,
  });
}
