import { STATS } from '../../preload/contract/dataset';
import { documentFacts, type DocumentFacts, documentProblem } from './document-schema';

type Places = (facts: DocumentFacts) => string[];

/** By place in the order of their slots, as `type_1` and `type_2` are. */
function typeAt(place: number): Places {
  return ({ types }) => {
    const indexed = types.map(({ slot }, index) => ({ slot, index }));
    const found = indexed.sort((a, b) => a.slot - b.slot)[place];
    return found === undefined ? ['/types'] : [`/types/${found.index}/type/name`];
  };
}

function statOf(stat: string): Places {
  return ({ stats }) => {
    const index = stats.findIndex((each) => each.stat.name === stat.replace('_', '-'));
    return index < 0 ? ['/stats'] : [`/stats/${index}/base_stat`];
  };
}

const PLACES: Readonly<Record<string, Places>> = {
  type_1: typeAt(0),
  type_2: typeAt(1),
  bmi: () => ['/weight', '/height'],
  weight_kg: () => ['/weight'],
  height_m: () => ['/height'],
  games: () => ['/game_indices'],
  abilities: () => ['/abilities'],
  species: () => ['/species/name'],
  sprite_front_default: () => ['/sprites/front_default'],
  stat_total: (facts) => STATS.flatMap((stat) => statOf(stat)(facts)),
  ...Object.fromEntries(STATS.map((stat) => [stat, statOf(stat)])),
};

/**
 * Where in a document a column's value comes from, as JSON pointers (RFC 6901); several where it is
 * made of several, none where the text is no document any more: somebody changed it since.
 */
export function placesInDocument(text: string, column: string): string[] {
  const document = parsedOrNull(text);
  if (documentProblem(document, null) !== null) return [];
  return PLACES[column]?.(documentFacts(document)) ?? [`/${column}`];
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
