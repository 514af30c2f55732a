import type { Row } from '../../row/row';
import { useApp } from '../../state/app-store';
import { useDescribed } from '../../state/described';
import { askOne } from '../../state/query-batch';
import { type Latest, useLatest } from '../../state/use-latest';
import { findRows } from './find-rows';

/** The `most` likeliest rows that the typed text may mean; none for an empty text. */
export function useFoundRows(text: string, most: number): Latest<readonly Row[]> {
  const described = useDescribed((state) => state.described);
  const version = useApp((state) => state.dataset?.version ?? null);
  const wanted = text.trim();
  const isAsked = wanted !== '' && described !== null && version !== null;
  const found = useLatest<readonly Row[]>(
    isAsked ? JSON.stringify([described.key, version, wanted, most]) : null,
    () => (described === null ? Promise.resolve([]) : findRows(described, wanted, most, askOne)),
  );
  return isAsked ? found : { ...found, value: undefined };
}
