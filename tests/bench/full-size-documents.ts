import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export interface RawDocument {
  id: number;
  name: string;
  text: string;
}

/**
 * Documents of PokéAPI's real size: those of `POKEDEX_DOCUMENTS` (one per line, .gz or not), or
 * the bundled snapshot's with a made-up `moves` list that brings each to about its real length
 * (124 kB on average, 168 MB in all).
 */
export function fullSizeDocuments(): RawDocument[] {
  const file = process.env['POKEDEX_DOCUMENTS'];
  return file === undefined ? paddedSnapshot() : fileDocuments(file);
}

function fileDocuments(file: string): RawDocument[] {
  const raw = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8');
  return text.trimEnd().split('\n').map(withText);
}

function withText(text: string): RawDocument {
  const { id, name } = JSON.parse(text) as { id: number; name: string };
  return { id, name, text };
}

function paddedSnapshot(): RawDocument[] {
  const packed = readFileSync(
    join(import.meta.dirname, '../../resources/snapshot/pokemon.ndjson.br'),
  );
  const lines = brotliDecompressSync(packed).toString('utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const document = JSON.parse(line) as { id: number; name: string; game_indices: unknown[] };
    const moves = Array.from({ length: 25 + document.game_indices.length * 4 }, (_, move) => ({
      move: { name: `move-${move}`, url: `https://pokeapi.co/api/v2/move/${move}/` },
      version_group_details: Array.from({ length: 5 }, (_, group) => ({
        level_learned_at: (move * 7 + group) % 60,
        move_learn_method: {
          name: 'level-up',
          url: 'https://pokeapi.co/api/v2/move-learn-method/1/',
        },
        order: null,
        version_group: {
          name: `group-${group}`,
          url: `https://pokeapi.co/api/v2/version-group/${group}/`,
        },
      })),
    }));
    return { id: document.id, name: document.name, text: JSON.stringify({ ...document, moves }) };
  });
}
