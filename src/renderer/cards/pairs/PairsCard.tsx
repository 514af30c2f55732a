import { useMemo, useRef } from 'react';
import { cardQuestion } from '../../../preload/contract/card-questions';
import type { Scalar } from '../../../preload/contract/descriptor';
import type { Answers } from '../../../preload/contract/questions';
import { columnTitle, labelWithin, valueLabel } from '../../charts/format';
import { rowsNoun } from '../../state/column-words';
import { tuplesControl } from '../../state/controls';
import { toggled } from '../../state/toggled';
import { useChartTheme } from '../../state/use-chart-theme';
import { CategoryKeys } from '../brush/CategoryKeys';
import type { CardProps } from '../card-kind';
import { FramedChart } from '../frame/FramedChart';
import { useSeenCard } from '../frame/use-card';
import { usePlotClick } from '../frame/use-plot-click';
import { type ComparedPairs, type Pair, pairKey, PairsChart, toPairCounts } from './pairs-option';
import { pairsTable } from './pairs-table';

const NO_PAIRS: Answers['pairs']['pairs'] = [];

/** Which values go together; a click chooses a pair, another one adds. */
export function PairsCard({ card, ...actions }: CardProps<'pairs'>) {
  const { x, y } = card;
  const question = useMemo(() => cardQuestion<'pairs'>(card), [card]);
  const data = useSeenCard(card.id, tuplesControl([x, y]), question);
  const theme = useChartTheme();
  const { whole, selected, own } = data;
  const pairs = whole?.pairs ?? NO_PAIRS;
  const chosen = useMemo(() => (own?.kind === 'tuples' ? own.tuples.map(pairOf) : []), [own]);
  const before = useMemo<ComparedPairs | null>(
    () => data.before && { version: data.before.version, pairs: data.before.answer.pairs },
    [data.before],
  );
  const chart = useMemo(
    () => new PairsChart({ x, y }, pairs, theme, before),
    [x, y, pairs, theme, before],
  );
  const counts = useMemo(() => toPairCounts(selected), [selected]);
  const latest = useRef(counts);
  latest.current = counts;
  const option = useMemo(() => chart.ghost(() => latest.current), [chart]);
  const marks = useMemo(() => chart.marks(counts, chosen), [chart, counts, chosen]);
  const isReady = whole !== null && selected !== null;
  const toggle = (pair: Pair | null | undefined) => {
    if (pair === null || pair === undefined) return;
    const tuples = toggled(chosen, pair, samePair).map((each): Scalar[] => [each.x, each.y]);
    data.select(tuples.length === 0 ? null : { kind: 'tuples', columns: [x, y], tuples });
  };
  const plot = usePlotClick((across, up) => {
    const pair = chart.pairAt(across, up);
    if (pair !== null && pairs.some((known) => samePair(known, pair))) toggle(pair);
  });
  return (
    <FramedChart
      card={card}
      data={data}
      table={isReady ? pairsTable(card, selected) : null}
      option={isReady ? option : null}
      marks={marks}
      picture={(theme) => {
        const onPaper = new PairsChart({ x, y }, pairs, theme, before);
        return { option: onPaper.withLegend(), marks: onPaper.marks(counts, chosen) };
      }}
      label={`Heatmap of ${labelWithin(x)} against ${labelWithin(y)}`}
      onReady={plot.onReady}
      {...actions}
      tools={
        isReady && (
          <p className="card-legend" aria-hidden="true">
            1
            <i style={{ background: `linear-gradient(90deg, ${chart.scale.colors.join(', ')})` }} />
            {chart.scale.most} or more {rowsNoun()}
          </p>
        )
      }
    >
      <CategoryKeys
        label={card.title}
        names={pairs.map((pair) => pairName(pair, { x, y }))}
        chosen={(index) => chosen.some((pair) => samePair(pair, pairs[index]))}
        onToggle={(index) => toggle(pairs[index])}
        onClear={() => data.select(null)}
        onHighlight={(index) => plot.highlight(undefined, index)}
      />
    </FramedChart>
  );
}

/** `Grass and Poison`, `Fire alone`. */
function pairName(pair: Pair, columns: { x: string; y: string }): string {
  const [x, y] = [valueLabel(columns.x, pair.x), valueLabel(columns.y, pair.y)];
  if (pair.y === null) return `${x} alone`;
  return pair.x === null ? `${y} without ${columnTitle(columns.x)}` : `${x} and ${y}`;
}

function pairOf([x = null, y = null]: readonly Scalar[]): Pair {
  return { x, y };
}

function samePair(a: Pair, b: Pair | undefined): boolean {
  return b !== undefined && pairKey(a) === pairKey(b);
}
