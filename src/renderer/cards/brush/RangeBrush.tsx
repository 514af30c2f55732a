import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { FilterOf } from '../../../preload/contract/filters';
import { rangeWords } from '../../state/filter-words';
import { type BinAxis, brushStep, coverOf, endsOf, shareOf, spanAt, valueAt } from './bin-range';
import { CURSORS, dragged, type Grip, gripAt, type Range } from './brush-drag';

type RangeFilter = FilterOf<'range'>;

interface Props {
  label: string;
  axis: BinAxis;
  /** The filter that stands on the brush. */
  filter: RangeFilter | null;
  /** Where a range is begun by a key: where there are data. */
  middle: Range | null;
  /** Where the plot area is, if not where the style sheet has it. */
  inset?: CSSProperties['inset'];
  /** Whether what is outside the range is paled. */
  paleOutside?: boolean;
  /** `amend` while a drag goes on. */
  onChange(filter: RangeFilter | null, amend: boolean): void;
}

interface Drag {
  grip: Grip;
  start: number;
  range: Range | null;
  moved: boolean;
}

const KEY_STEP = 1 / 30;
const END_SLACK_PX = 5;
const USUAL_WIDTH_PX = 300;

/**
 * A transparent layer over a chart's plot area on which a range is dragged, moved and pulled at
 * its ends; Shift adds to it. Keyboard: arrows move the range, Shift+arrows change its end, with
 * Ctrl or ⌘ a pixel at a time; Escape lets go.
 */
export function RangeBrush(props: Props) {
  const { label, axis, filter, inset, paleOutside, onChange } = props;
  const cover = coverOf(axis, filter);
  // Where bins are of several widths, a drag goes by what is seen: by parts of the axis.
  const domain: Range = axis.uneven ? [0, 1] : axis.domain;
  const placeOf = (value: number) => (axis.uneven ? shareOf(axis, value) : value);
  const valueOf = (at: number) => (axis.uneven ? valueAt(axis, at) : at);
  const range: Range | null = cover && [placeOf(cover[0]), placeOf(cover[1])];
  const place = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);
  const [cursor, setCursor] = useState(CURSORS.new);
  const [low, high] = domain;
  const span = high - low || 1;

  const under = (clientX: number): number => {
    const box = place.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return low;
    return placeOf(valueAt(axis, Math.min(1, Math.max(0, (clientX - box.left) / box.width))));
  };
  const pixels = () => place.current?.offsetWidth || USUAL_WIDTH_PX;
  const pixelSize = () => span / pixels();
  const stepAt = (value: number) => brushStep(axis, spanAt(axis, value) / pixels());
  const stepSize = () => (axis.uneven ? 0 : stepAt(low));
  // No finer than the chip says, so that nobody has to guess which of the ends are inside.
  const choose = (chosen: Range, amend: boolean) => {
    const ends = endsOf(axis, [valueOf(chosen[0]), valueOf(chosen[1])], stepAt);
    onChange({ kind: 'range', column: axis.column, ...ends }, amend);
  };
  const gripOf = (event: PointerEvent<HTMLDivElement>): Grip => {
    const slack = (END_SLACK_PX / (place.current?.offsetWidth || 1)) * span;
    return gripAt(under(event.clientX), range, slack, event.shiftKey);
  };
  const down = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { grip: gripOf(event), start: under(event.clientX), range, moved: false };
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const now = drag.current;
    if (now === null) return setCursor(CURSORS[gripOf(event)]);
    const at = under(event.clientX);
    if (!now.moved && Math.abs(at - now.start) < span / 200) return;
    choose(dragged(now.grip, now.start, at, now.range, domain), now.moved);
    now.moved = true;
  };
  const up = () => {
    drag.current = null;
  };
  const key = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape') {
      // Also in the middle of a drag, which is over then.
      up();
      if (range !== null) event.stopPropagation();
      return onChange(null, false);
    }
    const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    // Alt and an arrow are the browser's.
    if (direction === undefined || event.altKey) return;
    event.preventDefault();
    if (range === null) {
      const { middle } = props;
      const usual: Range = [low + span / 3, low + (2 * span) / 3];
      return choose(middle === null ? usual : [placeOf(middle[0]), placeOf(middle[1])], false);
    }
    const [from, to] = range;
    const fine = event.ctrlKey || event.metaKey;
    const by = direction * Math.max(stepSize(), fine ? pixelSize() : KEY_STEP * span);
    const clamp = (value: number) => Math.min(high, Math.max(low, value));
    if (event.shiftKey) return choose([from, Math.max(from, clamp(to + by))], true);
    const shift = by < 0 ? Math.max(by, low - from) : Math.min(by, high - to);
    choose([from + shift, to + shift], true);
  };

  const left = cover === null ? 0 : shareOf(axis, cover[0]) * 100;
  const width = cover === null ? 0 : shareOf(axis, cover[1]) * 100 - left;
  return (
    <div
      ref={place}
      className="range-brush"
      style={{ cursor, ...(inset === undefined ? {} : { inset }) }}
      role="slider"
      tabIndex={0}
      aria-label={`${label}: choose a range`}
      aria-valuemin={axis.domain[0]}
      aria-valuemax={axis.domain[1]}
      aria-valuenow={cover === null ? axis.domain[0] : cover[0]}
      aria-valuetext={
        filter === null || cover === null ? 'no range chosen' : rangeWords(filter, ' to ')
      }
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={key}
    >
      {range !== null && paleOutside && (
        <>
          <div className="range-brush-outside" style={{ left: 0, width: `${left}%` }} />
          <div className="range-brush-outside" style={{ left: `${left + width}%`, right: 0 }} />
        </>
      )}
      {range !== null && (
        <div className="range-brush-range" style={{ left: `${left}%`, width: `${width}%` }} />
      )}
    </div>
  );
}
