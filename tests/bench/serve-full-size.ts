import { PokeapiServer } from '../helpers/pokeapi-server';
import { fullSizeDocuments } from './full-size-documents';

/**
 * The benchmark's source, in a process of its own: full-size documents on loopback.
 * `serve-full-size [MILLISECONDS]` answers each request after so long, as a source far away would.
 */
const latency = Number(process.argv[2] ?? '0');
const server = new PokeapiServer([]);
server.fault = (_path, { normal }) => {
  if (latency > 0) setTimeout(normal, latency);
  return latency > 0;
};
await server.listen();
server.documents = fullSizeDocuments().map(({ id, name, text }) => ({
  id,
  name,
  body: Buffer.from(text.replaceAll('https://pokeapi.co', server.origin)),
}));
process.send?.({ url: server.url, ids: server.documents.map(({ id }) => id) });
process.on('disconnect', () => process.exit(0));
