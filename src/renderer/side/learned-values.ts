import { useEffect } from 'react';
import type { FilterOf } from '../../preload/contract/filters';
import { sayFailed } from '../components/help/notices';
import { isListColumn } from '../state/column-words';
import { useApp } from '../state/app-store';
import { knownValues, useKnownValues } from '../state/known-values';
import { askOne } from '../state/query-batch';

type Choice = FilterOf<'one-of'>;

/** Whether a choice can be turned round: its column has one value per row. */
export function canBeTurned({ columns }: Choice): boolean {
  const [column, ...others] = columns;
  return column !== undefined && others.length === 0 && !isListColumn(column);
}

const MOST = 200;

useApp.subscribe(({ dataset }, before) => {
  if (dataset?.version !== before.dataset?.version) useKnownValues.setState({ values: {} });
});

/** Asks for all values of a column where they are not known. Rejects as the question does. */
async function learnValues(column: string): Promise<void> {
  if (knownValues(column) !== undefined) return;
  const version = useApp.getState().dataset?.version;
  const { values, others } = await askOne({ kind: 'counts', columns: [column], most: MOST }, []);
  if (useApp.getState().dataset?.version !== version) return;
  const all = others > 0 ? null : values.map(({ value }) => value);
  useKnownValues.setState((known) => ({ values: { ...known.values, [column]: all } }));
}

/** Keeps the values of a column known for a choice whose words may need them; null for none. */
export function useLearnedValues(column: string | null): void {
  const version = useApp((state) => state.dataset?.version);
  // Drawn again once they are known.
  useKnownValues();
  useEffect(() => {
    if (column !== null) learnValues(column).catch(sayFailed);
  }, [column, version]);
}
