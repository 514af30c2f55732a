import { NumberInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { counted } from '../../words/counts';
import { exactNumber } from '../../charts/format';
import type { BinAxisKind } from '../../../preload/contract/questions';
import { areUneven } from '../../words/bins';
import { momentSpan } from '../../words/moments';
import { useAsked } from '../../state/answers';
import { holdsMoments } from '../../state/column-words';
import { type Bin, toBins } from './histogram-option';

const FEWEST_BINS = 2;
const MOST_BINS = 200;

/** Bins begin and end at round numbers: there are about as many as are asked for, and it says how many. */
export function BinsField(props: {
  column: string;
  bins: number;
  axis: BinAxisKind;
  onChange(bins: number): void;
}) {
  const { column, bins, axis, onChange } = props;
  // What is being typed may not be a number of bins yet: the 1 of 15.
  const [typed, setTyped] = useState<number | string>(bins);
  const question = useMemo(
    () => ({ kind: 'histogram' as const, column, bins, ...(axis === 'linear' ? {} : { axis }) }),
    [column, bins, axis],
  );
  const drawn = toBins(useAsked(question, 'none').value);
  return (
    <NumberInput
      label="Bins, about"
      description={binsInWords(column, drawn)}
      min={FEWEST_BINS}
      max={MOST_BINS}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      value={typed}
      onChange={(value) => {
        setTyped(value);
        if (isBins(Number(value))) onChange(Number(value));
      }}
      onBlur={() => {
        const wanted = typed === '' ? bins : Number(typed);
        const nearest = Math.min(MOST_BINS, Math.max(FEWEST_BINS, Math.round(wanted)));
        setTyped(nearest);
        onChange(nearest);
      }}
    />
  );
}

function isBins(value: number): boolean {
  return Number.isInteger(value) && value >= FEWEST_BINS && value <= MOST_BINS;
}

/** `11 bins of 20, so that their edges are round.` */
function binsInWords(column: string, bins: readonly Bin[]): string {
  const [first] = bins;
  if (first === undefined) return 'Their edges are round numbers.';
  if (first.x0 === first.x1) return '1 bin: all values are equal.';
  if (areUneven(bins)) return `${counted(bins.length, 'bin')}.`;
  const span = first.x1 - first.x0;
  const width = holdsMoments(column) ? momentSpan(span) : exactNumber(span);
  return `${counted(bins.length, 'bin')} of ${width}, so that their edges are round.`;
}
