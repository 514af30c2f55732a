import { NativeSelect } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { cardQuestion } from '../../../preload/contract/card-questions';
import type { DatasetDescriptor } from '../../../preload/contract/descriptor';
import { isNumberColumn } from '../../../preload/contract/descriptor';
import { columnTitle, valueLabel } from '../../charts/format';
import { columnsLabel, singular } from '../../state/column-words';
import { keptIn, withToggled } from '../../state/choice';
import { choiceControl } from '../../state/controls';
import { useDescribed } from '../../state/described';
import { useExplore } from '../../state/explore-store';
import { openRow } from '../../state/open-row';
import { useChartTheme } from '../../state/use-chart-theme';
import { CategoryKeys } from '../brush/CategoryKeys';
import type { CardProps } from '../card-kind';
import { FramedChart } from '../frame/FramedChart';
import { withoutValue } from '../frame/left-out';
import { useSeenCard } from '../frame/use-card';
import { usePlotClick } from '../frame/use-plot-click';
import {
  type ComparedSpreads,
  OUTLIERS,
  outliersOf,
  spreadMarks,
  spreadOption,
  spreadPlaces,
} from './spread-option';
import { spreadTable, spreadTitle } from './spread-table';

/** A number column's spread within each value; a click chooses a value, or opens a row far off. */
export function SpreadCard({ card, ...actions }: CardProps<'spread'>) {
  const { column, by } = card;
  const question = useMemo(() => cardQuestion<'spread'>(card), [card]);
  const data = useSeenCard(card.id, choiceControl(by), question);
  const theme = useChartTheme();
  const dataset = useDescribed((state) => state.described);
  const cards = useExplore((state) => state.cards);
  const setCards = useExplore((state) => state.setCards);
  const { whole, selected, own } = data;
  const before = useMemo<ComparedSpreads | null>(
    () => data.before && { version: data.before.version, groups: data.before.answer.groups },
    [data.before],
  );
  const places = useMemo(() => spreadPlaces(selected?.groups ?? [], before), [selected, before]);
  const values = useMemo(() => places.map(({ value }) => value), [places]);
  const chosen = useMemo(() => keptIn(own, values), [own, values]);
  const option = useMemo(
    () => (selected === null ? null : spreadOption({ column, by }, places, chosen, theme, before)),
    [column, by, selected, places, chosen, theme, before],
  );
  const marks = useMemo(
    () => (before === null ? undefined : spreadMarks(places, theme)),
    [before, places, theme],
  );
  const dots = useRef(outliersOf([]));
  dots.current = useMemo(() => outliersOf(places), [places]);
  /** A click on a dot is not a click on its row of boxes. */
  const onDot = useRef(false);
  const toggle = (index: number) => {
    const value = values[index];
    if (value === undefined) return;
    data.select(withToggled(own, by, value));
  };
  const plot = usePlotClick((_x, y) => {
    const wasOnDot = onDot.current;
    onDot.current = false;
    if (!wasOnDot) toggle(values.length - 1 - y);
  });
  const choose = (next: string) =>
    setCards(
      cards.map((other) =>
        other.id === card.id ? { ...card, column: next, title: spreadTitle(next, by) } : other,
      ),
    );
  return (
    <FramedChart
      card={card}
      data={data}
      table={whole === null || selected === null ? null : spreadTable(card, selected)}
      option={option}
      marks={marks}
      picture={(theme) => ({
        option: spreadOption({ column, by }, places, chosen, theme, before),
        marks: before === null ? undefined : spreadMarks(places, theme),
      })}
      leftOut={withoutValue(selected?.leftOut ?? 0)}
      label={`${columnTitle(column)} by ${singular(columnsLabel(by)).toLowerCase()} as box plots`}
      onReady={(chart) => {
        chart.on('click', ({ seriesId, dataIndex }) => {
          const dot = seriesId === OUTLIERS ? dots.current[dataIndex] : undefined;
          if (dot === undefined) return;
          onDot.current = true;
          openRow(dot.outlier.id);
        });
        plot.onReady(chart);
      }}
      tools={
        <NativeSelect
          size="xs"
          aria-label="Number to compare"
          value={column}
          onChange={(event) => choose(event.currentTarget.value)}
          data={measuresWith(column, dataset).map((name) => ({
            value: name,
            label: columnTitle(name),
          }))}
        />
      }
      {...actions}
    >
      <CategoryKeys
        label={card.title}
        names={values.map((value) => valueLabel(by[0] ?? '', value))}
        chosen={(index) => chosen.includes(values[index] ?? null)}
        onToggle={toggle}
        onClear={() => data.select(null)}
        onHighlight={(index) =>
          plot.highlight(undefined, index === null ? null : values.length - 1 - index)
        }
      />
    </FramedChart>
  );
}

/** What can be compared; a built card may show a column that is not among the measures. */
function measuresWith(column: string, dataset: DatasetDescriptor | null): readonly string[] {
  const measures = (dataset?.columns ?? [])
    .filter((each) => isNumberColumn(each) && each.role === 'measure')
    .map(({ name }) => name);
  return measures.includes(column) ? measures : [column, ...measures];
}
