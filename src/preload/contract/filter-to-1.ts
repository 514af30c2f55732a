import type { Filter as Filter1 } from './filters';
import type { Filter } from './row-filters';

/** A filter as questions and exports of before understand it. */
export function filterTo1(filter: Filter): Filter1 {
  switch (filter.kind) {
    case 'range':
      return filter as Filter1;
    case 'one-of': {
      const { columns, values, match } = filter;
      if (columns.length > 1) return { kind: 'types', values: values.map(String), match };
      if (columns[0] === 'games') return { kind: 'games', values: values.map(String), match };
      return { kind: 'one-of', column: columns[0], values } as Filter1;
    }
    case 'sets':
      return { kind: 'game-sets', games: filter.members, sets: filter.sets };
    case 'tuples': {
      const pairs = filter.tuples.map(([one, other = null]) => ({
        type_1: String(one),
        type_2: other === null ? null : String(other),
      }));
      return { kind: 'type-pairs', pairs };
    }
    case 'area': {
      const { x, y, log, outlines } = filter;
      const [points, ...more] = outlines;
      return { kind: 'lasso', x, y, log, points, ...(more.length > 0 && { more }) } as Filter1;
    }
    case 'search':
      return { kind: 'search', text: filter.text };
    default: {
      const never: never = filter;
      throw new Error(`unknown filter ${JSON.stringify(never)}`);
    }
  }
}
