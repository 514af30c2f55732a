/** Set by `npm run soak`. */
const SOAK = process.env['POKEDEX_SOAK'] !== undefined;

/** How often a random test tries: a few times in `npm test`, many times in `npm run soak`. */
export function rounds(few: number, many: number): number {
  return SOAK ? many : few;
}

/** The cases of a test: a few of each kind in `npm test`, `more` as well in `npm run soak`. */
export function cases<T>(few: readonly T[], more: readonly T[]): T[] {
  return SOAK ? [...few, ...more] : [...few];
}

/**
 * The seed of a random test: the same one in every `npm test`, a new one in every `npm run soak`
 * unless `POKEDEX_SOAK_SEED` repeats a run. Belongs in the test's name.
 */
export function seedOf(usual: number): number {
  if (!SOAK) return usual;
  return Number(process.env['POKEDEX_SOAK_SEED'] ?? Math.trunc(Math.random() * 1e9));
}
