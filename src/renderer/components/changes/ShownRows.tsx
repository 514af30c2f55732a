import { Button } from '@mantine/core';
import { publishedKey } from '../../state/described';
import { useNoun } from '../../state/noun';
import { countedNoun } from '../../words/noun';
import { formatNumber } from '../../words/numbers';
import { showRows } from '../open/show-rows';
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
