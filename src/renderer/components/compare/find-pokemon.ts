import type { ChartRow } from '../../../preload/contract/chart-query';
import type { Ask } from '../table/row-windows';

const MOST_ASKED = 100;
const MOST_OFFERED = 8;

/**
 * Pokémon that a typed text may mean, likeliest first: its number, names that begin with it,
 * then names, types and abilities that contain it.
 */
export async function findPokemon(text: string, ask: Ask): Promise<ChartRow[]> {
  const wanted = text.trim();
  if (wanted === '') return [];
  const id = /^#?\d{1,9}$/.test(wanted) ? Number(wanted.replace('#', '')) : 0;
  const [numbered, found] = await Promise.all([
    id === 0 ? [] : ask({ query: { kind: 'by-id', ids: [id] }, filters: [] }),
    ask({
      query: { kind: 'rows', sort: [], offset: 0, limit: MOST_ASKED },
      filters: [{ kind: 'search', text: wanted.slice(0, 200) }],
    }),
  ]);
  const ranked = found
    .filter((row) => row['id'] !== numbered[0]?.['id'])
    .map((row) => ({ row, rank: nameRank(String(row['name']), wanted) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ row }) => row);
  return [...numbered, ...ranked].slice(0, MOST_OFFERED);
}

function nameRank(name: string, wanted: string): number {
  const at = name.toLowerCase().indexOf(wanted.toLowerCase());
  if (at === 0) return 0;
  return at > 0 ? 1 : 2;
}
