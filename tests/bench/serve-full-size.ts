import { PokeapiServer } from '../helpers/pokeapi-server';
import { fullSizeDocuments } from './full-size-documents';

/** The benchmark's source, in a process of its own: full-size documents on loopback. */
const server = new PokeapiServer([]);
await server.listen();
server.documents = fullSizeDocuments().map(({ id, name, text }) => ({
  id,
  name,
  body: Buffer.from(text.replaceAll('https://pokeapi.co', server.origin)),
}));
process.send?.({ url: server.url, ids: server.documents.map(({ id }) => id) });
process.on('disconnect', () => process.exit(0));
