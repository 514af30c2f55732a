import { highestOf } from '../../../preload/contract/extent';
import type { RiskBar } from '../../../preload/contract/risk';
import type { Scalar } from '../../../preload/contract/descriptor';

/** A bar in a picture of `slots` units of width: where it stands, how wide and high it is. */
export interface PlacedBar {
  x: number;
  width: number;
  /** Rows in a unit of width, so that equal areas are equally many rows. */
  height: number;
  label: string | null;
  rows: number;
}

export interface PlacedBars {
  slots: number;
  highest: number;
  before: PlacedBar[];
  after: PlacedBar[];
}

/**
 * Bars before and after, over one axis. Bins of numbers and moments stand side by side, however wide
 * each is, and what is made of them lies over those it holds; other values have a slot each. Rows
 * without a value stand last.
 */
export function placeBars(before: readonly RiskBar[], after: readonly RiskBar[]): PlacedBars {
  const valued = before.filter(({ label }) => label !== null);
  const hasAxis = [...before, ...after].every(
    ({ label, extent }) => label === null || extent !== null,
  );
  const slots = hasAxis ? axisSlots(valued) : nameSlots(before, after);
  const hasNone = [...before, ...after].some(({ label }) => label === null);
  // Apart from the values by half a slot.
  const count = slots.count + (hasNone ? 1.5 : 0);
  const place = (bar: RiskBar): PlacedBar => {
    const [x, to] =
      bar.label === null ? [slots.count + 0.5, slots.count + 1.5] : slots.placeOf(bar);
    const width = Math.max(to - x, 0.02);
    return { x, width, height: bar.rows / Math.max(width, 0.25), label: bar.label, rows: bar.rows };
  };
  const placed = { before: before.map(place), after: after.map(place) };
  const highest = highestOf(
    [...placed.before, ...placed.after].map(({ height }) => height),
    1,
  );
  return { slots: Math.max(1, count), highest, ...placed };
}

interface Slots {
  count: number;
  placeOf(bar: RiskBar): readonly [from: number, to: number];
}

function axisSlots(bins: readonly RiskBar[]): Slots {
  const starts = bins.map(({ extent }) => onAxis(extent?.[0] ?? null));
  const edges = bins.map(({ extent }, at) => {
    const [from, to] = [onAxis(extent?.[0] ?? null), onAxis(extent?.[1] ?? null)];
    // A value that has a bar of its own reaches up to the next one.
    return { from, to: to > from ? to : (starts[at + 1] ?? from + 1) };
  });
  const at = (value: number): number => {
    const index = edges.findIndex(({ to }) => value < to);
    const bin = edges[index];
    if (bin === undefined) return edges.length;
    const part = bin.to > bin.from ? (value - bin.from) / (bin.to - bin.from) : 0;
    return index + Math.max(0, Math.min(1, part));
  };
  return {
    count: edges.length,
    placeOf: ({ extent }) => {
      const [from, to] = [onAxis(extent?.[0] ?? null), onAxis(extent?.[1] ?? null)];
      const index = starts.indexOf(from);
      if (index !== -1 && (to === from || edges[index]?.to === to)) return [index, index + 1];
      return [at(from), at(to)];
    },
  };
}

function nameSlots(before: readonly RiskBar[], after: readonly RiskBar[]): Slots {
  const known = namesOf(before);
  const made = namesOf(after);
  // Names of another kind (how many, how they begin) share the width of what they are made of.
  if (made.length > 0 && !made.some((name) => known.includes(name))) {
    const width = known.length / made.length;
    return {
      count: known.length,
      placeOf: (bar) => {
        const at = made.indexOf(bar.label ?? '');
        if (at !== -1) return [at * width, (at + 1) * width];
        const own = known.indexOf(bar.label ?? '');
        return [own, own + 1];
      },
    };
  }
  const names = [...new Set([...known, ...made])];
  const places = new Map(names.map((name, at) => [name, at]));
  return {
    count: names.length,
    placeOf: ({ label }) => {
      const at = places.get(label ?? '') ?? 0;
      return [at, at + 1];
    },
  };
}

function namesOf(bars: readonly RiskBar[]): string[] {
  return bars.flatMap(({ label }) => label ?? []);
}

function onAxis(value: Scalar): number {
  if (typeof value === 'string') return Date.parse(value);
  return Number(value);
}
