/** Round numbers between two powers of ten, more and more of them. */
const STEPS = [
  [1, 2, 5],
  [1, 1.5, 2, 3, 4, 5, 7],
];
const FEWEST = 3;

/**
 * Where the labels of a logarithmic axis stand that holds too few powers of ten to be read by. Null
 * where it holds enough of them.
 */
export function logTicks([low, high]: readonly [number, number]): number[] | null {
  if (ticksOf([1], low, high).length >= FEWEST - 1) return null;
  const tries = STEPS.map((steps) => ticksOf(steps, low, high));
  return tries.find((ticks) => ticks.length >= FEWEST) ?? tries.at(-1) ?? null;
}

function ticksOf(steps: readonly number[], low: number, high: number): number[] {
  const powers = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power += 1) powers.push(power);
  return powers
    .flatMap((power) => steps.map((step) => Number((step * 10 ** power).toPrecision(3))))
    .filter((tick) => tick > low && tick < high);
}
