import { create } from 'zustand';
import { AppError } from '../../../preload/contract/errors';
import type { Trouble } from '../../../preload/contract/settings';

export interface Notice {
  key: number;
  tone: 'done' | 'failed';
  text: string;
  /** The next step. */
  hint: string | null;
}

/** What has just happened, said once; failures stay until they are put away. */
export const useNotices = create<{ notices: readonly Notice[] }>(() => ({ notices: [] }));

const MOST_SHOWN = 4;
let lastKey = 0;

/** What was done before is no news any more; failures stay beside it. */
function add(notice: Omit<Notice, 'key'>): void {
  lastKey += 1;
  const added = { ...notice, key: lastKey };
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter(({ tone }) => tone === 'failed'), added].slice(-MOST_SHOWN),
  }));
}

/** Null where nothing was done, so that nothing is said. */
export function sayDone(text: string | null): void {
  if (text === null) return;
  add({ tone: 'done', text, hint: null });
}

/** Says what failed and what to do next; a cancel is no failure and is passed over. */
export function sayFailed(error: unknown): void {
  const shown = toAppError(error);
  if (shown.code === 'cancelled') return;
  add({ tone: 'failed', text: shown.message, hint: shown.hint ?? null });
}

/** Says what of a kept file could not be used. */
export function sayTrouble({ message, hint }: Trouble): void {
  add({ tone: 'failed', text: message, hint });
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
