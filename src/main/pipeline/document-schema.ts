import { z } from 'zod';

/** The largest document that is landed; PokéAPI's own are up to 560 kB. */
export const MOST_DOCUMENT_BYTES = 8 * 1024 * 1024;

const LEAST_INT32 = -(2 ** 31);
const MOST_INT32 = 2 ** 31 - 1;
const int32 = z.int().gte(LEAST_INT32).lte(MOST_INT32);
/** Six of them are added up to a 32-bit stat_total. */
const MOST_STAT = Math.floor(MOST_INT32 / 6);
const baseStat = z.int().gte(-MOST_STAT).lte(MOST_STAT);
const named = z.object({ name: z.string() });

/**
 * The part of a PokéAPI pokemon document that later steps need. Everything else in the
 * document is landed but not looked at. Source: https://pokeapi.co/docs/v2#pokemon
 */
const documentSchema = z.object({
  id: z.int().gte(1).lte(MOST_INT32),
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

export type DocumentField = keyof z.infer<typeof documentSchema>;

/** The document's top-level fields that are read, in a fixed order. */
export const DOCUMENT_FIELDS = Object.keys(documentSchema.shape) as DocumentField[];

/**
 * What keeps a JSON value from being the document, naming the field; null where nothing does.
 *
 * @param expectedId the number that was asked for; null where any will do
 */
export function documentProblem(document: unknown, expectedId: number | null): string | null {
  // A list, a text or a number has no fields.
  const fields = typeof document === 'object' && !Array.isArray(document) ? (document ?? {}) : {};
  const parsed = documentSchema.safeParse(fields);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    if (issue === undefined) return 'is not a Pokémon document';
    const field = issue.path.join('.');
    const missing = issue.code === 'invalid_type' && valueAt(fields, issue.path) === undefined;
    return missing
      ? `has no field ${field}`
      : `has a wrong value in field ${field}: ${issue.message}`;
  }
  if (expectedId !== null && parsed.data.id !== expectedId) {
    return `is another document: asked for id ${expectedId}, got id ${parsed.data.id}`;
  }
  return null;
}

export type DocumentFacts = z.infer<typeof documentSchema>;

/** Only the part of a document that is needed. Throws where the value is not a document. */
export function documentFacts(document: unknown): DocumentFacts {
  return documentSchema.parse(document);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}
