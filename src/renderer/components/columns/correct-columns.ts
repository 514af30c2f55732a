import {
  type ColumnCorrection,
  type ColumnCorrections,
  withCorrection,
} from '../../../preload/contract/column-corrections';
import { call } from '../../bridge';
import { columnLabel } from '../../state/column-words';
import { askedKey, takeCorrected, useDescribed } from '../../state/described';
import { sayFailed, sayUndoable } from '../help/notices';

/** Says what was corrected, with the way back. Rejects where main refuses. */
async function correct(columns: ColumnCorrections, words: string): Promise<void> {
  const before = useDescribed.getState().columns;
  const dataset = askedKey();
  const of = dataset === undefined ? {} : { dataset };
  takeCorrected(await call('columns.correct', { ...of, columns }));
  sayUndoable(words, () => {
    call('columns.correct', { ...of, columns: before })
      .then(takeCorrected)
      .catch(sayFailed);
  });
}

export function correctColumn(correction: ColumnCorrection): Promise<void> {
  const { columns } = useDescribed.getState();
  const label = correction.label ?? columnLabel(correction.name);
  const isTakenBack = Object.keys(correction).length === 1;
  return correct(
    withCorrection(columns, correction),
    isTakenBack ? `‘${label}’ is as the app sees it` : `Corrected ‘${label}’`,
  );
}

/** Another place in the side bar for an entry, by so many lines; nothing beyond its ends. */
export async function moveEntry(
  entries: readonly { id: string; label: string }[],
  id: string,
  by: number,
): Promise<void> {
  const ids = entries.map((entry) => entry.id);
  const from = ids.indexOf(id);
  const to = from + by;
  if (from === -1 || to < 0 || to >= ids.length) return;
  ids.splice(from, 1);
  ids.splice(to, 0, id);
  const { columns } = useDescribed.getState();
  const label = entries[from]?.label ?? id;
  const { activeElement } = document;
  try {
    await correct({ ...columns, order: ids }, `Moved ‘${label}’`);
    // An element that is moved on the page loses the focus.
    requestAnimationFrame(() => {
      if (activeElement instanceof HTMLElement && document.activeElement === document.body)
        activeElement.focus();
    });
  } catch (error) {
    sayFailed(error);
  }
}

/** The side bar in the app's own order. */
export async function clearOrder(): Promise<void> {
  const columns = { ...useDescribed.getState().columns };
  delete columns.order;
  try {
    await correct(columns, 'The columns stand in their own order');
  } catch (error) {
    sayFailed(error);
  }
}
