import { createHmac } from 'node:crypto';
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import type { DocumentParts } from '../helpers/documents';
import { deltaRows, type DeltaVersion, feedRows, replayDelta } from '../helpers/delta-replay';
import { landDocuments, processInto } from '../helpers/land-documents';
import { type ParquetRow, parquetRows } from '../helpers/parquet-rows';
import { publishedState } from '../helpers/published-state';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';

const FIVE: readonly DocumentParts[] = [1, 2, 3, 4, 5].map((id) => ({ id }));

const atEnd = atSuiteEnd();
/** With the five, as version 1. */
let made: string;

beforeAll(async () => {
  made = await temporaryFolder(atEnd);
  await landDocuments(made, FIVE);
  await processInto(made);
});

async function published(documents?: readonly DocumentParts[]): Promise<string> {
  const data = await temporaryFolder();
  if (documents === undefined) {
    await cp(made, data, { recursive: true });
    return data;
  }
  await landDocuments(data, documents);
  await processInto(data);
  return data;
}

async function bothTables(data: string) {
  const paths = dataPaths(data);
  const tables = { pokemon: paths.pokemonTable, identities: paths.identitiesTable };
  return {
    tables,
    pokemon: await replayDelta(tables.pokemon),
    identities: await replayDelta(tables.identities),
  };
}

function at(versions: readonly DeltaVersion[], version: number): DeltaVersion {
  const found = versions[version];
  if (found === undefined) throw new Error(`there is no version ${version}`);
  return found;
}

/** Number → pseudonym, as the current lookup has it. */
async function keysById(data: string): Promise<Map<number, string>> {
  const { tables, identities } = await bothTables(data);
  const rows = await deltaRows(tables.identities, at(identities, identities.length - 1));
  return new Map(rows.map((row) => [Number(row['id']), String(row['pokemon_key'])]));
}

async function remove(data: string, id: number): Promise<void> {
  await rm(join(dataPaths(data).documents, `${id}.json`));
}

/** Every file below a folder with what changes when it is written. */
async function fingerprint(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const { ino, size, mtimeNs } = await stat(join(folder, name), { bigint: true });
    found[name] = `${ino} ${size} ${mtimeNs}`;
  }
  return found;
}

describe('any Delta reader can read both tables', () => {
  it('version 0 declares protocol, schema and feed; version 1 holds the rows', async () => {
    const { tables, pokemon, identities } = await bothTables(await published());
    for (const log of [pokemon, identities]) {
      expect(log.map((version) => version.version)).toEqual([0, 1]);
      expect(at(log, 0).protocol).toEqual({ minReaderVersion: 1, minWriterVersion: 4 });
      expect(at(log, 0).files.size).toBe(0);
      expect(at(log, 0).metaData).toMatchObject({
        format: { provider: 'parquet', options: {} },
        partitionColumns: [],
      });
      expect(at(log, 1).actions.some((action) => 'metaData' in action)).toBe(false);
    }
    expect(at(pokemon, 0).metaData.configuration).toEqual({ 'delta.enableChangeDataFeed': 'true' });
    expect(at(identities, 0).metaData.configuration).toEqual({
      'delta.dataSkippingNumIndexedCols': '0',
    });
    expect(at(pokemon, 0).metaData.id).not.toBe(at(identities, 0).metaData.id);
    expect(await deltaRows(tables.pokemon, at(pokemon, 1))).toHaveLength(5);
    expect(await deltaRows(tables.identities, at(identities, 1))).toHaveLength(5);
  });

  it('the schemas are those of the design, with what may be null', async () => {
    const { pokemon, identities } = await bothTables(await published());
    const list = { type: 'array', elementType: 'string', containsNull: true };
    const field = (name: string, type: unknown, nullable: boolean) => ({
      name,
      type,
      nullable,
      metadata: {},
    });
    expect(at(pokemon, 0).fields).toEqual([
      field('pokemon_key', 'string', false),
      field('base_experience', 'integer', true),
      field('weight', 'integer', true),
      field('height', 'integer', true),
      field('type_1', 'string', false),
      field('type_2', 'string', true),
      field('bmi', 'double', true),
      field('weight_kg', 'double', true),
      field('height_m', 'double', true),
      field('games', list, false),
      field('hp', 'integer', true),
      field('attack', 'integer', true),
      field('defense', 'integer', true),
      field('special_attack', 'integer', true),
      field('special_defense', 'integer', true),
      field('speed', 'integer', true),
      field('stat_total', 'integer', true),
      field('abilities', list, false),
      field('is_default', 'boolean', false),
    ]);
    expect(at(identities, 0).fields).toEqual([
      field('pokemon_key', 'string', false),
      field('id', 'integer', false),
      field('name', 'string', false),
      field('order', 'integer', true),
      field('sprite_front_default', 'string', true),
      field('species', 'string', false),
      field('salt', 'binary', false),
    ]);
  });

  it('add, remove and cdc say what the protocol asks of them', async () => {
    const data = await published();
    await landDocuments(data, [{ id: 2, weight: 100, name: 'renamed' }]);
    await processInto(data);
    const { tables, pokemon, identities } = await bothTables(data);
    for (const [table, log] of [
      [tables.pokemon, pokemon],
      [tables.identities, identities],
    ] as const) {
      const [first, second] = [at(log, 1), at(log, 2)];
      const [old] = [...first.files.values()];
      for (const file of second.adds) {
        expect(file).toMatchObject({ dataChange: true, partitionValues: {} });
        const { mtimeMs } = await stat(join(table, file.path));
        expect(Math.abs(mtimeMs - (file.modificationTime ?? 0))).toBeLessThanOrEqual(1);
      }
      expect(second.adds).toHaveLength(1);
      expect(second.removes).toEqual([
        {
          path: old?.path,
          size: old?.size,
          deletionTimestamp: second.commitInfo.timestamp,
          dataChange: true,
          extendedFileMetadata: true,
          partitionValues: {},
        },
      ]);
      expect(second.commitInfo).toMatchObject({
        operation: 'MERGE',
        isBlindAppend: false,
        operationMetrics: {
          numTargetRowsInserted: '0',
          numTargetRowsUpdated: '1',
          numTargetRowsDeleted: '0',
        },
      });
    }
    expect(at(pokemon, 2).cdc).toMatchObject([{ dataChange: false, partitionValues: {} }]);
    expect(at(pokemon, 2).cdc[0]?.path).toMatch(/^_change_data\//);
    expect(identities.flatMap((version) => version.cdc)).toEqual([]);
  });

  it('statistics tell count, least, greatest and nulls of every column', async () => {
    const { tables, pokemon } = await bothTables(
      await published([
        { id: 1, weight: null, base_experience: 7, types: types('water', 'flying') },
        { id: 2, weight: 30, height: null, base_experience: -2, types: types('bug') },
        { id: 3, weight: 4, height: 20, base_experience: 300, types: types('fire') },
      ]),
    );
    const [file] = [...at(pokemon, 1).files.values()];
    const stats = JSON.parse(file?.stats ?? '{}') as Record<string, Record<string, unknown>>;
    const keys = (await deltaRows(tables.pokemon, at(pokemon, 1))).map((row) => row['pokemon_key']);
    expect(stats['numRecords']).toBe(3);
    expect(stats['minValues']).toMatchObject({
      pokemon_key: keys.sort()[0],
      base_experience: -2,
      weight: 4,
      weight_kg: 0.4,
      height: 7,
      height_m: 0.7,
      type_1: 'bug',
      type_2: 'flying',
      bmi: 0.1, // 0.4 kg / (2 m)²
      stat_total: 255, // 40 + 41 + 42 + 43 + 44 + 45
    });
    expect(stats['maxValues']).toMatchObject({
      base_experience: 300,
      weight: 30,
      height: 20,
      type_1: 'water',
      type_2: 'flying',
      bmi: 0.1,
    });
    expect(stats['nullCount']).toEqual({
      ...Object.fromEntries(at(pokemon, 0).fields.map((field) => [field.name, 0])),
      weight: 1,
      weight_kg: 1,
      height: 1,
      height_m: 1,
      bmi: 2,
      type_2: 2,
    });
    // Lists have no least and greatest, and Delta knows none of booleans.
    for (const column of ['games', 'abilities', 'is_default']) {
      expect(stats['minValues']).not.toHaveProperty(column);
      expect(stats['maxValues']).not.toHaveProperty(column);
    }
  });
});

function types(...names: string[]) {
  return names.map((name, index) => ({ slot: index + 1, type: { name, url: '' } }));
}

/** All a table says, in lower case: file names, raw bytes, rows of every version and feed. */
async function everythingTold(table: string): Promise<string> {
  const told: string[] = [];
  for (const name of await readdir(table, { recursive: true })) {
    told.push(name);
    const path = join(table, name);
    if ((await stat(path)).isFile()) told.push(await readFile(path, 'latin1'));
  }
  for (const version of await replayDelta(table)) {
    const rows = [...(await deltaRows(table, version)), ...(await feedRows(table, version))];
    for (const row of rows) told.push(JSON.stringify(row));
  }
  return told.join('\n').toLowerCase();
}

describe('tables/pokemon leads back to nobody', () => {
  it('no number, name, order, sprite or species is in its files or its log', async () => {
    const secrets = { id: 1928374, name: 'qwyxname', order: 5647382 };
    const subject: DocumentParts = {
      ...secrets,
      species: { name: 'qwyxspecies', url: '' },
      sprites: { front_default: 'https://example.test/qwyxsprite.png' },
    };
    const data = await published([...FIVE, subject]);
    await landDocuments(data, [{ ...subject, weight: 111, order: 5647383 }]);
    await processInto(data);
    await remove(data, subject.id);
    await processInto(data);

    const { tables, pokemon } = await bothTables(data);
    expect(pokemon).toHaveLength(4);
    expect(await everythingTold(tables.identities)).toContain('qwyxname');
    const everything = await everythingTold(tables.pokemon);
    expect(everything).not.toContain('qwyx');
    for (const number of ['1928374', '5647382', '5647383']) {
      expect(everything).not.toContain(number);
    }
  });

  it('rows are not in the order of the numbers, which would give them away', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ id: index + 1, weight: index + 1 }));
    const { tables, pokemon } = await bothTables(await published(many));
    for (const rows of [
      await deltaRows(tables.pokemon, at(pokemon, 1)),
      await feedRows(tables.pokemon, at(pokemon, 1)),
    ]) {
      const keys = rows.map((row) => String(row['pokemon_key']));
      expect(keys).toEqual([...keys].sort());
    }
  });

  it('the lookup’s log tells no values, and no engine is offered its changes', async () => {
    const data = await published([{ id: 1, name: 'qwyxname' }]);
    await landDocuments(data, [{ id: 1, name: 'qwyxother' }]);
    await processInto(data);
    const { tables, identities } = await bothTables(data);
    for (const version of identities) {
      expect(version.cdc).toEqual([]);
      // The number of rows names nobody, and other engines count by it.
      for (const file of version.adds) expect(file.stats).toBe('{"numRecords":1}');
      expect(JSON.stringify(version.actions)).not.toContain('qwyx');
    }
    expect(await readdir(tables.identities)).not.toContain('_change_data');
  });

  it('a key is HMAC-SHA256 of the number under the subject’s own salt', async () => {
    const { tables, identities } = await bothTables(await published());
    const rows = await deltaRows(tables.identities, at(identities, 1));
    const salts = rows.map((row) => Buffer.from(row['salt'] as Uint8Array));
    for (const [index, row] of rows.entries()) {
      const salt = salts[index] ?? Buffer.alloc(0);
      expect(salt).toHaveLength(16);
      const digest = createHmac('sha256', salt).update(String(row['id'])).digest('hex');
      expect(row['pokemon_key']).toBe(digest.slice(0, 32));
    }
    expect(new Set(salts.map((salt) => salt.toString('hex'))).size).toBe(5);
  });

  it('a subject keeps its key over refreshes, and gets a new one after it was gone', async () => {
    const data = await published();
    const first = await keysById(data);
    await landDocuments(data, [{ id: 2, weight: 1 }, { id: 3, name: 'renamed' }, { id: 6 }]);
    await processInto(data);
    const second = await keysById(data);
    for (const id of [1, 2, 3, 4, 5]) expect(second.get(id)).toBe(first.get(id));

    await remove(data, 4);
    await processInto(data);
    expect((await keysById(data)).has(4)).toBe(false);
    await landDocuments(data, [{ id: 4 }]);
    await processInto(data);
    const last = await keysById(data);
    expect(last.get(4)).not.toBe(first.get(4));
    expect(last.get(5)).toBe(first.get(5));
  });
});

/** A commit that changes no row: which dataset version it makes, and nothing else. */
const SAYS_NOTHING = [['commitInfo'], ['txn']];

describe('the change feed tells what changed and no more', () => {
  it('insert, update and delete of one refresh', async () => {
    const data = await published();
    const before = await keysById(data);
    await landDocuments(data, [{ id: 2, weight: 100 }, { id: 7 }]);
    await remove(data, 5);
    expect(await processInto(data)).toMatchObject({
      version: 2,
      inserted: 1,
      updated: 1,
      deleted: 1,
    });
    const after = await keysById(data);
    const { tables, pokemon } = await bothTables(data);
    const feed = await feedRows(tables.pokemon, at(pokemon, 2));
    const told = (row: ParquetRow) => [row['_change_type'], row['pokemon_key'], row['weight']];
    expect(feed.map(told).sort()).toEqual(
      [
        ['insert', after.get(7), 69],
        ['update_preimage', before.get(2), 69],
        ['update_postimage', before.get(2), 100],
        ['delete', before.get(5), 69],
      ].sort(),
    );
  });

  it('the feed of the first refresh is an insert of every row', async () => {
    const { tables, pokemon } = await bothTables(await published());
    const feed = await feedRows(tables.pokemon, at(pokemon, 1));
    const rows = await deltaRows(tables.pokemon, at(pokemon, 1));
    expect(feed).toEqual(rows.map((row) => ({ ...row, _change_type: 'insert' })));
  });

  it.each<[what: string, parts: Partial<DocumentParts>]>([
    ['a new name', { name: 'renamed', species: { name: 'mon-2', url: '' } }],
    ['a new sprite', { sprites: { front_default: 'https://example.test/new.png' } }],
    ['no sprite', { sprites: { front_default: null } }],
    ['a new order', { order: -1 }],
    ['a new species', { species: { name: 'other', url: '' } }],
  ])('%s is a change of the lookup: tables/pokemon writes no data for it', async (_, parts) => {
    const data = await published();
    await landDocuments(data, [{ id: 2, ...parts }]);
    expect(await processInto(data)).toMatchObject({ version: 2, updated: 1 });
    const { pokemon, identities } = await bothTables(data);
    expect(at(pokemon, 2).actions.map((action) => Object.keys(action))).toEqual(SAYS_NOTHING);
    expect([...at(pokemon, 2).files]).toEqual([...at(pokemon, 1).files]);
    expect(at(identities, 2)).toMatchObject({ adds: [{}], removes: [{}] });
  });

  it('a change of working data writes nothing to the lookup', async () => {
    const data = await published();
    await landDocuments(data, [{ id: 2, weight: 100 }]);
    await processInto(data);
    const { pokemon, identities } = await bothTables(data);
    expect(at(identities, 2).actions.map((action) => Object.keys(action))).toEqual(SAYS_NOTHING);
    expect(at(pokemon, 2)).toMatchObject({ adds: [{}], removes: [{}], cdc: [{}] });
  });

  it('a change of identity beside one of working data is not in the feed', async () => {
    const data = await published();
    await landDocuments(data, [
      { id: 2, weight: 100 },
      { id: 3, name: 'renamed' },
    ]);
    expect(await processInto(data)).toMatchObject({ updated: 2 });
    const keys = await keysById(data);
    const { tables, pokemon } = await bothTables(data);
    const feed = await feedRows(tables.pokemon, at(pokemon, 2));
    expect(feed.map((row) => row['pokemon_key'])).toEqual([keys.get(2), keys.get(2)]);
  });

  it('a null that comes or goes is a change; a null that stays is none', async () => {
    const data = await published([
      { id: 1, weight: null },
      { id: 2, weight: 5 },
      { id: 3, weight: null },
    ]);
    await landDocuments(data, [
      { id: 1, weight: null, moves: ['touched'] },
      { id: 2, weight: null },
      { id: 3, weight: 5 },
    ]);
    expect(await processInto(data)).toMatchObject({ documents_read: 3, updated: 2 });
  });
});

describe('a refresh without change leaves everything as it is', () => {
  it('publishes no version and touches no file', async () => {
    const data = await published();
    const paths = dataPaths(data);
    const tables = await fingerprint(paths.tables);
    const parquet = await stat(paths.parquet, { bigint: true });
    expect(await processInto(data)).toMatchObject({ version: null, published: false });
    // The same content landed again, as after `gather --force` from a server that reorders keys.
    await landDocuments(data, [{ id: 1, moves: ['another'] }]);
    expect(await processInto(data)).toMatchObject({
      documents_read: 1,
      version: null,
      inserted: 0,
      updated: 0,
      deleted: 0,
      published: false,
    });
    expect(await fingerprint(paths.tables)).toEqual(tables);
    const after = await stat(paths.parquet, { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([parquet.ino, parquet.mtimeNs]);
  });
});

describe('a clock that was set back', () => {
  it('does not make versions go back in time', async () => {
    const data = await published();
    const paths = dataPaths(data);
    const ahead = Date.UTC(2100, 0, 1);
    // As if the first version had been made while the clock was ahead.
    for (const table of [paths.pokemonTable, paths.identitiesTable]) {
      const path = join(table, '_delta_log', `${'1'.padStart(20, '0')}.json`);
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace(/"timestamp":\d+/, `"timestamp":${ahead}`));
    }
    for (const weight of [1, 2, 3]) {
      await landDocuments(data, [{ id: 1, weight }]);
      await processInto(data);
    }
    const { pokemon, identities } = await bothTables(data);
    for (const log of [pokemon, identities]) {
      expect(log.slice(1).map((version) => version.commitInfo.timestamp)).toEqual([
        ahead,
        ahead + 1,
        ahead + 2,
        ahead + 3,
      ]);
    }
  });
});

describe('tables that something else has changed', () => {
  const log = (table: string, version: number) =>
    join(table, '_delta_log', `${String(version).padStart(20, '0')}.json`);

  it.each<[what: string, damage: (data: string) => Promise<void>, says: RegExp]>([
    [
      'a commit that is not JSON',
      (data) => writeFile(log(dataPaths(data).identitiesTable, 1), '{"add":'),
      /tables\/identities\/_delta_log\/0{19}1\.json is cut short/,
    ],
    [
      'a commit that is empty',
      (data) => writeFile(log(dataPaths(data).pokemonTable, 1), ''),
      /tables\/pokemon\/_delta_log\/0{19}1\.json is empty/,
    ],
    [
      'a commit of the app that lost its last line',
      async (data) => {
        const path = log(dataPaths(data).pokemonTable, 1);
        const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
        await writeFile(path, `${lines.slice(0, -1).join('\n')}\n`);
      },
      /tables\/pokemon\/_delta_log\/0{19}1\.json is cut short/,
    ],
    [
      'a decision that is not JSON',
      (data) => writeFile(dataPaths(data).pendingCommit, '{"version":'),
      /pending-commit\.json cannot be read/,
    ],
  ])('%s is named, and pokemon.parquet stays', async (_, damage, says) => {
    const data = await published();
    const { parquet } = await publishedState(data);
    await damage(data);
    await landDocuments(data, [{ id: 1, weight: 5 }]);
    const ended = processInto(data);
    await expect(ended).rejects.toMatchObject({ code: 'table-damaged' });
    await expect(ended).rejects.toThrow(says);
    const path = dataPaths(data).parquet;
    expect(await parquetRows(path)).toHaveLength(parquet?.rows ?? 0);
  });
});
