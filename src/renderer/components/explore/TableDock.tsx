import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { Later } from '../Later';
import { RowTable } from '../table/RowTable';
import { setDock, useDock } from './dock-store';

/** The toolbar, the header and a row. */
const LOWEST = 136;
const HIGHEST_SHARE = 0.8;
const KEY_STEP = 24;

/** The table at the foot of the explorer: resized by its upper edge, folded away by its button. */
export function TableDock() {
  const { open, height } = useDock();
  const place = useRef<HTMLDivElement>(null);
  const grabbed = useRef<number | null>(null);

  const highest = () => (place.current?.parentElement?.clientHeight ?? 800) * HIGHEST_SHARE;
  const resize = (wanted: number) =>
    setDock({ height: Math.round(Math.min(highest(), Math.max(LOWEST, wanted))) });
  const heightNow = () => place.current?.offsetHeight ?? LOWEST;
  const down = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    grabbed.current = event.clientY + heightNow();
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (grabbed.current !== null) resize(grabbed.current - event.clientY);
  };
  const up = () => {
    grabbed.current = null;
  };
  const key = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowUp: KEY_STEP, ArrowDown: -KEY_STEP }[event.key];
    if (step !== undefined) resize(heightNow() + step);
    else if (event.key === 'Home') resize(LOWEST);
    else if (event.key === 'End') resize(highest());
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={place}
      className="dock"
      data-folded={!open || undefined}
      style={open && typeof height === 'number' ? { height } : undefined}
    >
      {open && (
        <div
          className="dock-edge"
          role="separator"
          aria-orientation="horizontal"
          aria-label="Height of the table"
          aria-valuemin={LOWEST}
          aria-valuenow={typeof height === 'number' ? height : heightNow()}
          tabIndex={0}
          title="Drag to resize; double-click for the usual height"
          onPointerDown={down}
          onPointerMove={move}
          onPointerUp={up}
          onPointerCancel={up}
          onDoubleClick={() => setDock({ height: null })}
          onKeyDown={key}
        />
      )}
      <Later>
        <RowTable folded={!open} onFold={() => setDock({ open: !open })} />
      </Later>
    </div>
  );
}
