import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { Database } from '../../src/main/base/duckdb';
import { readChanges } from '../../src/main/warehouse/read-changes';
import { readHistory } from '../../src/main/warehouse/read-history';
import type { ChangeEntry } from '../../src/preload/contract/reports';
import { type DocumentParts, served } from '../helpers/documents';
import { gatherInto, serve } from '../helpers/gather-into';
import { landDocuments, processInto } from '../helpers/land-documents';
import { temporaryFolder } from '../helpers/temporary-folder';

async function changes(
  data: string,
  range: { from?: number; to?: number } = {},
): Promise<ChangeEntry[]> {
  const database = await Database.open();
  try {
    return await readChanges(database, dataPaths(data), range);
  } finally {
    database.close();
  }
}

/** An entry without what the run decides: its moment. */
function told({ version, change, id, name, column, before, after }: ChangeEntry) {
  return { version, change, id, name, column, before, after };
}

const game = (...names: string[]) =>
  names.map((name) => ({ game_index: 1, version: { name, url: '' } }));
const types = (...names: string[]) =>
  names.map((name, index) => ({ slot: index + 1, type: { name, url: '' } }));
const abilities = (...names: string[]) =>
  names.map((name, index) => ({
    slot: index + 1,
    is_hidden: false,
    ability: { name, url: '' },
  }));
const stats = (hp: number | null, ...rest: (number | null)[]) =>
  ['hp', 'attack', 'defense', 'special-attack', 'special-defense', 'speed'].map((name, index) => ({
    base_stat: [hp, ...rest][index] ?? null,
    effort: 0,
    stat: { name, url: '' },
  }));

/** Two dates of a small PokéAPI. What differs is spelled out below, entry by entry. */
const EARLIER: DocumentParts[] = [
  { id: 1, name: 'bulbasaur', base_experience: null, types: types('grass') },
  { id: 2, name: 'ivysaur', height: 10, weight: 130, game_indices: game('red') },
  { id: 3, name: 'venusaur', sprites: { front_default: null }, order: 3 },
  { id: 4, name: 'charmander', game_indices: game('red', 'blue') },
  { id: 5, name: 'charmeleon', stats: stats(58, 64, 58, 80, 65, null) },
  { id: 6, name: 'charizard' },
  { id: 7, name: 'squirtle', abilities: abilities('torrent') },
  { id: 9, name: 'blastoise', is_default: true },
  { id: 10, name: 'caterpie', game_indices: game('gold') },
];
const LATER: DocumentParts[] = [
  { id: 1, name: 'bulbasaur', base_experience: 64, types: types('grass', 'poison') },
  { id: 2, name: 'ivysaur', height: 0, weight: null, game_indices: game('red') },
  { id: 3, name: 'venus', sprites: { front_default: 'https://x.test/3.png' }, order: -1 },
  // 4 left the four games, 6 left the list.
  { id: 4, name: 'charmander', game_indices: game('gold') },
  { id: 5, name: 'charmeleon', stats: stats(58, 64, 58, 80, 65, 80) },
  { id: 7, name: 'squirtle', abilities: abilities('torrent', 'rain-dish') },
  { id: 8, name: 'wartortle' },
  { id: 9, name: 'blastoise', is_default: false, moves: ['of no concern'] },
  // 10 came into the four games.
  { id: 10, name: 'caterpie', game_indices: game('gold', 'white') },
];

function update(id: number, name: string, column: string, before: unknown, after: unknown) {
  return { version: 2, change: 'update', id, name, column, before, after };
}

function membership(version: number, change: 'insert' | 'delete', id: number, name: string) {
  return { version, change, id, name, column: null, before: null, after: null };
}

const LATER_CHANGES = [
  update(1, 'Bulbasaur', 'base_experience', null, 64),
  update(1, 'Bulbasaur', 'type_2', null, 'poison'),
  update(2, 'Ivysaur', 'weight', 130, null),
  update(2, 'Ivysaur', 'height', 10, 0),
  update(2, 'Ivysaur', 'bmi', 13, null), // 13 kg / (1 m)²
  update(2, 'Ivysaur', 'weight_kg', 13, null),
  update(2, 'Ivysaur', 'height_m', 1, 0),
  update(3, 'Venus', 'name', 'Venusaur', 'Venus'),
  update(3, 'Venus', 'order', 3, -1),
  update(3, 'Venus', 'sprite_front_default', null, 'https://x.test/3.png'),
  update(3, 'Venus', 'species', 'venusaur', 'venus'),
  membership(2, 'delete', 4, 'Charmander'),
  update(5, 'Charmeleon', 'speed', null, 80),
  update(5, 'Charmeleon', 'stat_total', null, 405),
  membership(2, 'delete', 6, 'Charizard'),
  update(7, 'Squirtle', 'abilities', ['torrent'], ['torrent', 'rain-dish']),
  membership(2, 'insert', 8, 'Wartortle'),
  update(9, 'Blastoise', 'is_default', true, false),
  membership(2, 'insert', 10, 'Caterpie'),
];

describe('what changed between two dates', () => {
  it('every insert, delete and field is told, before and after, and nothing else', async () => {
    const data = await temporaryFolder();
    const server = await serve(EARLIER.map(served));
    await gatherInto(data, server);
    expect(await processInto(data)).toMatchObject({ version: 1, inserted: 8, in_scope: 8 });
    server.documents = LATER.map(served);
    expect(await gatherInto(data, server)).toMatchObject({ listed: 9, removed: 1 });
    expect(await processInto(data)).toMatchObject({
      version: 2,
      inserted: 2,
      updated: 6,
      deleted: 2,
      in_scope: 8,
    });

    expect((await changes(data, { from: 2 })).map(told)).toEqual(LATER_CHANGES);
    const all = await changes(data);
    expect(all.slice(0, 8).map(told)).toEqual(
      EARLIER.slice(0, 8).map(({ id, name = '' }) =>
        membership(1, 'insert', id, name.charAt(0).toUpperCase() + name.slice(1)),
      ),
    );
    expect(all.slice(8).map(told)).toEqual(LATER_CHANGES);
    expect((await changes(data, { from: 1, to: 1 })).map(told)).toEqual(all.slice(0, 8).map(told));
  });

  it('each entry carries the moment history gives for its version', async () => {
    const data = await temporaryFolder();
    await landDocuments(data, [{ id: 1 }]);
    await processInto(data);
    await landDocuments(data, [{ id: 1, weight: 1 }]);
    await processInto(data);
    const moments = new Map(
      (await readHistory(dataPaths(data))).map((entry) => [entry.version, entry.timestamp]),
    );
    const entries = await changes(data);
    expect(entries.map((entry) => entry.version)).toEqual([1, 2, 2, 2]);
    for (const entry of entries) expect(entry.timestamp).toBe(moments.get(entry.version));
  });

  it('a subject that went and came back is deleted, then inserted', async () => {
    const data = await temporaryFolder();
    await landDocuments(data, [{ id: 1 }, { id: 2 }]);
    await processInto(data);
    await rm(join(dataPaths(data).documents, '2.json'));
    await processInto(data);
    await landDocuments(data, [{ id: 2 }]);
    await processInto(data);
    expect((await changes(data, { from: 2 })).map(told)).toEqual([
      membership(2, 'delete', 2, 'Mon-2'),
      membership(3, 'insert', 2, 'Mon-2'),
    ]);
  });

  it('before the first publish it says so', async () => {
    await expect(changes(await temporaryFolder())).rejects.toMatchObject({ code: 'no-data' });
    await expect(readHistory(dataPaths(await temporaryFolder()))).rejects.toMatchObject({
      code: 'no-data',
    });
  });

  it('a version that never was is named, with those that are', async () => {
    const data = await temporaryFolder();
    await landDocuments(data, [{ id: 1 }]);
    await processInto(data);
    for (const range of [{ from: 2 }, { to: 7 }]) {
      await expect(changes(data, range)).rejects.toMatchObject({
        code: 'version-not-kept',
        message: expect.stringMatching(/no version (2|7)/),
        hint: expect.stringContaining('1 to 1'),
      });
    }
  });
});

describe('history', () => {
  it('tells each version’s source, moment, games, rows and counts, newest first', async () => {
    const data = await temporaryFolder();
    const server = await serve(EARLIER.map(served));
    const first = await gatherInto(data, server);
    const started = Date.now();
    await processInto(data);
    server.documents = LATER.map(served);
    const second = await gatherInto(data, server);
    await processInto(data, { games: ['red', 'white'] });

    const entries = await readHistory(dataPaths(data));
    expect(entries).toMatchObject([
      {
        version: 2,
        source: server.url,
        gathered_at: second.gathered_at,
        games: ['red', 'white'],
        rows: 8,
        inserted: 2,
        updated: 6,
        deleted: 2,
        kept: true,
        files: 0,
      },
      {
        version: 1,
        source: server.url,
        gathered_at: first.gathered_at,
        games: ['red', 'blue', 'leafgreen', 'white'],
        rows: 8,
        inserted: 8,
        updated: 0,
        deleted: 0,
        kept: true,
        files: 0,
      },
    ]);
    const moments = entries.map((entry) => Date.parse(entry.timestamp ?? ''));
    expect(moments[1]).toBeGreaterThanOrEqual(started);
    expect(moments[0]).toBeGreaterThan(moments[1] ?? 0);
    expect(moments[0]).toBeLessThanOrEqual(Date.now());
  });
});
