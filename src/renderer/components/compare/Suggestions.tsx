import { Button } from '@mantine/core';
import { MOST_COMPARED } from '../../../preload/contract/settings';
import { useExplore } from '../../state/explore-store';
import { filtersFor } from '../../state/selections';
import { useRows } from '../../state/use-rows';
import { typesOf } from '../detail/stat-values';
import { Sprite } from '../table/Sprite';
import classes from './CompareScreen.module.css';

const STRONGEST = {
  kind: 'rows',
  offset: 0,
  limit: MOST_COMPARED,
  sort: [{ column: 'stat_total', direction: 'desc' }],
} as const;

/** Where nothing is compared yet: the selection's highest stat totals, to begin with. */
export function Suggestions() {
  const selections = useExplore((state) => state.selections);
  const toggleCompared = useExplore((state) => state.toggleCompared);
  const { rows } = useRows(
    { ...STRONGEST, sort: [...STRONGEST.sort] },
    filtersFor(selections, null),
  );
  return (
    <div className={classes['empty']}>
      <p>Nothing to compare yet. Add a Pokémon above, or press Space on a row of the table.</p>
      {rows !== null && rows.length > 0 && (
        <>
          <p>
            {selections.length > 0
              ? 'The highest stat totals of your selection'
              : 'The highest stat totals'}
            , to begin with:
          </p>
          <div className={classes['suggestions']}>
            {rows.map((row) => {
              const id = Number(row['id']);
              return (
                <Button
                  key={id}
                  variant="default"
                  h={64}
                  leftSection={<Sprite id={id} types={typesOf(row)} size={48} />}
                  onClick={() => toggleCompared(id)}
                >
                  {String(row['name'])}
                </Button>
              );
            })}
          </div>
        </>
      )}
    </div>
  );
}
