import { useMemo } from 'react';
import type { GeneralisedColumn } from '../../../preload/contract/risk';
import { type PlacedBar, placeBars } from './bar-places';
import styles from './privacy.module.css';

/** A column as it is, pale, and over it what would be given away of it. */
export function BeforeAfter({ bars }: { bars: NonNullable<GeneralisedColumn['bars']> }) {
  const { slots, highest, before, after } = useMemo(
    () => placeBars(bars.before, bars.after),
    [bars],
  );
  const drawn = (bar: PlacedBar, at: number, of: 'before' | 'after') => (
    <rect
      key={`${of}${at}`}
      data-of={of}
      x={bar.x + 0.04}
      width={Math.max(0.02, bar.width - 0.08)}
      y={1 - bar.height / highest}
      height={bar.height / highest}
    />
  );
  return (
    <svg
      className={styles.beforeAfter}
      viewBox={`0 0 ${slots} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {before.map((bar, at) => drawn(bar, at, 'before'))}
      {after.map((bar, at) => drawn(bar, at, 'after'))}
    </svg>
  );
}
