/** Between a pointer and its tooltip. */
const BESIDE = 14;

export interface Room {
  top: number;
  bottom: number;
  width: number;
}

/** Where a tooltip stands: beside the pointer and within what is seen of its chart, in its pixels. */
export function tipPlace(
  [x, y]: readonly [number, number],
  [width, height]: readonly [number, number],
  room: Room,
): [number, number] {
  const right = x + BESIDE + width <= room.width;
  const below = y + BESIDE + height <= room.bottom;
  const left = right ? x + BESIDE : x - BESIDE - width;
  const top = below ? y + BESIDE : y - BESIDE - height;
  return [
    Math.max(0, Math.min(left, room.width - width)),
    Math.max(room.top, Math.min(top, room.bottom - height)),
  ];
}
