import { useEffect } from 'react';
import type { FilterOf } from '../../preload/contract/filters';
import { sayFailed } from '../components/help/notices';
import { isListColumn } from '../state/column-words';
import { useApp } from '../state/app-store';
import { knownValues, useKnownValues } from '../state/known-values';
import { useDescribed } from '../state/described';
import { shownData, useShownData } from '../state/shown-data';
import { askOne } from '../state/query-batch';

type Choice = FilterOf<'one-of'>;

/** Whether a choice can be turned round: its column has one value per row. */
export function canBeTurned({ columns }: Choice): boolean {
  const [column, ...others] = columns;
  return column !== undefined && others.length === 0 && !isListColumn(column);
}

const MOST = 200;

let knownOf = shownData();

function forgetOthers(): void {
  if (knownOf === shownData()) return;
  knownOf = shownData();
  useKnownValues.setState({ values: {} });
}
useApp.subscribe(forgetOthers);
useDescribed.subscribe(forgetOthers);

/** Asks for all values of a column where they are not known. Rejects as the question does. */
async function learnValues(column: string): Promise<void> {
  if (knownValues(column) !== undefined) return;
  const shown = shownData();
  const { values, others } = await askOne({ kind: 'counts', columns: [column], most: MOST }, []);
  if (shownData() !== shown) return;
  const all = others > 0 ? null : values.map(({ value }) => value);
  useKnownValues.setState((known) => ({ values: { ...known.values, [column]: all } }));
}

/** Keeps the values of a column known for a choice whose words may need them; null for none. */
export function useLearnedValues(column: string | null): void {
  const shown = useShownData();
  // Drawn again once they are known.
  useKnownValues();
  useEffect(() => {
    if (column !== null) learnValues(column).catch(sayFailed);
  }, [column, shown]);
}
