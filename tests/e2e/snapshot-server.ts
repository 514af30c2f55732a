import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { PokeapiServer } from '../helpers/pokeapi-server';

const SNAPSHOT = join(import.meta.dirname, '../../resources/snapshot/pokemon.ndjson.br');

/** Serves the bundled snapshot's documents, those that `change` gives back other parts changed. */
export async function serveSnapshot(
  change: (name: string) => Record<string, unknown> | null = () => null,
): Promise<PokeapiServer> {
  const lines = brotliDecompressSync(readFileSync(SNAPSHOT)).toString('utf8').trimEnd().split('\n');
  const documents = lines.map((line) => {
    const document = JSON.parse(line) as { id: number; name: string };
    const changed = change(document.name);
    const text = changed === null ? line : JSON.stringify({ ...document, ...changed });
    return { id: document.id, name: document.name, body: Buffer.from(text) };
  });
  return new PokeapiServer(documents).listen();
}
