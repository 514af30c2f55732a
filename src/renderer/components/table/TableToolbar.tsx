import { ActionIcon, Button } from '@mantine/core';
import { useAsked } from '../../state/answers';
import { columnLabel } from '../../state/column-words';
import { useExplore } from '../../state/explore-store';
import { useNoun } from '../../state/noun';
import { useSummaryQuestion } from '../../state/summary';
import { countedOf } from '../../words/noun';
import { formatNumber } from '../../words/numbers';
import { ColumnChooser } from './ColumnChooser';
import { SizeMenu } from './SizeMenu';
import { CopyIcon, DownIcon, UpIcon } from '../icons';
import type { ColumnState } from './use-column-layout';
import classes from './RowTable.module.css';

interface Props {
  selected: number;
  /** What was just done, for the eye and the screen reader. */
  message: string;
  columns: ColumnState;
  onCopy(): void;
  folded: boolean;
  onFold(): void;
}

export function TableToolbar({ selected, message, columns, ...rest }: Props) {
  const { onCopy, folded, onFold } = rest;
  // Live while a drag lasts; the rows follow when it rests.
  const { n: total = null, total: whole = null } =
    useAsked(useSummaryQuestion(), 'all').value ?? {};
  const noun = useNoun();
  const sort = useExplore((state) => state.sort);
  const setSort = useExplore((state) => state.setSort);
  return (
    <div className={classes['toolbar']}>
      <span className={classes['count']}>
        {total === null || whole === null ? 'Loading…' : countedOf(noun, total, whole)}
      </span>
      {sort.length > 0 && (
        <span className={classes['sortNote']}>
          Sorted by{' '}
          {sort
            .map(({ column, direction }) => {
              const label = columnLabel(column);
              return direction === 'desc' ? `${label} descending` : label;
            })
            .join(', then ')}
          <Button size="compact-xs" variant="subtle" onClick={() => setSort([])}>
            Clear order
          </Button>
        </span>
      )}
      <span className={classes['message']} role="status">
        {message}
      </span>
      <Button
        size="xs"
        variant="default"
        data-action="copy-table"
        leftSection={<CopyIcon />}
        disabled={total === null || total === 0}
        onClick={onCopy}
      >
        {selected > 0 ? `Copy ${formatNumber(selected)} selected` : 'Copy all'}
      </Button>
      <ColumnChooser {...columns} />
      <SizeMenu />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label="Table"
        aria-expanded={!folded}
        title={folded ? 'Show the table' : 'Fold the table away'}
        onClick={onFold}
      >
        {folded ? <UpIcon /> : <DownIcon />}
      </ActionIcon>
    </div>
  );
}
