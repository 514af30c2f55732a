/** What is left when two edges are subtracted, at most, where bins are as wide as each other. */
const SLIGHT = 1e-6;

/** Whether bins are of several widths. */
export function areUneven(bins: readonly { x0: number; x1: number }[]): boolean {
  const [first] = bins;
  if (first === undefined) return false;
  const width = first.x1 - first.x0;
  return bins.some(({ x0, x1 }) => Math.abs(x1 - x0 - width) > SLIGHT * width);
}
