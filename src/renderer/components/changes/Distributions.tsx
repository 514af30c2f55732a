import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { highestOf } from '../../../preload/contract/extent';
import { histogramGhost, histogramMarks } from '../../cards/histogram/histogram-option';
import { columnTitle } from '../../state/column-words';
import { useNoun } from '../../state/noun';
import { useChartTheme } from '../../state/use-chart-theme';
import { countedNoun } from '../../words/noun';
import { EChart } from '../EChart';
import { beforeAndAfter, changedNumbers } from './before-after-bins';
import type { RowChange } from './group-changes';
import styles from './changes.module.css';

interface Props {
  groups: readonly RowChange[];
  /** The version before that of the changes. */
  before: number;
}

/** A changed number before, as an outline, over after, filled; of the rows that are listed. */
export function Distributions({ groups, before: version }: Props) {
  const noun = useNoun();
  const theme = useChartTheme();
  const numbers = useMemo(() => changedNumbers(groups), [groups]);
  const [wanted, setWanted] = useState<string | null>(null);
  const column = numbers.find(([name]) => name === wanted)?.[0] ?? numbers[0]?.[0] ?? null;
  const bins = useMemo(
    () => (column === null ? null : beforeAndAfter(groups, column)),
    [groups, column],
  );
  const drawn = useMemo(() => {
    if (column === null || bins === null) return null;
    const { before, after, rows } = bins;
    const label = `${columnTitle(column)} of ${countedNoun(noun, rows)} before and after they changed`;
    const compared = { version, bins: before };
    const most = highestOf(
      [...before, ...after].map(({ n }) => n),
      1,
    );
    return {
      label,
      option: {
        ...histogramGhost(column, after, () => after, theme, most, compared),
        aria: { enabled: true, label: { description: label } },
      },
      marks: histogramMarks(after, null, theme, compared),
    };
  }, [bins, column, noun, theme, version]);
  if (column === null || bins === null || drawn === null) return null;
  return (
    <figure className={styles.distribution}>
      <figcaption>
        <NativeSelect
          size="xs"
          aria-label="Distribution of"
          value={column}
          onChange={(event) => setWanted(event.currentTarget.value)}
          data={numbers.map(([name, n]) => ({ value: name, label: `${columnTitle(name)} (${n})` }))}
        />
        <span className={styles.quiet}>
          <span className={styles.beforeKey} /> before <span className={styles.afterKey} /> after
        </span>
      </figcaption>
      <EChart option={drawn.option} marks={drawn.marks} height={170} label={drawn.label} />
    </figure>
  );
}
