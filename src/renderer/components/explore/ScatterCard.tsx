import { ActionIcon } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { ChartRow } from '../../../preload/contract/chart-query';
import type { EChartsType } from '../../charts/echarts';
import { columnTitle } from '../../charts/format';
import { scatterOption } from '../../charts/scatter-option';
import type { Card } from '../../state/cards';
import { useExplore } from '../../state/explore-store';
import { cardQuery } from '../../state/card-query';
import { useChartTheme } from '../../state/use-chart-theme';
import { BoxIcon, LassoIcon } from '../icons';
import { AreaBrush, type AreaTool } from './AreaBrush';
import type { CardProps } from './ChartCard';
import { FramedChart } from './FramedChart';
import type { Outline, Point } from './outline';
import { usePoints } from './use-points';

/** Two number columns against each other, chosen by a box or a lasso. */
export function ScatterCard({ card, ...actions }: CardProps<Extract<Card, { kind: 'scatter' }>>) {
  const { x, y, color, log } = card;
  const query = useMemo(() => cardQuery(card), [card]);
  const data = usePoints(card.id, query);
  const theme = useChartTheme();
  const [tool, setTool] = useState<AreaTool>('box');
  const chart = useRef<EChartsType | null>(null);
  const open = useExplore((state) => state.open);
  const { whole, selected, own, kept } = data;
  const scale = useMemo(() => axes(whole ?? [], log), [whole, log]);
  const drawn = useMemo(() => {
    if (whole === null || selected === null) return null;
    const made = scatterOption({ x, y, color, log }, whole, selected, kept, theme);
    return { ...made, option: { ...made.option, ...domains(scale, made.option) } };
  }, [x, y, color, log, whole, selected, kept, theme, scale]);
  const rowAt = useRef(drawn?.rowAt);
  rowAt.current = drawn?.rowAt;

  const outlines =
    own?.kind === 'lasso'
      ? [own.points, ...(own.more ?? [])].map((points) => points.map(scale.toShare))
      : [];
  const change = (next: Outline[], amend: boolean) => {
    const [points, ...more] = next.map((outline) => outline.map(scale.toData));
    if (points === undefined) return data.select(null, amend);
    data.select(
      { kind: 'lasso', x, y, log, points, ...(more.length === 0 ? {} : { more }) },
      amend,
    );
  };
  return (
    <FramedChart
      card={card}
      data={data}
      option={drawn?.option ?? null}
      label={`${columnTitle(y)} against ${columnTitle(x)}, one dot a Pokémon`}
      {...actions}
      onReady={(created) => {
        chart.current = created;
        created.on('click', (event) => {
          const row = rowAt.current?.(event.seriesId ?? '', event.dataIndex) ?? null;
          if (row !== null) open(Number(row['id']));
        });
      }}
      tools={
        <>
          {(['box', 'lasso'] as const).map((kind) => (
            <ActionIcon
              key={kind}
              variant={tool === kind ? 'light' : 'subtle'}
              color={tool === kind ? 'blue' : 'gray'}
              aria-pressed={tool === kind}
              aria-label={kind === 'box' ? 'Choose by box' : 'Choose by lasso'}
              onClick={() => setTool(kind)}
            >
              {kind === 'box' ? <BoxIcon /> : <LassoIcon />}
            </ActionIcon>
          ))}
        </>
      }
    >
      <AreaBrush
        label={card.title}
        tool={tool}
        outlines={outlines}
        top={drawn?.top ?? 12}
        onChange={change}
      />
    </FramedChart>
  );
}

/** The axes' ends over the whole data, a little wider, so that they stay still under filters. */
function axes(rows: readonly ChartRow[], log: boolean) {
  const of = (key: 'x' | 'y') => {
    const values = rows.map((row) => Number(row[key])).filter((value) => !log || value > 0);
    const low = values.length === 0 ? 1 : Math.min(...values);
    const high = values.length === 0 ? 10 : Math.max(...values);
    if (log) return [low * 0.85, high * 1.18] as const;
    const pad = (high - low || 1) * 0.04;
    return [low - pad, high + pad] as const;
  };
  const x = of('x');
  const y = of('y');
  const share = ([low, high]: readonly [number, number], value: number) =>
    log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  const value = ([low, high]: readonly [number, number], part: number) =>
    log ? low * (high / low) ** part : low + part * (high - low);
  return {
    x,
    y,
    toShare: ([px, py]: readonly [number, number]): Point => [share(x, px), 1 - share(y, py)],
    toData: ([px, py]: Point): [number, number] => [value(x, px), value(y, 1 - py)],
  };
}

function domains(
  { x, y }: { x: readonly [number, number]; y: readonly [number, number] },
  option: Record<string, unknown>,
): Record<string, unknown> {
  return {
    xAxis: { ...(option['xAxis'] as object), min: x[0], max: x[1] },
    yAxis: { ...(option['yAxis'] as object), min: y[0], max: y[1] },
  };
}
