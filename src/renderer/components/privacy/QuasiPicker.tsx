import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { MOST_QUASI, type Risk } from '../../../preload/contract/risk';
import { columnTitle } from '../../state/column-words';
import { chooseQuasi } from '../../state/risk';
import { useNoun } from '../../state/noun';
import { counted } from '../../words/counts';
import { formatShare } from '../../words/numbers';
import { ShareBar } from './ShareBar';
import styles from './privacy.module.css';

/** Beyond this a search stands above the list, which shows the first ones. */
const MANY = 24;

interface Props {
  risk: Risk;
  chosen: readonly string[];
}

/** What somebody may know of a subject: columns with how much each one, and two together, single out. */
export function QuasiPicker({ risk, chosen }: Props) {
  const [wanted, setWanted] = useState('');
  const noun = useNoun();
  const { candidates, figures, left_out } = risk;
  const among = candidates.filter(({ column }) => isNamed(column, wanted));
  const shown = among.slice(0, MANY);
  const isFull = chosen.length >= MOST_QUASI;
  const toggle = (column: string) =>
    chooseQuasi(
      chosen.includes(column) ? chosen.filter((other) => other !== column) : [...chosen, column],
    );
  return (
    <section className={styles.picker} aria-labelledby="quasi-title">
      <div className={styles.partHead}>
        <h2 id="quasi-title">What somebody may know</h2>
        {!(risk.proposed && chosen.length > 0) && (
          <Button size="compact-xs" variant="default" onClick={() => chooseQuasi(null)}>
            Propose
          </Button>
        )}
      </div>
      <p className={styles.quiet}>
        {risk.proposed && chosen.length > 0 ? 'Proposed by the app.' : 'Chosen by you.'} A bar is
        the share of {noun.many} that a column singles out by itself.
      </p>
      {candidates.length > MANY && (
        <TextInput
          size="xs"
          type="search"
          aria-label="Search columns"
          placeholder={`Search ${counted(candidates.length, 'column')}`}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      <ul className={styles.candidates}>
        {shown.map(({ column, unique_rows, distinct }) => (
          <li key={column}>
            <Checkbox
              size="xs"
              label={columnTitle(column)}
              checked={chosen.includes(column)}
              disabled={isFull && !chosen.includes(column)}
              onChange={() => toggle(column)}
              aria-description={`${counted(distinct, 'different value')}, ${formatShare(unique_rows, figures.rows)} singled out`}
            />
            <ShareBar part={unique_rows / figures.rows} tone="exposed" />
            <span className={styles.figureText} title={counted(distinct, 'different value')}>
              {formatShare(unique_rows, figures.rows)}
            </span>
          </li>
        ))}
      </ul>
      {among.length > shown.length && (
        <p className={styles.quiet}>{counted(among.length - shown.length, 'more column')}</p>
      )}
      {left_out.length > 0 && (
        <p className={styles.quiet}>
          Not counted, because {left_out.length === 1 ? 'it names' : 'they name'} a subject
          outright: {left_out.map(columnTitle).join(', ')}.
        </p>
      )}
    </section>
  );
}

function isNamed(column: string, wanted: string): boolean {
  const text = wanted.trim().toLowerCase();
  return `${column} ${columnTitle(column)}`.toLowerCase().includes(text);
}
