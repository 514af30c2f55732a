import { SegmentedControl, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { columnTitle } from '../../state/column-words';
import { useNoun } from '../../state/noun';
import { toggled } from '../../state/toggled';
import { countedOf } from '../../words/noun';
import { formatNumber } from '../../words/numbers';
import { AlikeList } from './AlikeList';
import { countFields, newsOf, ofFields, summaryOf } from './change-news';
import { ChangeList } from './ChangeList';
import { Distributions } from './Distributions';
import { ShownRows } from './ShownRows';
import {
  type ChangeKind,
  countKinds,
  filterChanges,
  KIND_WORDS,
  type RowChange,
} from './group-changes';
import styles from './changes.module.css';

const KINDS: readonly ChangeKind[] = ['insert', 'update', 'delete'];

interface Props {
  groups: readonly RowChange[];
  /** The version that they are changes of. */
  before: number;
}

/** Changes as news and as a list, by kind, field and name. */
export function FilteredChanges({ groups, before }: Props) {
  const noun = useNoun();
  const [kind, setKind] = useState<ChangeKind | null>(null);
  const [columns, setColumns] = useState<readonly string[]>([]);
  const [text, setText] = useState('');
  const counts = countKinds(groups);
  const fields = useMemo(() => countFields(groups), [groups]);
  const shown = useMemo(
    () => ofFields(filterChanges(groups, kind, text), columns),
    [groups, kind, columns, text],
  );
  const { alike, single } = useMemo(() => newsOf(shown), [shown]);
  return (
    <section className={styles.changes} aria-label="Changes of the version">
      <p className={styles.summary}>{summaryOf(groups)}</p>
      <div className={styles.tools}>
        <SegmentedControl
          size="xs"
          aria-label="Kind of change"
          value={kind ?? 'all'}
          onChange={(value) => setKind(KINDS.find((known) => known === value) ?? null)}
          data={[
            { value: 'all', label: `All ${formatNumber(groups.length)}` },
            ...KINDS.map((known) => ({
              value: known,
              label: `${KIND_WORDS[known]} ${formatNumber(counts[known])}`,
              disabled: counts[known] === 0,
            })),
          ]}
        />
        <TextInput
          size="xs"
          placeholder="Name or number"
          aria-label={`Find a ${noun.one} among the changes`}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span className={styles.quiet} role="status">
          {countedOf(noun, shown.length, groups.length)}
        </span>
        <ShownRows groups={shown} />
      </div>
      {fields.length > 1 && (
        <div className={styles.fields} role="group" aria-label="Changed fields">
          {fields.map(([column, n]) => (
            <button
              key={column}
              type="button"
              className={styles.fieldChip}
              aria-pressed={columns.includes(column)}
              onClick={() => setColumns(toggled(columns, column))}
            >
              {columnTitle(column)} <b>{formatNumber(n)}</b>
            </button>
          ))}
        </div>
      )}
      <div className={styles.overview}>
        <AlikeList changes={alike} />
        <Distributions groups={shown} before={before} />
      </div>
      {shown.length === 0 ? (
        <p className={styles.empty}>No change matches; choose “All”, another field or name.</p>
      ) : (
        single.length > 0 && <ChangeList groups={single} />
      )}
    </section>
  );
}
