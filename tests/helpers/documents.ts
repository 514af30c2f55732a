import type { ServedDocument } from './pokeapi-server';

/** The parts of a PokéAPI document that a test may want to set; the rest is filled in plainly. */
export interface DocumentParts {
  id: number;
  name?: string;
  [field: string]: unknown;
}

const STAT_NAMES = ['hp', 'attack', 'defense', 'special-attack', 'special-defense', 'speed'];

/** A small document in PokéAPI's shape, valid unless `parts` make it otherwise. */
export function pokemonDocument(parts: DocumentParts): Record<string, unknown> {
  const name = parts.name ?? `mon-${parts.id}`;
  return {
    name,
    base_experience: 64,
    height: 7,
    weight: 69,
    order: parts.id,
    is_default: true,
    types: [{ slot: 1, type: { name: 'grass', url: 'https://pokeapi.co/api/v2/type/12/' } }],
    stats: STAT_NAMES.map((stat, index) => ({
      base_stat: 40 + index,
      effort: 0,
      stat: { name: stat, url: `https://pokeapi.co/api/v2/stat/${index + 1}/` },
    })),
    abilities: [{ slot: 1, is_hidden: false, ability: { name: 'overgrow', url: '' } }],
    game_indices: [{ game_index: parts.id, version: { name: 'red', url: '' } }],
    species: { name, url: '' },
    sprites: { front_default: `https://example.test/sprites/${parts.id}.png` },
    moves: [],
    ...parts,
  };
}

export function served(parts: DocumentParts): ServedDocument {
  const document = pokemonDocument(parts);
  return {
    id: parts.id,
    name: String(document['name']),
    body: Buffer.from(JSON.stringify(document)),
  };
}

/** `count` valid documents with ids 1 … count. */
export function servedMany(count: number): ServedDocument[] {
  return Array.from({ length: count }, (_, index) => served({ id: index + 1 }));
}
