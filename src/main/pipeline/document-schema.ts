import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';

// zod's small form: the whole of it takes each landing thread longer to load than all its checks.
z.config(en());

/**
 * The largest document that is landed; PokéAPI's own are up to 560 kB. A longer one found in landing
 * is left to the reader that has no limit.
 */
export const MOST_DOCUMENT_BYTES = 8 * 1024 * 1024;

const LEAST_INT32 = -(2 ** 31);
const MOST_INT32 = 2 ** 31 - 1;
const int32 = z.int().check(z.gte(LEAST_INT32), z.lte(MOST_INT32));
/** Six of them are added up to a 32-bit stat_total. */
const MOST_STAT = Math.floor(MOST_INT32 / 6);
const baseStat = z.int().check(z.gte(-MOST_STAT), z.lte(MOST_STAT));
const named = z.object({ name: z.string() });

/**
 * The part of a PokéAPI pokemon document that later steps need. Everything else in the
 * document is landed but not looked at. Source: https://pokeapi.co/docs/v2#pokemon
 */
const documentSchema = z.object({
  id: z.int().check(z.gte(1), z.lte(MOST_INT32)),
  name: z.string().check(z.minLength(1)),
  base_experience: z.nullable(int32),
  height: z.nullable(int32),
  weight: z.nullable(int32),
  order: z.nullable(int32),
  is_default: z.boolean(),
  types: z.array(z.object({ slot: int32, type: named })).check(z.minLength(1)),
  stats: z.array(z.object({ base_stat: z.nullable(baseStat), stat: named })),
  abilities: z.array(z.object({ slot: int32, ability: z.nullable(named) })),
  game_indices: z.array(z.object({ version: named })),
  species: named,
  /** A missing front_default means no sprite, like null. */
  sprites: z.object({ front_default: z.optional(z.nullable(z.string())) }),
});

export type DocumentField = keyof z.infer<typeof documentSchema>;

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

/** A document's needed part alone. Throws where it is none. */
export function documentFacts(document: unknown): unknown {
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
