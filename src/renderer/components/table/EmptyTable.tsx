import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { formatNumber } from '../../charts/format';
import { useExplore } from '../../state/explore-store';
import { ask } from '../../state/query-batch';
import { describeFilter } from '../../state/filter-words';
import { type Emptying, emptyingSelections } from './emptying-filters';
import classes from './PokemonTable.module.css';

/** A drag over nothing asks only once it rests. */
const REST_MS = 150;

/** Says which chip empties the table and offers to take it away. */
export function EmptyTable() {
  const selections = useExplore((state) => state.selections);
  const select = useExplore((state) => state.select);
  const clearAll = useExplore((state) => state.clearAll);
  const [emptying, setEmptying] = useState<Emptying[] | null>(null);

  useEffect(() => {
    let current = true;
    const show = (found: Emptying[]) => {
      if (current) setEmptying(found);
    };
    const timer = setTimeout(() => {
      // Without the counts the offer to clear everything still stands.
      emptyingSelections(selections, ask).then(show, () => show([]));
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      current = false;
    };
  }, [selections]);

  if (selections.length === 0) {
    return <p className={classes['empty']}>The dataset holds no Pokémon.</p>;
  }
  return (
    <div className={classes['empty']}>
      <p>No Pokémon is in all of these selections at once.</p>
      {emptying !== null && emptying.length === 0 && selections.length > 1 && (
        <p className={classes['emptyHint']}>No single one of them empties it.</p>
      )}
      <div className={classes['emptyOffers']}>
        {emptying?.map(({ selection, rows }) => (
          <Button
            key={selection.source}
            size="xs"
            variant="default"
            onClick={() => select(selection.source, null)}
          >
            Remove “{describeFilter(selection.filter)}”: {formatNumber(rows)} Pokémon
          </Button>
        ))}
        <Button size="xs" variant="subtle" onClick={clearAll}>
          Clear all selections
        </Button>
      </div>
    </div>
  );
}
