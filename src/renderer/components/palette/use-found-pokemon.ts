import { useEffect, useMemo, useState } from 'react';
import type { ChartQuery, ChartRow } from '../../../preload/contract/chart-query';
import type { Filter } from '../../../preload/contract/row-filters';
import { searchFilter } from '../../state/search-filter';
import { useRows } from '../../state/use-rows';
import { rankPokemon } from './rank';

const SHOWN = 12;
/** Ranked among so many: a common type or a single letter may match more than are shown. */
const QUERY: ChartQuery = { kind: 'rows', sort: [], offset: 0, limit: 1000 };

/** Pokémon whose name, type or ability holds the words; none for an empty text. */
export function useFoundPokemon(text: string): ChartRow[] {
  const wanted = text.trim().slice(0, 200);
  const filters = useMemo<Filter[]>(() => [searchFilter(wanted)], [wanted]);
  const { rows } = useRows(wanted === '' ? null : QUERY, wanted === '' ? NONE : filters);
  const [found, setFound] = useState<ChartRow[]>([]);
  useEffect(() => {
    setFound(wanted === '' || rows === null ? [] : rankPokemon(rows, wanted).slice(0, SHOWN));
    // Ranked by the text as it was answered; the next answer follows the next letter.
  }, [rows, wanted]);
  return found;
}

const NONE: Filter[] = [];
