import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useExplore } from '../../state/explore-store';
import { describeFilter } from '../../state/filter-words';
import { useNoun } from '../../state/noun';
import { askOne } from '../../state/query-batch';
import { useLatest } from '../../state/use-latest';
import { countedNoun } from '../../words/noun';
import { emptyingSelections } from './emptying-filters';
import classes from './RowTable.module.css';

/** A drag asks nothing here until it rests. */
const REST_MS = 150;

/** Says which chip empties the table and offers to take it away. */
export function EmptyTable() {
  const selections = useExplore((state) => state.selections);
  const select = useExplore((state) => state.select);
  const clearAll = useExplore((state) => state.clearAll);
  const noun = useNoun();
  const [rested] = useDebouncedValue(selections, REST_MS);
  const asked = useLatest(JSON.stringify(rested), () => emptyingSelections(rested, askOne));
  // Without the counts the offer to clear everything still stands.
  const emptying =
    asked.isCurrent && rested === selections ? asked.value : asked.error === null ? undefined : [];

  if (selections.length === 0) {
    return <p className={classes['empty']}>The dataset holds no {noun.many}.</p>;
  }
  return (
    <div className={classes['empty']}>
      <p>No {noun.one} is in all of these selections at once.</p>
      {emptying?.length === 0 && selections.length > 1 && (
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
            Remove “{describeFilter(selection.filter)}”: {countedNoun(noun, rows)}
          </Button>
        ))}
        <Button size="xs" variant="subtle" onClick={clearAll}>
          Clear all selections
        </Button>
      </div>
    </div>
  );
}
