import { type PointerEvent, useRef } from 'react';
import { WIDEST_CARD } from '../../../preload/contract/cards';
import { possibleWidth, setCardWidth } from '../order';

interface Props {
  id: string;
  width: number;
  /** The width while it is pulled; null when it is let go. */
  onPull(width: number | null): void;
}

/** A card's right edge, pulled to make it wider or narrower. By keys: Alt+Shift and an arrow. */
export function CardEdge({ id, width, onPull }: Props) {
  const pulled = useRef<{ from: number; column: number; width: number } | null>(null);
  const down = (event: PointerEvent<HTMLDivElement>) => {
    const grid = event.currentTarget.closest('.cards');
    if (event.button !== 0 || grid === null) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    pulled.current = { from: event.clientX, column: grid.clientWidth / WIDEST_CARD, width };
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const now = pulled.current;
    if (now === null) return;
    now.width = possibleWidth(width + Math.round((event.clientX - now.from) / now.column));
    onPull(now.width);
  };
  const up = () => {
    if (pulled.current !== null) setCardWidth(id, pulled.current.width);
    cancel();
  };
  const cancel = () => {
    pulled.current = null;
    onPull(null);
  };
  return (
    <div
      className="card-edge"
      title="Drag to make the card wider or narrower"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={cancel}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}
