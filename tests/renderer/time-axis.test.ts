import { afterAll, expect, test } from 'vitest';
import type { ColumnDescriptor } from '../../src/preload/contract/descriptor';
import { binAxes } from '../../src/renderer/charts/base-option';
import { useDescribed } from '../../src/renderer/state/described';
import { describeFilter } from '../../src/renderer/state/filter-words';
import { showPokemon } from '../helpers/described-pokemon';

showPokemon();
afterAll(showPokemon);

const DAY = 86_400_000;
const COLUMN: Omit<ColumnDescriptor, 'name' | 'sqlType' | 'type'> = {
  ...{ label: 'At', unit: null, decimals: null, grouped: false, nullable: false },
  ...{ privacy: 'open', palette: null, labels: null, order: null, role: 'time' },
};
const columns: ColumnDescriptor[] = [
  { ...COLUMN, name: 'moment', sqlType: 'TIMESTAMP', type: 'timestamp' },
  { ...COLUMN, name: 'zoned', sqlType: 'TIMESTAMP WITH TIME ZONE', type: 'timestamp' },
  { ...COLUMN, name: 'day', sqlType: 'DATE', type: 'date' },
  { ...COLUMN, name: 'year', sqlType: 'INTEGER', type: 'integer' },
  { ...COLUMN, name: 'n', sqlType: 'INTEGER', type: 'integer', role: 'measure', grouped: true },
];

function axisOf(column: string, edges: readonly number[]) {
  const { described } = useDescribed.getState();
  if (described === null) throw new Error('nothing described');
  useDescribed.setState({ described: { ...described, columns } });
  const bins = edges.slice(1).map((x1, at) => ({ x0: edges[at] ?? 0, x1 }));
  const theme = { muted: '#777', line: '#ccc', ink: '#000' } as never;
  const [, axis] = binAxes(theme, column, bins) as unknown as [
    unknown,
    {
      name: string;
      axisLabel: { customValues: number[]; formatter(at: number): string; alignMaxLabel?: string };
    },
  ];
  const { customValues, formatter, alignMaxLabel } = axis.axisLabel;
  return { name: axis.name, words: customValues.map(formatter), alignMaxLabel };
}

const every = (from: string, step: number, count: number) =>
  Array.from({ length: count + 1 }, (_, at) => Date.parse(`${from}Z`) + at * step);

test('clock times say of which day they are, and where a new day begins', () => {
  expect(axisOf('moment', every('2024-03-01T10:00', 20 * 60_000, 5))).toMatchObject({
    name: 'At, 1 Mar 2024',
    words: ['10:00', '10:20', '10:40', '11:00', '11:20', '11:40'],
  });
  expect(axisOf('zoned', every('2024-02-29T12:00', DAY / 4, 5))).toMatchObject({
    name: 'At, from 29 Feb 2024, UTC',
    words: ['12:00', '18:00', '1 Mar', '06:00', '12:00', '18:00'],
  });
});

test('days say of which year they are, and where a new year begins', () => {
  expect(axisOf('day', every('2024-12-29T00:00', DAY, 5))).toMatchObject({
    name: 'At, from 2024',
    words: ['29 Dec', '30 Dec', '31 Dec', '1 Jan 2025', '2 Jan', '3 Jan'],
  });
  const months = [0, 1, 2, 3].map((month) => Date.UTC(2024, 10 + month, 1));
  expect(axisOf('day', months)).toMatchObject({
    name: 'At',
    words: ['Nov 2024', 'Dec 2024', 'Jan 2025', 'Feb 2025'],
    alignMaxLabel: 'right',
  });
});

test('a long label at the plot’s end ends there; a short one stands at its edge', () => {
  expect(axisOf('n', [0, 1_000_000]).alignMaxLabel).toBe('right');
  expect(axisOf('n', [0, 100]).alignMaxLabel).toBeUndefined();
});

test('years have no thousands: on the axis and in a chip', () => {
  expect(axisOf('year', [2019, 2020, 2021]).words).toEqual(['2019', '2020', '2021']);
  expect(describeFilter({ kind: 'range', column: 'year', min: 2019, max: 2021 })).toBe(
    'At 2019–2021',
  );
});

test.each([
  ['moment', '2024-01-01', '2025-01-01', true, 'At 2024'],
  ['day', '2024-02-01', '2024-03-01', true, 'At Feb 2024'],
  ['day', '2024-02-01', '2024-02-03', undefined, 'At 1 Feb 2024 to 3 Feb 2024'],
  ['moment', '2024-02-01T10:00:00', '2024-02-01T12:30:00', true, undefined],
  ['moment', '2024-02-01T10:00:00.250', undefined, undefined, 'At from 2024-02-01T10:00:00.250'],
])('a range of %s from %s to %s reads as a date', (column, min, max, below, words) => {
  const range = { ...(max === undefined ? {} : { max }), ...(below ? { below } : {}) };
  expect(describeFilter({ kind: 'range', column, min, ...range })).toBe(
    words ?? 'At 1 Feb 2024, 10:00 to below 1 Feb 2024, 12:30',
  );
});
