import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { PokeapiServer } from './pokeapi-server';

/**
 * Serves a file of PokéAPI documents (one per line, .gz or not) until it is told to end:
 * `tsx tests/helpers/serve-documents.ts FILE [PORT]`. Prints the URL for --source.
 */
const [file, port = '0'] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: serve-documents FILE [PORT]');
const raw = readFileSync(file);
const text = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8');
const server = new PokeapiServer([]);
await server.listen(Number(port));
server.documents = text
  .trimEnd()
  .split('\n')
  .map((line) => {
    const { id, name } = JSON.parse(line) as { id: number; name: string };
    return { id, name, body: Buffer.from(line.replaceAll('https://pokeapi.co', server.origin)) };
  });
process.stdout.write(`${server.url}\n`);
process.on('SIGTERM', () => void server.close());
process.on('disconnect', () => void server.close());
