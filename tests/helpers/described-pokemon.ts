import { pokemonDataset } from '../../src/main/shaping/pokemon-dataset';
import { pokemonView } from '../../src/main/shaping/pokemon-view';
import { DEFAULT_GAMES } from '../../src/preload/contract/dataset';
import { useDescribed } from '../../src/renderer/state/described';

export const POKEMON = pokemonDataset({ version: 1, rows: 649 });
export const POKEMON_VIEW = pokemonView(DEFAULT_GAMES);

/** Tells the page's state what it shows, as main does at its start. */
export function showPokemon(): void {
  useDescribed.setState({ described: POKEMON, firstView: POKEMON_VIEW });
}
