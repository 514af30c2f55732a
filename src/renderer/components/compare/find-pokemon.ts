import type { ChartRow } from '../../../preload/contract/chart-query';
import { searchFilter } from '../../state/search-filter';
import { rankPokemon } from '../palette/rank';
import type { Ask } from '../table/row-windows';

/** Ranked among so many: a common type or a single letter may match more than are offered. */
const MOST_ASKED = 1000;
const MOST_OFFERED = 8;

/** Pokémon that a typed text may mean, likeliest first; what it means stands in search-words. */
export async function findPokemon(text: string, ask: Ask): Promise<ChartRow[]> {
  const wanted = text.trim();
  if (wanted === '') return [];
  const found = await ask({
    query: { kind: 'rows', sort: [], offset: 0, limit: MOST_ASKED },
    filters: [searchFilter(wanted.slice(0, 200))],
  });
  return rankPokemon(found, wanted).slice(0, MOST_OFFERED);
}
