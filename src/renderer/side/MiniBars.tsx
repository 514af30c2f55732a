import { highestOf } from '../../preload/contract/extent';

interface Props {
  /** Counts of the whole, from left to right. */
  whole: readonly number[];
  /** The same of what is selected; null while it is awaited. */
  selected: readonly number[] | null;
  /** The same of the version that is compared with, as outlines over it. */
  before?: readonly number[] | null;
}

/** Bars over their ghosts, as wide and tall as the place they are put in. */
export function MiniBars({ whole, selected, before = null }: Props) {
  const most = highestOf([...whole, ...(before ?? [])], 1);
  const bar = (n: number, index: number, name: string) => (
    <rect
      key={`${name}${index}`}
      className={`mini-${name}`}
      x={index + 0.06}
      width={0.88}
      y={1 - n / most}
      height={n / most}
    />
  );
  return (
    <svg
      viewBox={`0 0 ${Math.max(1, whole.length)} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {whole.map((n, index) => bar(n, index, 'whole'))}
      {(selected ?? []).map((n, index) => bar(n, index, 'selected'))}
      {(before ?? []).map((n, index) => n > 0 && bar(n, index, 'before'))}
    </svg>
  );
}
