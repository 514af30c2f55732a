import { ActionIcon } from '@mantine/core';
import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ChartRow } from '../../../preload/contract/chart-query';
import { extentOf } from '../../../preload/contract/extent';
import { columnTitle } from '../../charts/format';
import { POINTED, ScatterChart } from '../../charts/scatter-option';
import type { CardOf } from '../../../preload/contract/cards';
import { cardControl } from '../../state/controls';
import { useExplore } from '../../state/explore-store';
import { cardQuery } from '../../state/card-query';
import { useChartTheme } from '../../state/use-chart-theme';
import { BoxIcon, LassoIcon } from '../icons';
import { AreaBrush, type AreaTool } from './AreaBrush';
import { roundedTo } from './brush-drag';
import type { CardProps } from './card-props';
import { FramedChart } from './FramedChart';
import { leftOutDots } from './left-out';
import { isBox, type Outline, type Point } from './outline';
import { usePoints } from './use-points';

/** After the first chart the others are drawn for about so long. */
const AT_REST_MS = 500;

/** Two number columns against each other, chosen by a box or a lasso. */
export function ScatterCard({ card, ...actions }: CardProps<CardOf<'density'>>) {
  const { x, y, color, log } = card;
  const query = useMemo(() => cardQuery(card), [card]);
  const data = usePoints(cardControl(card), query);
  const theme = useChartTheme();
  const [tool, setTool] = useState<AreaTool>('box');
  const open = useExplore((state) => state.open);
  const { whole, selected, own, kept } = data;
  const scale = useMemo(() => axes(whole ?? [], log), [whole, log]);
  const drawn = useMemo(
    () => new ScatterChart({ x, y, color, log }, whole ?? [], scale, theme),
    [x, y, color, log, whole, scale, theme],
  );
  const latest = useRef({ drawn, selected });
  latest.current = { drawn, selected };
  // The page's first chart is drawn sooner without what a pointer or a filter will need.
  const [isFirst, setIsFirst] = useState(true);
  useEffect(() => {
    const rest = setTimeout(() => setIsFirst(false), AT_REST_MS);
    return () => clearTimeout(rest);
  }, []);
  const bare = isFirst && selected?.length === whole?.length;
  const ghost = useMemo(
    () => drawn.ghost(() => latest.current.selected ?? [], { bare }),
    [drawn, bare],
  );
  const full = useMemo(
    () => (drawn.hasMarks ? null : drawn.picture(selected ?? [], kept)),
    [drawn, selected, kept],
  );
  const marks = useMemo(
    () => (drawn.hasMarks ? drawn.marks(selected ?? [], kept) : undefined),
    [drawn, selected, kept],
  );

  const outlines = own?.kind === 'area' ? own.outlines.map((each) => each.map(scale.toShare)) : [];
  const change = (next: Outline[], amend: boolean) => {
    const drawn = next.map((outline) => {
      const corners = outline.map(scale.toData);
      return isBox(outline) ? corners.map(scale.rounded) : corners;
    });
    data.select(drawn.length === 0 ? null : { kind: 'area', x, y, log, outlines: drawn }, amend);
  };
  return (
    <FramedChart
      card={card}
      data={data}
      option={whole === null || selected === null ? null : (full ?? ghost)}
      marks={marks}
      picture={(theme) =>
        new ScatterChart({ x, y, color, log }, whole ?? [], scale, theme).picture(
          selected ?? [],
          kept,
        )
      }
      leftOut={selected === null ? null : leftOutDots(card, data.counted, selected)}
      label={`${columnTitle(y)} against ${columnTitle(x)}, one dot a Pokémon`}
      {...actions}
      // Before the pointer's own event goes on to the chart.
      onPointed={() => {
        if (isFirst) flushSync(() => setIsFirst(false));
      }}
      onReady={(created) => {
        created.on('click', (event) => {
          if (event.seriesId !== POINTED) return;
          const { drawn, selected } = latest.current;
          const row = drawn.rowAt(event.dataIndex, selected ?? []);
          if (row !== null) open(String(row['id']));
        });
      }}
      legend={
        drawn.typesInWords.length > 0 && (
          <p className="card-legend">
            {drawn.typesInWords.map(({ label, color }) => (
              <span key={label} style={{ '--of': color } as CSSProperties}>
                {label}
              </span>
            ))}
          </p>
        )
      }
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
        top={drawn.top}
        middle={() => drawn.middle(selected ?? [])}
        onChange={change}
      />
    </FramedChart>
  );
}

/** The axes' ends over the whole data, a little wider, so that they stay still under filters. */
function axes(rows: readonly ChartRow[], log: boolean) {
  const of = (key: 'x' | 'y') => {
    const values = rows.map((row) => Number(row[key])).filter((value) => !log || value > 0);
    const [low, high] = extentOf(values) ?? [1, 10];
    if (log) return [low * 0.85, high * 1.18] as const;
    // A column of one value: whole numbers around it, not hundredths that it never has.
    const pad = high === low ? 1.5 : (high - low) * 0.04;
    return [low - pad, high + pad] as const;
  };
  const x = of('x');
  const y = of('y');
  const share = ([low, high]: readonly [number, number], value: number) =>
    log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  const value = ([low, high]: readonly [number, number], part: number) =>
    log ? low * (high / low) ** part : low + part * (high - low);
  const rounded = ([low, high]: readonly [number, number], value: number) =>
    log ? Number(value.toPrecision(4)) : roundedTo((high - low) / 2000, value);
  return {
    x,
    y,
    toShare: ([px, py]: readonly [number, number]): Point => [share(x, px), 1 - share(y, py)],
    toData: ([px, py]: Point): [number, number] => [value(x, px), value(y, 1 - py)],
    /** As round as nobody sees: what a chip says of a box is just what filters. */
    rounded: ([px, py]: readonly [number, number]): [number, number] => [
      rounded(x, px),
      rounded(y, py),
    ],
  };
}
