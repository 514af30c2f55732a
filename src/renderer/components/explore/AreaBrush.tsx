import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';

export type Point = readonly [number, number];
export type AreaTool = 'box' | 'lasso';

interface Props {
  label: string;
  tool: AreaTool;
  /** The chosen outline as shares of the plot area, 0–1 from its top left; null for none. */
  outline: readonly Point[] | null;
  onChange(outline: Point[] | null, amend: boolean): void;
}

const KEY_STEP = 0.04;
const START_BOX: Point[] = box([0.35, 0.35], [0.65, 0.65]);

/**
 * A transparent layer over a plot area on which a box or a lasso is drawn. Keyboard: arrows move
 * a box, Shift+arrows change its size, Escape lets go.
 */
export function AreaBrush({ label, tool, outline, onChange }: Props) {
  const place = useRef<SVGSVGElement>(null);
  const points = useRef<Point[]>([]);
  const amend = useRef(false);
  const [drawing, setDrawing] = useState(false);

  const at = (event: PointerEvent): Point => {
    const area = place.current?.getBoundingClientRect();
    if (area === undefined) return [0, 0];
    return [
      clamp((event.clientX - area.left) / area.width),
      clamp((event.clientY - area.top) / area.height),
    ];
  };
  const down = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    points.current = [at(event)];
    amend.current = false;
    setDrawing(true);
  };
  const move = (event: PointerEvent<SVGSVGElement>) => {
    const [first] = points.current;
    if (!drawing || first === undefined) return;
    const now = at(event);
    if (tool === 'box') {
      if (Math.hypot(now[0] - first[0], now[1] - first[1]) < 0.01) return;
      onChange(box(first, now), amend.current);
    } else {
      points.current.push(now);
      if (points.current.length < 4) return;
      onChange(thin(points.current), amend.current);
    }
    amend.current = true;
  };
  const up = () => setDrawing(false);
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      if (outline !== null) event.stopPropagation();
      return onChange(null, false);
    }
    const step = (
      {
        ArrowLeft: [-KEY_STEP, 0],
        ArrowRight: [KEY_STEP, 0],
        ArrowUp: [0, -KEY_STEP],
        ArrowDown: [0, KEY_STEP],
      } as Record<string, Point>
    )[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (outline === null) return onChange(START_BOX, false);
    const xs = outline.map(([x]) => x);
    const ys = outline.map(([, y]) => y);
    const low: Point = [Math.min(...xs), Math.min(...ys)];
    const high: Point = [Math.max(...xs), Math.max(...ys)];
    if (event.shiftKey) {
      const to: Point = [clamp(high[0] + step[0]), clamp(high[1] + step[1])];
      return onChange(box(low, [Math.max(low[0], to[0]), Math.max(low[1], to[1])]), true);
    }
    const by = (axis: 0 | 1) => Math.min(1 - high[axis], Math.max(-low[axis], step[axis]));
    onChange(
      outline.map(([x, y]) => [x + by(0), y + by(1)]),
      true,
    );
  };

  return (
    <svg
      ref={place}
      className="area-brush"
      role="application"
      tabIndex={0}
      aria-label={`${label}: choose an area; arrows move a box, Shift and arrows change its size, Escape lets go`}
      viewBox="0 0 1 1"
      preserveAspectRatio="none"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={key}
    >
      {outline !== null && (
        <polygon
          points={outline.map(([x, y]) => `${x},${y}`).join(' ')}
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function box(a: Point, b: Point): Point[] {
  return [
    [a[0], a[1]],
    [b[0], a[1]],
    [b[0], b[1]],
    [a[0], b[1]],
  ];
}

/** A filter takes at most a thousand vertices; a hundred draw any lasso. */
function thin(points: readonly Point[]): Point[] {
  const every = Math.ceil(points.length / 100);
  return points.filter((_, index) => index % every === 0);
}
