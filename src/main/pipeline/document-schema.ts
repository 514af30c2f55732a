import { z } from 'zod';

/**
 * The part of a PokéAPI pokemon document that later steps need. Everything else in the
 * document is landed but not looked at. Source: https://pokeapi.co/docs/v2#pokemon
 */
const int32 = z
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31 - 1);
/** Six of them are added up to a 32-bit stat_total. */
const baseStat = z
  .int()
  .min(-Math.floor((2 ** 31 - 1) / 6))
  .max(Math.floor((2 ** 31 - 1) / 6));
const named = z.object({ name: z.string() });

export const documentSchema = z.object({
  id: z
    .int()
    .positive()
    .max(2 ** 31 - 1),
  name: z.string().min(1),
  base_experience: int32.nullable(),
  height: int32.nullable(),
  weight: int32.nullable(),
  order: int32.nullable(),
  is_default: z.boolean(),
  types: z.array(z.object({ slot: int32, type: named })).min(1),
  stats: z.array(z.object({ base_stat: baseStat.nullable(), stat: named })),
  abilities: z.array(z.object({ slot: int32, ability: named.nullable() })),
  game_indices: z.array(z.object({ version: named })),
  species: named,
  /** A missing front_default means no sprite, like null. */
  sprites: z.object({ front_default: z.string().nullable().optional() }),
});

export type DocumentFacts = z.infer<typeof documentSchema>;

export type DocumentField = keyof DocumentFacts;

/** The document's top-level fields that are read, in a fixed order. */
export const DOCUMENT_FIELDS = Object.keys(documentSchema.shape) as DocumentField[];

/**
 * What keeps the facts from being a document, naming the field; null where nothing does.
 *
 * @param expectedId the number that was asked for
 */
export function documentProblem(facts: unknown, expectedId: number): string | null {
  const parsed = documentSchema.safeParse(facts);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    if (issue === undefined) return 'is not a Pokémon document';
    const field = issue.path.join('.') || 'the document';
    const missing = issue.code === 'invalid_type' && valueAt(facts, issue.path) === undefined;
    return missing
      ? `has no field ${field}`
      : `has a wrong value in field ${field}: ${issue.message}`;
  }
  if (parsed.data.id !== expectedId) {
    return `is another document: asked for id ${expectedId}, got id ${parsed.data.id}`;
  }
  return null;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}
