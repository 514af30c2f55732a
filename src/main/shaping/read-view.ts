import { DEFAULT_GAMES } from '../../preload/contract/dataset';
import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import { AppError } from '../../preload/contract/errors';
import { checkView, type NewView, readView, wrongInView } from '../../preload/contract/view-format';
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

const OF_ANOTHER = 'Choose a view that was saved from this table.';

/** A view of an opened table. Format 1 knew Pokémon alone. Throws `bad-view`. */
export function readOpenedView(text: string, described: DatasetDescriptor): NewView {
  const view = readView(text, () => {
    throw new AppError('bad-view', 'This view is of the Pokémon, not of this table.', {
      hint: OF_ANOTHER,
    });
  });
  return checkOpenedView(view, described);
}

export function checkOpenedView(view: NewView, described: DatasetDescriptor): NewView {
  const wrong = wrongInView(view, described);
  if (wrong === null) return view;
  throw new AppError('bad-view', `The view does not fit “${described.title}” at ${wrong}.`, {
    hint: OF_ANOTHER,
  });
}
