import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { served } from '../helpers/documents';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { runCli } from '../helpers/run-cli';

const stat = (name: string, value: number) => ({ base_stat: value, effort: 0, stat: { name } });
const type = (slot: number, name: string) => ({ slot, type: { name } });

export const TYPES_OF_BULBASAUR = [type(1, 'grass'), type(2, 'poison')];

/** Three Pokémon that a test can name its expectations by. */
export const DOCUMENTS = [
  served({ id: 1, name: 'bulbasaur', weight: 69, types: TYPES_OF_BULBASAUR }),
  served({
    id: 4,
    name: 'charmander',
    weight: 85,
    types: [type(1, 'fire')],
    base_experience: null,
  }),
  served({
    id: 7,
    name: 'squirtle',
    weight: 90,
    types: [type(1, 'water')],
    stats: ['hp', 'attack', 'defense', 'special-attack', 'special-defense', 'speed'].map(
      (name, index) => stat(name, 44 + index),
    ),
  }),
];

export interface PublishedData {
  data: string;
  /** A folder outside the data folder. */
  folder: string;
}

/** A data folder that the command itself has filled from a server, once for the whole file. */
export function publishedData(): PublishedData {
  const places = { data: '', folder: '' };
  beforeAll(async () => {
    places.folder = await realpath(await mkdtemp(join(tmpdir(), 'pokedex-cli-')));
    places.data = join(places.folder, 'data');
    const server = await new PokeapiServer(DOCUMENTS).listen();
    const result = await runCli(['refresh', '--source', server.url, '--data', places.data]);
    await server.close();
    if (result.code !== 0) throw new Error(`refresh failed: ${result.stderr}`);
  });
  afterAll(() => rm(places.folder, { recursive: true, force: true }));
  return places;
}
