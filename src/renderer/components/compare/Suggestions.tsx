import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { DatasetDescriptor } from '../../../preload/contract/descriptor';
import { MOST_COMPARED } from '../../../preload/contract/settings';
import { namingColumns, rowsOf, titleOfRow } from '../../row/row';
import { RowImage } from '../../row/RowImage';
import { rowParts } from '../../row/row-parts';
import { useAsked } from '../../state/answers';
import { useExplore } from '../../state/explore-store';
import { withinSentence } from '../../words/column-words';
import classes from './CompareScreen.module.css';

/**
 * Where nothing is compared yet: the selection's highest by what sums them up, or else the table's
 * first, to begin with.
 */
export function Suggestions({ described }: { described: DatasetDescriptor }) {
  const selections = useExplore((state) => state.selections);
  const sort = useExplore((state) => state.sort);
  const toggleCompared = useExplore((state) => state.toggleCompared);
  const total = useMemo(() => rowParts(described, []).total, [described]);
  const question = useMemo(() => {
    const highest = total === null ? null : [{ column: total.name, direction: 'desc' as const }];
    return {
      kind: 'rows' as const,
      columns: namingColumns(described),
      sort: highest ?? [...sort],
      from: 0,
      count: MOST_COMPARED,
    };
  }, [described, total, sort]);
  const { value } = useAsked(question, 'all');
  const rows = value === undefined ? [] : rowsOf(value);
  const which = total === null ? 'first rows' : `highest ${withinSentence(total.label)}s`;
  return (
    <div className={classes['empty']}>
      <p>
        Nothing to compare yet. Add a {described.noun.one} above, or press Space on a row of the
        table.
      </p>
      {rows.length > 0 && (
        <>
          <p>
            The {which}
            {selections.length > 0 && ' of your selection'}, to begin with:
          </p>
          <div className={classes['suggestions']}>
            {rows.map((row) => (
              <Button
                key={row.id}
                variant="default"
                h={64}
                leftSection={
                  described.row.image === null ? null : (
                    <RowImage described={described} row={row} size={48} />
                  )
                }
                onClick={() => toggleCompared(row.id)}
              >
                {titleOfRow(described, row)}
              </Button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
