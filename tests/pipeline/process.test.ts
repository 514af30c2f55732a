import { cp, mkdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json';
import { dataPaths } from '../../src/main/base/data-folder';
import { type DocumentParts, pokemonDocument, served, servedMany } from '../helpers/documents';
import { gatherInto, serve } from '../helpers/gather-into';
import { landDocuments, processInto } from '../helpers/land-documents';
import { parquetProvenance, parquetRows, queryRows } from '../helpers/parquet-rows';
import { publishedState, type PublishedState } from '../helpers/published-state';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';

const FIVE: readonly DocumentParts[] = [1, 2, 3, 4, 5].map((id) => ({ id }));

async function landed(documents = FIVE): Promise<string> {
  const data = await temporaryFolder();
  await landDocuments(data, documents);
  return data;
}

describe('process tells what it cannot work with', () => {
  const atEnd = atSuiteEnd();
  /** With the five, as version 1. */
  let made: string;
  let madeState: PublishedState;

  beforeAll(async () => {
    made = await temporaryFolder(atEnd);
    await landDocuments(made, FIVE);
    await processInto(made);
    madeState = await publishedState(made);
  });

  it('an empty data folder is told to gather first', async () => {
    await expect(processInto(await temporaryFolder())).rejects.toMatchObject({
      code: 'no-data',
      hint: expect.stringContaining('gather'),
    });
  });

  it('a gather that left documents out is named, and the last version stands', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(5));
    await gatherInto(data, server);
    await processInto(data);
    const before = await publishedState(data);
    server.documents = [served({ id: 1, weight: 999 }), ...servedMany(6).slice(1)];
    server.fault = (path, { response }) => {
      if (!/\/pokemon\/6\/?$/.test(path)) return false;
      response.writeHead(404).end();
      return true;
    };
    await gatherInto(data, server);

    await expect(processInto(data)).rejects.toMatchObject({
      code: 'gather-incomplete',
      message: expect.stringContaining('mon-6'),
    });
    expect(await publishedState(data)).toEqual(before);
  });

  it.each(['is gone', 'became a folder'])(
    'a landed document that %s has not left the list: it is named, and the last version stands',
    async (how) => {
      const data = await temporaryFolder();
      const server = await serve(servedMany(5));
      await gatherInto(data, server);
      await processInto(data);
      const before = await publishedState(data);
      const file = join(dataPaths(data).documents, '3.json');
      await rm(file);
      if (how === 'became a folder') await mkdir(file);

      await expect(processInto(data)).rejects.toMatchObject({
        code: 'gather-incomplete',
        message: '1 of 5 documents are no longer in landing: mon-3.',
        hint: expect.stringContaining('Run gather'),
      });
      expect(await publishedState(data)).toEqual(before);

      await rm(file, { recursive: true, force: true });
      expect(await gatherInto(data, server)).toMatchObject({ fetched: 1, not_modified: 4 });
      expect(await processInto(data)).toMatchObject({ documents: 5, version: null });
    },
  );

  it('a gather that was cut short is not published half-way', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(30));
    const abort = new AbortController();
    server.fault = (path) => {
      if (path.endsWith('/pokemon/20/')) abort.abort();
      return false;
    };
    await expect(
      gatherInto(data, server, { concurrency: 1, signal: abort.signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });

    await expect(processInto(data)).rejects.toMatchObject({
      code: 'gather-incomplete',
      message: expect.stringContaining('cut short'),
    });
    expect(await publishedState(data)).toEqual({ parquet: null, tables: null });
  });

  it('an unknown game is named, and the known ones are listed', async () => {
    const games = (name: string) => [{ game_index: 1, version: { name, url: '' } }];
    const data = await landed([
      { id: 1, game_indices: games('red') },
      { id: 2, game_indices: games('leafgreen') },
    ]);
    await expect(processInto(data, { games: ['purple'] })).rejects.toMatchObject({
      code: 'no-such-game',
      message: expect.stringContaining('purple'),
      hint: expect.stringContaining('leafgreen, red'),
    });
  });

  const valid = pokemonDocument({ id: 3 });
  const without = (field: string) =>
    JSON.stringify(Object.fromEntries(Object.entries(valid).filter(([key]) => key !== field)));
  const withField = (field: string, value: unknown) => JSON.stringify({ ...valid, [field]: value });

  it.each<[what: string, content: string | Buffer, says: string]>([
    ['cut in half', JSON.stringify(valid).slice(0, 200), 'JSON'],
    ['emptied', '', 'JSON'],
    ['zeroed by a power cut', Buffer.alloc(600), 'JSON'],
    ['overwritten by a web page', '<!doctype html><p>Sign in', 'JSON'],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'UTF-8'],
    ['another Pokémon', JSON.stringify({ ...valid, id: 4 }), 'id 4'],
    ['a list', JSON.stringify([valid]), 'id'],
    ['followed by more', `${JSON.stringify(valid)} and more`, 'JSON'],
    ['there twice', `${JSON.stringify(valid)}\n${JSON.stringify(valid)}`, 'JSON'],
    ['followed by another', `${JSON.stringify(valid)}\n{"id":4}\n`, 'JSON'],
    ['without a name', without('name'), 'name'],
    ['without a number', without('id'), 'id'],
    ['with a null name', withField('name', null), 'name'],
    ['without a type', withField('types', []), 'types'],
    ['without types', without('types'), 'types'],
    ['without species', without('species'), 'species'],
    ['without game_indices', without('game_indices'), 'game_indices'],
    ['with words for weight', withField('weight', 'heavy'), 'weight'],
    ['with a weight beyond any', withField('weight', 1e12), 'weight'],
    ['with null for is_default', withField('is_default', null), 'is_default'],
    ['with half a character', withField('name', 'm\ud83d'), 'half a character'],
  ])('a landed file that is %s is named, and the last version stands', async (_, content, says) => {
    const data = await temporaryFolder();
    await cp(made, data, { recursive: true });
    await landDocuments(data, [{ id: 1, weight: 1000 }]);
    await writeFile(join(dataPaths(data).documents, '3.json'), content);

    const ended = processInto(data);
    await expect(ended).rejects.toMatchObject({ code: 'bad-document' });
    await expect(ended).rejects.toThrow(/^3\.json /);
    await expect(ended).rejects.toThrow(says);
    expect(await publishedState(data)).toEqual(madeState);

    await landDocuments(data, [{ id: 3 }]);
    expect(await processInto(data)).toMatchObject({ version: 2, updated: 1 });
  });

  it('a number written as 25.0 is the Pokémon 25, as gather takes it', async () => {
    const data = await landed();
    const text = JSON.stringify({ ...pokemonDocument({ id: 25 }), id: 0 });
    const path = join(dataPaths(data).documents, '25.json');
    await writeFile(path, text.replace('"id":0', '"id":25.0'));
    await processInto(data);
    const rows = await parquetRows(dataPaths(data).parquet);
    expect(rows.map((row) => row['id'])).toEqual([1, 2, 3, 4, 5, 25]);
  });

  it('files in landing that are not documents are passed over', async () => {
    const data = await landed();
    for (const name of ['notes.txt', '.DS_Store', '007.json', 'x.json', '1.json.bak']) {
      await writeFile(join(dataPaths(data).documents, name), 'not a document');
    }
    expect(await processInto(data)).toMatchObject({ documents: 5, in_scope: 5 });
  });

  it('documents far larger than any of PokéAPI’s are read one by one, in little memory', async () => {
    const data = await landed();
    // 6 MB each, in a million small parts: more than DuckDB has memory for.
    const moves = `[${'[1],'.repeat(1_500_000)}[1]]`;
    for (const id of [6, 7, 8, 9, 10, 11, 12, 13]) {
      const text = JSON.stringify(pokemonDocument({ id })).replace('[]', moves);
      await writeFile(join(dataPaths(data).documents, `${id}.json`), text);
    }
    expect(await processInto(data)).toMatchObject({ documents: 13, in_scope: 13, version: 1 });
  });

  it('a document spread over lines is read like any other', async () => {
    const data = await landed();
    const path = join(dataPaths(data).documents, '2.json');
    await writeFile(path, `\n${JSON.stringify(pokemonDocument({ id: 2, weight: 77 }), null, 2)}\n`);
    await processInto(data);
    const rows = await parquetRows(dataPaths(data).parquet);
    expect(rows.map((row) => row['weight'])).toEqual([69, 77, 69, 69, 69]);
  });
});

describe('process reads what changed and nothing else', () => {
  /** A whole second, so that `utimes` can put it back to the nanosecond. */
  const THEN = new Date('2026-01-02T03:04:05Z');

  it('of many documents it reads those whose content changed, whatever their times say', async () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ id: index + 1 }));
    const data = await landed(many);
    const { documents, parquet } = dataPaths(data);
    const path = (id: number) => join(documents, `${id}.json`);
    for (const { id } of many) await utimes(path(id), THEN, THEN);
    expect(await processInto(data)).toMatchObject({ documents: 40, documents_read: 40 });

    // Of the same length and, as on a file system with whole seconds, of the same time.
    const changed = [3, 17, 40];
    await landDocuments(
      data,
      changed.map((id) => ({ id, weight: 96 })),
    );
    for (const id of changed) await utimes(path(id), THEN, THEN);
    for (const id of [5, 6]) await utimes(path(id), new Date(), new Date());

    expect(await processInto(data)).toMatchObject({
      documents: 40,
      documents_read: 3,
      version: 2,
      inserted: 0,
      updated: 3,
      deleted: 0,
    });
    const rows = await parquetRows(parquet);
    expect(rows.filter((row) => row['weight'] === 96).map((row) => row['id'])).toEqual(changed);
    expect(rows).toHaveLength(40);
  });

  it('documents that came and went are counted, and only the new are read', async () => {
    const data = await landed();
    await processInto(data);
    await rm(join(dataPaths(data).documents, '2.json'));
    await landDocuments(data, [{ id: 8 }]);
    expect(await processInto(data)).toMatchObject({
      documents: 5,
      documents_read: 1,
      inserted: 1,
      updated: 0,
      deleted: 1,
    });
  });

  it('other games need no document read again', async () => {
    const games = (name: string) => [{ game_index: 1, version: { name, url: '' } }];
    const data = await landed([
      { id: 1, game_indices: games('red') },
      { id: 2, game_indices: games('gold') },
    ]);
    await processInto(data);
    expect(await processInto(data, { games: 'all' })).toMatchObject({
      documents_read: 0,
      in_scope: 2,
      inserted: 1,
    });
    expect(await processInto(data, { games: ['gold'] })).toMatchObject({
      documents_read: 0,
      in_scope: 1,
      deleted: 1,
    });
  });

  it.each<[what: string, damage: (path: string) => Promise<void>]>([
    ['deleted', (path) => rm(path)],
    ['overwritten', (path) => writeFile(path, 'not parquet')],
    ['cut short', (path) => truncate(path, 900)],
    ['emptied', (path) => truncate(path, 0)],
    [
      'damaged inside, its footer whole',
      async (path) => {
        const bytes = await readFile(path);
        await writeFile(path, bytes.fill(0xa5, 4, bytes.length >> 1));
      },
    ],
    ['a table of another program', (path) => writeOtherParquet(path)],
  ])('where the kept rows were %s they are made again', async (_, damage) => {
    const data = await landed();
    await processInto(data);
    const before = await publishedState(data);
    await damage(dataPaths(data).shaped);
    expect(await processInto(data)).toMatchObject({ documents_read: 5, version: null });
    expect(await processInto(data)).toMatchObject({ documents_read: 0, version: null });
    expect(await publishedState(data)).toEqual(before);
  });
});

async function writeOtherParquet(path: string): Promise<void> {
  await queryRows(`COPY (SELECT 1 AS id, 'x' AS signature) TO '${path}' (FORMAT parquet)`);
}

describe('pokemon.parquet says where it comes from', () => {
  it('its own metadata names source, time, version, games and app version', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(3));
    const report = await gatherInto(data, server);
    await processInto(data);
    const provenance = {
      source: server.url,
      gathered_at: report.gathered_at,
      version: '1',
      games: 'red,blue,leafgreen,white',
      listed: '3',
      app_version: packageJson.version,
    };
    const { parquet } = dataPaths(data);
    expect(await parquetProvenance(parquet)).toEqual(provenance);

    server.documents = servedMany(4);
    const again = await gatherInto(data, server);
    await processInto(data, { games: 'all' });
    expect(await parquetProvenance(parquet)).toEqual({
      ...provenance,
      gathered_at: again.gathered_at,
      version: '2',
      games: 'all',
      listed: '4',
    });
  });

  it('a quote in a game’s name cannot break out of it', async () => {
    const name = "o'red', x: 'y";
    const data = await landed([
      { id: 1, game_indices: [{ game_index: 1, version: { name, url: '' } }] },
    ]);
    await processInto(data, { games: [name] });
    expect(await parquetProvenance(dataPaths(data).parquet)).toMatchObject({
      games: name,
      version: '1',
    });
  });
});
