import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { formatNumber } from '../../charts/format';

interface Props {
  label: string;
  /** The axis' ends, in data units. */
  domain: readonly [number, number];
  range: readonly [number, number] | null;
  /** `amend` while a drag goes on. */
  onChange(range: [number, number] | null, amend: boolean): void;
}

const KEY_STEP = 1 / 30;

/**
 * A transparent layer over a chart's plot area on which a range is dragged. Keyboard: arrows
 * move the range, Shift+arrows change its end, Escape lets go.
 */
export function RangeBrush({ label, domain, range, onChange }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const start = useRef<number | null>(null);
  const moved = useRef(false);
  const [low, high] = domain;
  const span = high - low || 1;
  // No finer than the chip says, so that nobody has to guess which of the ends are inside.
  const set = (from: number, to: number, amend: boolean) =>
    onChange([roundTo(span, from), roundTo(span, to)], amend);

  const valueAt = (clientX: number): number => {
    const box = place.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return low;
    return low + Math.min(1, Math.max(0, (clientX - box.left) / box.width)) * span;
  };
  const down = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = valueAt(event.clientX);
    moved.current = false;
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (start.current === null) return;
    const at = valueAt(event.clientX);
    if (!moved.current && Math.abs(at - start.current) < span / 200) return;
    set(Math.min(start.current, at), Math.max(start.current, at), moved.current);
    moved.current = true;
  };
  const up = () => {
    start.current = null;
  };
  const key = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape') {
      if (range !== null) event.stopPropagation();
      return onChange(null, false);
    }
    const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const [from, to] = range ?? [low + span / 3, low + (2 * span) / 3];
    if (range === null) return set(from, to, false);
    const by = direction * KEY_STEP * span;
    const clamp = (value: number) => Math.min(high, Math.max(low, value));
    if (event.shiftKey) return set(from, Math.max(from, clamp(to + by)), true);
    const shift = by < 0 ? Math.max(by, low - from) : Math.min(by, high - to);
    set(from + shift, to + shift, true);
  };

  const left = range === null ? 0 : ((range[0] - low) / span) * 100;
  const width = range === null ? 0 : ((range[1] - range[0]) / span) * 100;
  return (
    <div
      ref={place}
      className="range-brush"
      role="slider"
      tabIndex={0}
      aria-label={`${label}: choose a range`}
      aria-valuemin={low}
      aria-valuemax={high}
      aria-valuenow={range === null ? low : range[0]}
      aria-valuetext={
        range === null
          ? 'no range chosen'
          : `${formatNumber(range[0])} to ${formatNumber(range[1])}`
      }
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={key}
    >
      {range !== null && (
        <div className="range-brush-range" style={{ left: `${left}%`, width: `${width}%` }} />
      )}
    </div>
  );
}

/** To whole numbers on a wide axis, where one is less than a pixel; else to tenths. */
function roundTo(span: number, value: number): number {
  if (span < 10) return value;
  return span < 200 ? Math.round(value * 10) / 10 : Math.round(value);
}
