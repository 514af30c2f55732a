import { Button } from '@mantine/core';
import type { Scalar } from '../../../preload/contract/descriptor';
import { useApp } from '../../state/app-store';
import { choiceControl } from '../../state/controls';
import { publishedKey } from '../../state/described';
import { useExplore } from '../../state/explore-store';
import { useNoun } from '../../state/noun';
import { countedNoun } from '../../words/noun';
import { formatNumber } from '../../words/numbers';
import { showPublished } from '../open/show-dataset';
import type { RowChange } from './group-changes';
import styles from './changes.module.css';

/** Leads to the rows that are listed, in the data as they are now; those that left are gone from them. */
export function ShownRows({ groups }: { groups: readonly RowChange[] }) {
  const noun = useNoun();
  const ids = [...new Set(groups.flatMap(({ id, change }) => (change === 'delete' ? [] : [id])))];
  const gone = groups.filter(({ change }) => change === 'delete').length;
  const key = publishedKey();
  return (
    <>
      {ids.length > 0 && key !== null && (
        <Button size="xs" variant="default" onClick={() => showRows(key, ids)}>
          Show {ids.length === 1 ? 'it' : `these ${formatNumber(ids.length)}`} in Explore
        </Button>
      )}
      {gone > 0 && (
        <span className={styles.quiet}>
          {countedNoun(noun, gone)} {gone === 1 ? 'is' : 'are'} gone from the data
        </span>
      )}
    </>
  );
}

/** A filter alone: what was filtered before might hide them. It is one step, which Undo takes back. */
function showRows(key: string, ids: readonly Scalar[]): void {
  showPublished();
  const filter = {
    kind: 'one-of' as const,
    columns: [key],
    values: [...ids],
    match: 'any' as const,
  };
  useExplore.getState().setSelections([{ source: choiceControl([key]), filter }]);
  useApp.getState().show('explore');
}
