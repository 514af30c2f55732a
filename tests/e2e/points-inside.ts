/** How many points lie inside a polygon: a ray to the right crosses its edges an odd number of times. */
export function pointsInside(
  points: readonly (readonly [number, number])[],
  polygon: readonly (readonly [number, number])[],
): number {
  return points.filter(([x, y]) => {
    let inside = false;
    for (const [index, [x1, y1]] of polygon.entries()) {
      const [x2, y2] = polygon[(index + 1) % polygon.length] ?? [x1, y1];
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
    }
    return inside;
  }).length;
}
