const view = new DataView(new ArrayBuffer(4));

/** The FLOATs above and below a positive one; Infinity above the largest. */
function neighbours(value: number): [number, number] {
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  const float = (of: number) => {
    view.setUint32(0, of);
    return view.getFloat32(0);
  };
  return [float(bits - 1), float(bits + 1)];
}

/** Digits that tell every FLOAT from its neighbours. */
const FLOAT_DIGITS = 9;

/**
 * The number with the fewest digits that is this FLOAT and no other: 0.1 for 0.10000000149011612.
 * Where that is a matter of rounding a tie, DuckDB writes the exact value instead, and so does this.
 */
export function shortestFloat(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const size = Math.abs(value);
  const [below, above] = neighbours(size);
  const low = (below + size) / 2;
  const high = above === Infinity ? size + (size - below) / 2 : (above + size) / 2;
  for (let digits = 1; digits < FLOAT_DIGITS; digits += 1) {
    const [mantissa = '', exponent = ''] = size.toExponential(digits - 1).split('e');
    const nearest = Number(mantissa.replace('.', ''));
    const withDigits = (whole: number) => Number(`${whole}e${Number(exponent) - digits + 1}`);
    const next = size.toExponential(digits);
    const isTie = next.includes('5e') && Number(next) === size;
    // FLOATs lie closer below a power of two than above it: there the nearest number may miss.
    for (const step of isTie ? [0] : [0, 1, -1]) {
      const shorter = withDigits(nearest + step);
      if (shorter < low || shorter > high) continue;
      if (isTie || shorter === low || shorter === high) return value;
      return Math.sign(value) * shorter;
    }
  }
  return Number(value.toPrecision(FLOAT_DIGITS));
}
