import { useMemo } from 'react';
import type { Answers } from '../../preload/contract/questions';
import { columnTitle, exactPlace } from '../charts/format';
import { type BinAxis, binAxis, middleOf } from '../cards/brush/bin-range';
import { holdsMoments } from '../state/column-words';
import { DAY, momentText } from '../words/moments';
import { RangeBrush } from '../cards/brush/RangeBrush';
import type { ColumnAnswer } from './use-column-answer';
import { MiniBars } from './MiniBars';

type Histogram = Answers['histogram'];

interface Props {
  column: string;
  data: ColumnAnswer<Histogram>;
}

/** A histogram to brush, over the ghost of the whole. */
export function RangeBody({ column, data }: Props) {
  const whole = useMemo(() => binsOf(data.whole), [data.whole]);
  const selected = useMemo(() => binsOf(data.selected), [data.selected]);
  const axis = binAxis(column, whole);
  const own = data.own?.kind === 'range' ? data.own : null;
  return (
    <>
      <div className="mini">
        <MiniBars
          whole={whole.map(({ n }) => n)}
          selected={selected.map(({ n }) => n)}
          before={data.before?.counts ?? null}
        />
        <RangeBrush
          label={columnTitle(column)}
          axis={axis}
          filter={own}
          middle={middleOf(selected)}
          onChange={data.select}
        />
      </div>
      <div className="mini-ends">
        {(axis.only === null ? axis.domain : [axis.only]).map((end) => (
          <span key={end}>{endWords(column, axis, end)}</span>
        ))}
      </div>
    </>
  );
}

/** Of time by its days, where the axis begins and ends with whole ones. */
function endWords(column: string, { domain }: BinAxis, end: number): string {
  const isDays = holdsMoments(column) && domain.every((each) => each % DAY === 0);
  return isDays ? momentText(end, true) : exactPlace(column, end);
}

function binsOf(histogram: Histogram | null): { x0: number; x1: number; n: number }[] {
  const { edges = [], counts = [] } = histogram ?? {};
  return counts.map((n, at) => ({ x0: edges[at] ?? 0, x1: edges[at + 1] ?? 0, n }));
}
