/** Queries to begin with. */
export const EXAMPLES = [
  {
    title: 'Median stat total by first type',
    sql: `SELECT type_1, count(*) AS pokemon, median(stat_total) AS stat_total
FROM pokemon
GROUP BY type_1
ORDER BY stat_total DESC`,
  },
  {
    title: 'The heaviest for their height',
    sql: `SELECT name, height_m, weight_kg, bmi
FROM pokemon
WHERE bmi IS NOT NULL
ORDER BY bmi DESC
LIMIT 20`,
  },
  {
    title: 'Abilities that most Pokémon have',
    sql: `SELECT ability, count(*) AS pokemon
FROM (SELECT unnest(abilities) AS ability FROM pokemon)
GROUP BY ability
ORDER BY pokemon DESC
LIMIT 25`,
  },
  {
    title: 'How many Pokémon two games share',
    sql: `SELECT
  count(*) FILTER ('red' IN games) AS red,
  count(*) FILTER ('white' IN games) AS white,
  count(*) FILTER ('red' IN games AND 'white' IN games) AS both
FROM pokemon`,
  },
  {
    title: 'How far each field moved in the newest version',
    sql: `SELECT "column", count(*) AS pokemon, median(delta) AS median, min(delta) AS fall, max(delta) AS rise
FROM changes
WHERE version = (SELECT max(version) FROM changes) AND delta IS NOT NULL
GROUP BY "column"
ORDER BY pokemon DESC`,
  },
] as const;
