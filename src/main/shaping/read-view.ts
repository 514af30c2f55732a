import { DEFAULT_GAMES } from '../../preload/contract/dataset';
import { checkView, type NewView, readView } from '../../preload/contract/view-format';
import { pokemonDataset } from './pokemon-dataset';
import { fromFormat1 } from './view-format-1';

/** Views are held against columns, which every version has. */
const DATASET = pokemonDataset({ version: 0, rows: 0 });

/**
 * The text of a view file of any format as a view of the newest. Throws `bad-view` with the place
 * that is wrong, also where the view does not fit the data.
 * @param games those whose overlaps a card of format 1 shows
 */
export function readPokemonView(text: string, games: readonly string[] = DEFAULT_GAMES): NewView {
  const view = readView(text, (json) => fromFormat1(json, games));
  checkView(view, DATASET);
  return view;
}

/** A view that has been read already, held against the columns. Throws `bad-view`. */
export function checkPokemonView(view: NewView): NewView {
  checkView(view, DATASET);
  return view;
}
