import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { boundsOf, boxOf, clamp, isInside, moved, type Point, thinned } from './outline';

export type AreaTool = 'box' | 'lasso';
export type Outline = readonly Point[];

interface Props {
  label: string;
  tool: AreaTool;
  /** The chosen outlines as shares of the plot area, 0–1 from its top left; empty for none. */
  outlines: readonly Outline[];
  /** The plot area's upper inset in pixels. */
  top: number;
  onChange(outlines: Outline[], amend: boolean): void;
}

interface Drag {
  path: Point[];
  /** Outlines that stay beside the one that is drawn or moved. */
  kept: readonly Outline[];
  /** The outline that is moved; null where a new one is drawn. */
  held: Outline | null;
  moved: boolean;
}

const KEY_STEP = 0.04;
const FINE_STEP = 0.01;
const START_BOX = boxOf([0.35, 0.35], [0.65, 0.65]);
const SMALLEST = 0.01;
/** As many as a filter takes. */
const MOST_BESIDE = 20;

/**
 * A transparent layer over a plot area on which boxes or lassos are drawn and moved; Shift adds
 * one. Keyboard, box: arrows move it, Shift+arrows change its size. Lasso: arrows move a cross,
 * Space sets a corner, Backspace takes the last one back, Enter ends it. Escape lets go.
 */
export function AreaBrush({ label, tool, outlines, top, onChange }: Props) {
  const place = useRef<SVGSVGElement>(null);
  const drag = useRef<Drag | null>(null);
  const [holding, setHolding] = useState(false);
  const [cross, setCross] = useState<Point>([0.5, 0.5]);
  const [corners, setCorners] = useState<Point[] | null>(null);
  const [focused, setFocused] = useState(false);
  const byKeys = tool === 'lasso' && focused;
  useEffect(() => setCorners(null), [tool]);

  const at = (event: PointerEvent): Point => {
    const area = place.current?.getBoundingClientRect();
    if (area === undefined) return [0, 0];
    return [
      clamp((event.clientX - area.left) / area.width),
      clamp((event.clientY - area.top) / area.height),
    ];
  };
  const heldAt = (point: Point) => outlines.find((outline) => isInside(point, outline)) ?? null;
  const down = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const start = at(event);
    const held = event.shiftKey ? null : heldAt(start);
    const others = outlines.filter((other) => held !== null && other !== held);
    const kept = event.shiftKey ? outlines.slice(-MOST_BESIDE) : others;
    drag.current = { path: [start], kept, held, moved: false };
    setCorners(null);
  };
  const move = (event: PointerEvent<SVGSVGElement>) => {
    const now = drag.current;
    const [start] = now?.path ?? [];
    const point = at(event);
    if (now === null || start === undefined) {
      setHolding(!event.shiftKey && heldAt(point) !== null);
      return;
    }
    const away = Math.hypot(point[0] - start[0], point[1] - start[1]);
    if (!now.moved && away < SMALLEST) return;
    now.path.push(point);
    const drawn =
      now.held !== null
        ? moved(now.held, point[0] - start[0], point[1] - start[1])
        : tool === 'box'
          ? boxOf(start, point)
          : thinned(now.path);
    if (drawn.length < 3) return;
    onChange([...now.kept, drawn], now.moved);
    now.moved = true;
  };
  const up = () => {
    drag.current = null;
  };

  const letGo = (event: KeyboardEvent) => {
    // Also in the middle of a drag, which is over then.
    up();
    if (outlines.length > 0 || corners !== null) event.stopPropagation();
    setCorners(null);
    onChange([], false);
  };
  const setCorner = (next: Point[] | null) => {
    setCorners(next);
    if (next !== null && next.length >= 3) onChange([next], next.length > 3);
    else if (outlines.length > 0) onChange([], true);
  };
  const lassoKey = (event: KeyboardEvent): boolean => {
    const fine = event.shiftKey ? FINE_STEP : KEY_STEP;
    const step = stepOf(event.key, fine);
    if (step !== undefined) setCross(([x, y]) => [clamp(x + step[0]), clamp(y + step[1])]);
    else if (event.key === ' ') setCorner([...(corners ?? []), cross]);
    else if (event.key === 'Backspace' && corners !== null) setCorner(corners.slice(0, -1));
    else if (event.key === 'Enter') setCorners(null);
    else return false;
    return true;
  };
  const boxKey = (event: KeyboardEvent): boolean => {
    const step = stepOf(event.key, KEY_STEP);
    if (step === undefined) return false;
    const [outline] = outlines;
    if (outline === undefined) {
      onChange([START_BOX], false);
      return true;
    }
    const { low, high } = boundsOf(outline);
    if (event.shiftKey) {
      const to = [clamp(high[0] + step[0]), clamp(high[1] + step[1])] as const;
      onChange([boxOf(low, [Math.max(low[0], to[0]), Math.max(low[1], to[1])])], true);
    } else onChange([moved(outline, ...step)], true);
    return true;
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return letGo(event);
    if (tool === 'lasso' ? lassoKey(event) : boxKey(event)) event.preventDefault();
  };

  return (
    <svg
      ref={place}
      className="area-brush"
      style={{ top, height: `calc(100% - ${top + 40}px)`, cursor: holding ? 'grab' : 'crosshair' }}
      role="application"
      tabIndex={0}
      aria-label={`${label}: choose an area; ${
        tool === 'box'
          ? 'arrows move a box, Shift and arrows change its size'
          : 'arrows move a cross, Space sets a corner, Backspace takes it back, Enter ends'
      }, Escape lets go`}
      viewBox="0 0 1 1"
      preserveAspectRatio="none"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={key}
      onFocus={(event) => setFocused(event.currentTarget.matches(':focus-visible'))}
      onBlur={() => setFocused(false)}
    >
      {outlines.map((outline, index) => (
        <polygon key={index} points={pointsText(outline)} vectorEffect="non-scaling-stroke" />
      ))}
      {byKeys && corners !== null && (
        <polyline
          className="area-corners"
          points={pointsText([...corners, cross])}
          vectorEffect="non-scaling-stroke"
        />
      )}
      {byKeys && (
        <path
          className="area-cross"
          d={`M${cross[0]} 0V1M0 ${cross[1]}H1`}
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}

function stepOf(key: string, size: number): Point | undefined {
  const steps: Record<string, Point> = {
    ArrowLeft: [-size, 0],
    ArrowRight: [size, 0],
    ArrowUp: [0, -size],
    ArrowDown: [0, size],
  };
  return steps[key];
}

function pointsText(outline: Outline): string {
  return outline.map(([x, y]) => `${x},${y}`).join(' ');
}
