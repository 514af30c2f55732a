import { ActionIcon } from '@mantine/core';
import { type CSSProperties, useCallback, useMemo, useRef, useState } from 'react';
import { cardQuestion } from '../../../preload/contract/card-questions';
import { ramp } from '../../charts/color-scale';
import { columnTitle, formatNumber } from '../../charts/format';
import { BoxIcon, LassoIcon } from '../../components/icons';
import { useAsked } from '../../state/answers';
import { rowsNoun } from '../../state/column-words';
import { areaControl } from '../../state/controls';
import { openRow } from '../../state/open-row';
import { isInSight } from '../../state/sight';
import { useChartTheme } from '../../state/use-chart-theme';
import { AreaBrush, type AreaTool } from '../brush/AreaBrush';
import { isBox, type Outline } from '../brush/outline';
import type { CardProps } from '../card-kind';
import { FramedChart } from '../frame/FramedChart';
import { showCard } from '../order';
import { leftOutDots } from '../frame/left-out';
import { useSeenCard } from '../frame/use-card';
import { DensityChart, POINTED } from './density-option';
import { densityTable } from './density-table';
import { offersLog } from './offers-log';
import { outlineOn, plotScale } from './plot-scale';

/** Two columns against each other, chosen by a box or a lasso. */
export function DensityCard({ card, ...actions }: CardProps<'density'>) {
  const { x, y, color, log } = card;
  const question = useMemo(() => cardQuestion<'density'>(card), [card]);
  const data = useSeenCard(card.id, areaControl(card), question);
  const theme = useChartTheme();
  const [tool, setTool] = useState<AreaTool>('box');
  const { whole, selected, own } = data;
  const kept = useKept(card.id, question, own !== null);
  const before = data.before?.answer ?? null;
  const scale = useMemo(() => plotScale(whole, { x, y, log }, before), [whole, x, y, log, before]);
  const drawn = useMemo(
    () => new DensityChart({ x, y, color, log }, whole, scale, theme),
    [x, y, color, log, whole, scale, theme],
  );
  const latest = useRef({ drawn, selected });
  latest.current = { drawn, selected };
  // Cells are pointed at as the selection has them; dots are the same whatever is selected.
  const pointed = whole?.drawn === 'cells' ? selected : null;
  const option = useMemo(
    () => drawn.ghost(() => pointed ?? latest.current.selected),
    [drawn, pointed],
  );
  const marks = useMemo(
    () => (selected === null ? undefined : drawn.marks(selected, kept, before)),
    [drawn, selected, kept, before],
  );
  const outlines =
    own?.kind === 'area'
      ? own.outlines.map((each) => outlineOn(scale, each, { drawnLog: own.log, log }))
      : [];
  const change = (next: Outline[], amend: boolean) => {
    const made = next.map((outline) => {
      const corners = outline.map(scale.toData);
      return isBox(outline) ? corners.map(scale.rounded) : corners;
    });
    data.select(made.length === 0 ? null : { kind: 'area', x, y, log, outlines: made }, amend);
  };
  // A card whose author chose logarithms offers nothing else; its menu edits it.
  const [wasBent] = useState(log);
  const mayBend = useMemo(
    () => (log ? !wasBent : offersLog({ x, y }, whole)),
    [log, wasBent, x, y, whole],
  );
  const isReady = whole !== null && selected !== null;
  return (
    <FramedChart
      card={card}
      data={data}
      table={isReady ? densityTable(card, selected) : null}
      option={isReady ? option : null}
      marks={marks}
      picture={(theme) => {
        if (selected === null) return null;
        const onPaper = new DensityChart({ x, y, color, log }, whole, scale, theme);
        return {
          option: onPaper.withLegend(selected),
          marks: onPaper.marks(selected, kept, before),
        };
      }}
      leftOut={selected === null ? null : leftOutDots(card, selected)}
      label={`${columnTitle(y)} against ${columnTitle(x)}, ${selected?.drawn === 'cells' ? `counts of ${rowsNoun()}` : `one dot for each of the ${rowsNoun()}`}`}
      {...actions}
      onReady={(created) => {
        created.on('click', (event) => {
          if (event.seriesId !== POINTED) return;
          const dot = latest.current.drawn.rowAt(event.dataIndex, latest.current.selected);
          if (dot !== null) openRow(dot.id);
        });
      }}
      legend={
        drawn.palette.length > 0 && (
          <p className="card-legend">
            {drawn.palette.map(({ label, color }) => (
              <span key={label} style={{ '--of': color } as CSSProperties}>
                {label}
              </span>
            ))}
          </p>
        )
      }
      tools={
        <>
          {selected?.drawn === 'cells' && (
            <p className="card-legend" aria-hidden="true">
              1
              <i style={{ background: `linear-gradient(90deg, ${ramp(theme).join(', ')})` }} />
              {formatNumber(selected.most)} {rowsNoun()}
            </p>
          )}
          {mayBend && (
            <button
              type="button"
              className="card-clear"
              aria-pressed={log}
              title={log ? 'Back to linear axes' : 'Most rows crowd at one end: logarithmic axes'}
              onClick={() => showCard({ ...card, log: !log })}
            >
              {log ? 'Linear' : 'Log axes'}
            </button>
          )}
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
        middle={() => drawn.middle(selected)}
        onChange={change}
      />
    </FramedChart>
  );
}

/** What all selections keep, the card's own included; null where it has none. */
function useKept(
  place: string,
  question: ReturnType<typeof cardQuestion<'density'>>,
  hasOwn: boolean,
) {
  const isSeen = useCallback(() => isInSight(place), [place]);
  // Without a selection of its own the engine is asked nothing that the card does not ask anyway.
  const { value } = useAsked(question, hasOwn ? 'all' : 'none', isSeen);
  return hasOwn ? (value ?? null) : null;
}
