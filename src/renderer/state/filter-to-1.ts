import type { ChartQuery, ChartRequest } from '../../preload/contract/chart-query';
import { filterTo1 } from '../../preload/contract/filter-to-1';
import type { Filter } from '../../preload/contract/row-filters';

/** A question of before under filters of now. */
export interface FilteredQuery {
  query: ChartQuery;
  filters: Filter[];
}

export function requestTo1({ query, filters }: FilteredQuery): ChartRequest {
  return { query, filters: filters.map(filterTo1) };
}
