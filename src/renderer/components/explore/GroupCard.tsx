import { useMemo } from 'react';
import type { ChartRow } from '../../../preload/contract/chart-query';
import { datasetColumn } from '../../../preload/contract/dataset';
import type { Filter } from '../../../preload/contract/filters';
import { columnTitle } from '../../charts/format';
import { groupOption } from '../../charts/group-option';
import type { Card } from '../../state/cards';
import { useChartTheme } from '../../state/use-chart-theme';
import { CategoryKeys } from './CategoryKeys';
import type { CardProps } from './ChartCard';
import { FramedChart } from './FramedChart';
import { useCard } from './use-card';
import { toggled, usePlotClick } from './use-plot-click';

/** A chart a person built: an aggregate by any column; a click chooses a bar's Pokémon. */
export function GroupCard({ card, ...actions }: CardProps<Extract<Card, { kind: 'group' }>>) {
  const { x, y, color, aggregate } = card;
  const query = useMemo(
    () => ({
      kind: 'group' as const,
      x,
      aggregate,
      bins: 20,
      ...(y === undefined ? {} : { y }),
      ...(color === undefined ? {} : { color }),
    }),
    [x, y, color, aggregate],
  );
  const data = useCard(card.id, query);
  const theme = useChartTheme();
  const { selected, own } = data;
  const drawn = useMemo(
    () => (selected === null ? null : groupOption(card, selected, theme)),
    [card, selected, theme],
  );
  const keys = [...new Set((selected ?? []).map((row) => String(row['x'])))];
  const toggle = (index: number) => {
    const row = drawn?.keyAt(index) ?? null;
    if (row !== null) data.select(nextFilter(card, own, row));
  };
  const plot = usePlotClick((index) => toggle(index));
  return (
    <FramedChart
      card={card}
      data={data}
      option={drawn?.option ?? null}
      label={`${aggregate} by ${columnTitle(x)}`}
      onReady={plot.onReady}
      {...actions}
    >
      <CategoryKeys
        label={card.title}
        names={keys}
        chosen={(index) =>
          own?.kind === 'one-of' && own.values.some((value) => String(value) === keys[index])
        }
        onToggle={toggle}
        onClear={() => data.select(null)}
        onHighlight={(index) => plot.highlight(undefined, index)}
      />
    </FramedChart>
  );
}

/** A bin sets a range, a name joins or leaves the names chosen. */
function nextFilter(
  card: Extract<Card, { kind: 'group' }>,
  own: Filter | null,
  row: ChartRow,
): Filter | null {
  const type = datasetColumn(card.x)?.type;
  if (type === 'INTEGER' || type === 'DOUBLE') {
    const min = Number(row['x']);
    const again = own?.kind === 'range' && own.min === min;
    return again ? null : { kind: 'range', column: card.x, min, max: Number(row['x1']) };
  }
  const text = row['x'] === null ? null : String(row['x']);
  const value = type === 'BOOLEAN' && text !== null ? text === 'true' : text;
  const values = toggled(own?.kind === 'one-of' ? own.values : [], value);
  return values.length === 0 ? null : { kind: 'one-of', column: card.x, values };
}
