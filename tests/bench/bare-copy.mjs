import { DuckDBInstance } from '@duckdb/node-api';

/** The plainest way to the dataset's columns: one COPY over read_json. `bare-copy FOLDER OUT` */
const [folder, out] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const stat = (name) =>
  `list_filter(stats, lambda s: s.stat.name = '${name}')[1].base_stat AS ${name.replace('-', '_')}`;
await connection.run(`
  COPY (
    SELECT id, upper(name[1]) || name[2:] AS name, base_experience, weight, height, "order",
      types[1].type.name AS type_1, types[2].type.name AS type_2,
      (weight / 10) / ((height / 10) * (height / 10)) AS bmi,
      sprites.front_default AS sprite_front_default,
      weight / 10 AS weight_kg, height / 10 AS height_m,
      list_transform(game_indices, lambda g: g.version.name) AS games,
      ${['hp', 'attack', 'defense', 'special-attack', 'special-defense', 'speed'].map(stat).join(', ')},
      list_sum(list_transform(stats, lambda s: s.base_stat)) AS stat_total,
      list_transform(abilities, lambda a: a.ability.name) AS abilities,
      species.name AS species, is_default
    FROM read_json('${folder}/*.json', format = 'newline_delimited', maximum_object_size = 4194304,
      columns = {
        id: 'INTEGER', name: 'VARCHAR', base_experience: 'INTEGER', weight: 'INTEGER',
        height: 'INTEGER', "order": 'INTEGER', is_default: 'BOOLEAN',
        types: 'STRUCT(slot INTEGER, "type" STRUCT(name VARCHAR))[]',
        stats: 'STRUCT(base_stat INTEGER, stat STRUCT(name VARCHAR))[]',
        abilities: 'STRUCT(slot INTEGER, ability STRUCT(name VARCHAR))[]',
        game_indices: 'STRUCT(version STRUCT(name VARCHAR))[]',
        species: 'STRUCT(name VARCHAR)', sprites: 'STRUCT(front_default VARCHAR)'
      })
    WHERE list_has_any(list_transform(game_indices, lambda g: g.version.name),
      ['red', 'blue', 'leafgreen', 'white'])
    ORDER BY id
  ) TO '${out}' (FORMAT parquet)`);
