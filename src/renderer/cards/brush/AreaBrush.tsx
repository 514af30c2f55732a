import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { type AreaKey, arrowStep, changedArea, MOST_BESIDE, pickedArea } from './area-keys';
import { boxOf, clamp, isInside, moved, type Outline, type Point, thinned } from './outline';

export type AreaTool = 'box' | 'lasso';

interface Props {
  label: string;
  tool: AreaTool;
  /** The chosen outlines as shares of the plot area, 0–1 from its top left; empty for none. */
  outlines: readonly Outline[];
  /** The plot area's upper inset in pixels. */
  top: number;
  /** Where there are dots: what is made by keys begins there. Asked when a key is pressed. */
  middle(): { low: Point; high: Point } | null;
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

/** A lasso that is made with keys. */
interface Corners {
  path: readonly Point[];
  /** Outlines that stay beside it. */
  kept: readonly Outline[];
  /** Whether it has changed the selection already, so that it is one step of undo. */
  told: boolean;
}

const SMALLEST = 0.01;

const KEYS: Record<AreaTool, string> = {
  box: 'arrows move a box, Shift and arrows change its size, Enter adds another',
  lasso: 'arrows move a cross, Space sets a corner, Backspace takes it back, Enter ends',
};

/**
 * A transparent layer over a plot area on which boxes or lassos are drawn and moved; Shift adds
 * one. Keyboard, box: arrows move it, Shift+arrows change its size, Enter adds one. Lasso: arrows
 * move a cross, Space sets a corner (with Shift beside the other areas), Backspace takes the last
 * one back, Enter ends it. Page Up and Page Down go from area to area, Delete removes the one at
 * hand, Escape lets go of all.
 */
export function AreaBrush({ label, tool, outlines, top, middle, onChange }: Props) {
  const place = useRef<SVGSVGElement>(null);
  const drag = useRef<Drag | null>(null);
  const [holding, setHolding] = useState(false);
  const [placed, setCross] = useState<Point | null>(null);
  const [corners, setCorners] = useState<Corners | null>(null);
  const [focused, setFocused] = useState(false);
  const [picked, setPicked] = useState(0);
  /** The next change is another area's, and a step of undo of its own. */
  const another = useRef(false);
  const atHand = Math.max(0, Math.min(picked, outlines.length - 1));
  const byKeys = tool === 'lasso' && focused;
  const crossAt = () => placed ?? centreOf(middle());
  const cross = byKeys ? crossAt() : null;
  useEffect(() => setCorners(null), [tool]);

  const at = (event: PointerEvent<SVGSVGElement>): Point => {
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
    setPicked(kept.length);
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
  const setPath = ({ path, kept, told }: Corners) => {
    const drawn = path.length < 3 ? kept : [...kept, path];
    const changes = path.length >= 3 || outlines.length > kept.length;
    if (changes) onChange([...drawn], told);
    setCorners({ path, kept, told: told || changes });
    setPicked(kept.length);
  };
  const lassoKey = (press: AreaKey): boolean => {
    const step = arrowStep({ ...press, fine: press.fine || press.shiftKey });
    const cross = crossAt();
    if (step !== null) setCross([clamp(cross[0] + step[0]), clamp(cross[1] + step[1])]);
    else if (press.key === ' ') {
      const kept = press.shiftKey ? outlines.slice(-MOST_BESIDE) : [];
      const { path, ...rest } = corners ?? { path: [], kept, told: false };
      setPath({ path: [...path, cross], ...rest });
    } else if (press.key === 'Backspace' && corners !== null) {
      setPath({ ...corners, path: corners.path.slice(0, -1) });
    } else if (press.key === 'Enter') setCorners(null);
    else return false;
    return true;
  };
  const boxKey = (press: AreaKey): boolean => {
    const next = changedArea(press, { outlines, at: atHand }, firstBox(middle()));
    if (next === null) return false;
    const amend = next.outlines.length === outlines.length && !another.current;
    another.current = false;
    setPicked(next.at);
    onChange([...next.outlines], amend);
    return true;
  };
  const pickKey = (press: AreaKey): boolean => {
    const next = pickedArea(press, { outlines, at: atHand });
    if (next === null) return false;
    another.current = true;
    setCorners(null);
    setPicked(next.at);
    if (next.outlines !== outlines) onChange([...next.outlines], false);
    return true;
  };
  const key = (event: KeyboardEvent) => {
    setFocused(true);
    if (event.key === 'Escape') return letGo(event);
    const { key: name, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (altKey) return;
    const press = { key: name, shiftKey, fine: ctrlKey || metaKey };
    const taken = pickKey(press) || (tool === 'lasso' ? lassoKey(press) : boxKey(press));
    if (taken) event.preventDefault();
  };

  const which = `Area ${atHand + 1} of ${outlines.length}`;
  const several = focused && outlines.length > 1;
  return (
    <>
      <p className="spoken" role="status">
        {several && which}
      </p>
      <svg
        ref={place}
        className="area-brush"
        style={{
          top,
          height: `calc(100% - ${top + 40}px)`,
          cursor: holding ? 'grab' : 'crosshair',
        }}
        role="application"
        tabIndex={0}
        aria-label={`${label}: choose an area; ${KEYS[tool]}, Escape lets go`}
        aria-description={several ? `${which}; Page Down goes on, Delete removes it` : undefined}
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
          <polygon
            key={index}
            points={pointsText(outline)}
            vectorEffect="non-scaling-stroke"
            data-at-hand={(several && index === atHand) || undefined}
          />
        ))}
        {cross !== null && corners !== null && (
          <polyline
            className="area-corners"
            points={pointsText([...corners.path, cross])}
            vectorEffect="non-scaling-stroke"
          />
        )}
        {cross !== null && (
          <path
            className="area-cross"
            d={`M${cross[0]} 0V1M0 ${cross[1]}H1`}
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
    </>
  );
}

/** No smaller than can be seen and taken hold of. */
const LEAST_BOX = 0.06;

function firstBox(middle: { low: Point; high: Point } | null): Outline | undefined {
  if (middle === null) return undefined;
  const { low, high } = middle;
  const side = (axis: 0 | 1): [number, number] => {
    const more = Math.max(0, (LEAST_BOX - (high[axis] - low[axis])) / 2);
    return [clamp(low[axis] - more), clamp(high[axis] + more)];
  };
  const [x, y] = [side(0), side(1)];
  return boxOf([x[0], y[0]], [x[1], y[1]]);
}

function centreOf(middle: { low: Point; high: Point } | null): Point {
  if (middle === null) return [0.5, 0.5];
  const { low, high } = middle;
  return [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
}

function pointsText(outline: Outline): string {
  return outline.map(([x, y]) => `${x},${y}`).join(' ');
}
