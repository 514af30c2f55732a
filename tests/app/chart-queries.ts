import type { ColumnName } from '../../src/preload/contract/dataset';
import type { Sort } from '../../src/main/shaping/format-1-filters';
import type { Aggregate } from '../../src/preload/contract/questions';

/** What the oracles are asked, in words of the Pokémon. */
export type ChartQuery =
  | { kind: 'points'; x: ColumnName; y: ColumnName; color?: ColumnName }
  | { kind: 'histogram'; column: ColumnName; bins: number }
  /** How many have no value in a column. */
  | { kind: 'missing'; column: ColumnName }
  | { kind: 'types' | 'type-pairs' | 'summary' | 'stat-medians' }
  | { kind: 'box'; column: ColumnName }
  | { kind: 'games'; games: string[] }
  | {
      kind: 'group';
      x: ColumnName;
      y?: ColumnName;
      color?: ColumnName;
      aggregate: Aggregate;
      bins: number;
    }
  | {
      kind: 'rows';
      columns: readonly ColumnName[];
      sort: readonly Sort[];
      offset: number;
      limit: number;
    }
  | { kind: 'by-id'; ids: number[] }
  | { kind: 'values'; column: ColumnName };
