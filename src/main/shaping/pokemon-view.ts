import dashboard from '../../../resources/views/pokemon.json';
import { type NewView, newViewSchema } from '../../preload/contract/view-format';

/** A card of sets draws a bar for each combination of so many at most. */
const MOST_MEMBERS = 12;

/**
 * What a first launch shows of the Pokémon, a view file like any other.
 * @param games those the data were chosen by, whose overlaps are shown
 */
export function pokemonView(games: readonly string[] | 'all'): NewView {
  const view = newViewSchema.parse(dashboard);
  if (games === 'all' || view.cards === undefined) return view;
  const members = games.slice(0, MOST_MEMBERS);
  const cards = view.cards.map((card) => (card.kind === 'sets' ? { ...card, members } : card));
  return { ...view, cards };
}
