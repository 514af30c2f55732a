import { list, object, optional, orNull, someText, text, truth, whole } from './json-shape';

const LEAST_INT32 = -(2 ** 31);
const MOST_INT32 = 2 ** 31 - 1;
const int32 = whole(LEAST_INT32, MOST_INT32);
/** Six of them are added up to a 32-bit stat_total. */
const mostStat = Math.floor(MOST_INT32 / 6);
const baseStat = whole(-mostStat, mostStat);
const named = object({ name: text });

/**
 * The part of a PokéAPI pokemon document that later steps need. Everything else in the
 * document is landed but not looked at. Source: https://pokeapi.co/docs/v2#pokemon
 */
const FIELDS = {
  id: whole(1, MOST_INT32),
  name: someText,
  base_experience: orNull(int32),
  height: orNull(int32),
  weight: orNull(int32),
  order: orNull(int32),
  is_default: truth,
  types: list(object({ slot: int32, type: named }), { least: 1 }),
  stats: list(object({ base_stat: orNull(baseStat), stat: named })),
  abilities: list(object({ slot: int32, ability: orNull(named) })),
  game_indices: list(object({ version: named })),
  species: named,
  /** A missing front_default means no sprite, like null. */
  sprites: object({ front_default: optional(orNull(text)) }),
};

const documentShape = object(FIELDS);

export type DocumentField = keyof typeof FIELDS;

/** The document's top-level fields that are read, in a fixed order. */
export const DOCUMENT_FIELDS = Object.keys(FIELDS) as DocumentField[];

/**
 * What keeps the facts from being a document, naming the field; null where nothing does.
 *
 * @param expectedId the number that was asked for
 */
export function documentProblem(facts: Record<string, unknown>, expectedId: number): string | null {
  const problem = documentShape.problem(facts);
  if (problem !== null) {
    const { path, expected } = problem;
    return expected === null
      ? `has no field ${path}`
      : `has a wrong value in field ${path}: expected ${expected}`;
  }
  if (facts['id'] !== expectedId) {
    return `is another document: asked for id ${expectedId}, got id ${String(facts['id'])}`;
  }
  return null;
}

/** A document's needed part alone. */
export function documentFacts(document: unknown): unknown {
  return documentShape.named(document);
}
