import { access, cp, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { dataPaths, type DataPaths } from '../../src/main/base/data-folder';
import { readHistory } from '../../src/main/warehouse/read-history';
import { landDocuments, processInto } from '../helpers/land-documents';
import { parquetProvenance } from '../helpers/parquet-rows';
import { publishedState, type PublishedState } from '../helpers/published-state';
import { rounds } from '../helpers/rounds';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';

/**
 * A folder with two versions, and what a writer killed while it made the second leaves of it at
 * each step. What a kill at a random moment leaves is in crash.test.ts.
 */
let data: string;
let paths: DataPaths;
let first: PublishedState;
let second: PublishedState;
/** What stood before the second version's publish. */
let firstParquet: Buffer;
let commits: { pokemon: string; identities: string };

const logEntry = (table: string, version: number) =>
  join(table, '_delta_log', `${String(version).padStart(20, '0')}.json`);

/** Of which every test has a copy. */
let made: string;
const atEnd = atSuiteEnd();

beforeAll(async () => {
  made = await temporaryFolder(atEnd);
  const { parquet, pokemonTable, identitiesTable } = dataPaths(made);
  await landDocuments(made, [{ id: 1 }, { id: 2 }, { id: 3 }]);
  await processInto(made);
  first = await publishedState(made);
  firstParquet = await readFile(parquet);
  await landDocuments(made, [{ id: 2, weight: 1 }, { id: 3, name: 'renamed' }, { id: 4 }]);
  await processInto(made);
  second = await publishedState(made);
  commits = {
    pokemon: await readFile(logEntry(pokemonTable, 2), 'utf8'),
    identities: await readFile(logEntry(identitiesTable, 2), 'utf8'),
  };
});

beforeEach(async () => {
  data = await temporaryFolder(onTestFinished);
  paths = dataPaths(data);
  await cp(made, data, { recursive: true });
});

/** Puts the folder back to the moment after the second version was decided. */
async function backToDecision(): Promise<void> {
  await rm(logEntry(paths.pokemonTable, 2));
  await rm(logEntry(paths.identitiesTable, 2));
  await writeFile(paths.parquet, firstParquet);
  await writeFile(paths.pendingCommit, JSON.stringify({ version: 2, ...commits }));
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

describe('a writer that was killed', () => {
  it('before its commit was decided, leaves the old version and nothing else of note', async () => {
    await backToDecision();
    await rm(paths.pendingCommit);
    expect(await publishedState(data)).toEqual(first);
    expect(await processInto(data)).toMatchObject({ version: 2, inserted: 1, updated: 2 });
    const { parquet, tables } = await publishedState(data);
    expect([parquet?.content, tables?.content]).toEqual([
      second.parquet?.content,
      second.tables?.content,
    ]);
    // The files of the attempt that came to nothing are gone: two versions, each with its feed.
    const left = (await readdir(paths.pokemonTable)).filter((name) => name.endsWith('.parquet'));
    expect(left).toHaveLength(2);
    expect(await readdir(join(paths.pokemonTable, '_change_data'))).toHaveLength(2);
  });

  const steps: [step: string, reach: () => Promise<void>, atBoth: boolean][] = [
    ['with no log entry written', async () => {}, false],
    [
      'with the lookup’s log entry written',
      () => writeFile(logEntry(paths.identitiesTable, 2), commits.identities),
      false,
    ],
    [
      'with the log entry of tables/pokemon written',
      () => writeFile(logEntry(paths.pokemonTable, 2), commits.pokemon),
      false,
    ],
    [
      'with both log entries written',
      async () => {
        await writeFile(logEntry(paths.pokemonTable, 2), commits.pokemon);
        await writeFile(logEntry(paths.identitiesTable, 2), commits.identities);
      },
      true,
    ],
  ];

  it.each(steps)('after its decision, %s: readers see whole versions', async (_, reach, atBoth) => {
    await backToDecision();
    await reach();
    const state = await publishedState(data);
    expect(state.parquet).toEqual(first.parquet);
    expect(state.tables).toEqual(atBoth ? second.tables : first.tables);
    expect((await readHistory(paths)).map((entry) => entry.version)).toEqual(atBoth ? [2, 1] : [1]);
  });

  it.each(steps)('after its decision, %s: the next run completes it', async (_, reach) => {
    await backToDecision();
    await reach();
    expect(await processInto(data)).toMatchObject({ version: null, published: true });
    expect(await publishedState(data)).toEqual(second);
    expect(await isThere(paths.pendingCommit)).toBe(false);
    expect(await readFile(logEntry(paths.pokemonTable, 2), 'utf8')).toBe(commits.pokemon);
    expect(await readFile(logEntry(paths.identitiesTable, 2), 'utf8')).toBe(commits.identities);
    expect(await processInto(data)).toMatchObject({ version: null, published: false });
  });

  it.each(steps)('after its decision, %s: newer documents go on top of it', async (_, reach) => {
    await backToDecision();
    await reach();
    await landDocuments(data, [{ id: 1, weight: 7 }]);
    expect(await processInto(data)).toMatchObject({ version: 3, updated: 1, inserted: 0 });
    const state = await publishedState(data);
    expect(state.tables).toMatchObject({ version: 3, rows: 4 });
    expect(state.parquet).toEqual(state.tables);
  });

  it('between commit and publish, has pokemon.parquet made good by the next run', async () => {
    await writeFile(paths.parquet, firstParquet);
    expect(await processInto(data)).toMatchObject({ version: null, published: true });
    expect(await publishedState(data)).toEqual(second);
  });

  it('while it made the tables, leaves nothing that the next run would stumble over', async () => {
    const fresh = await temporaryFolder();
    const empty = dataPaths(fresh);
    const creation = {
      pokemon: await readFile(logEntry(paths.pokemonTable, 0), 'utf8'),
      identities: await readFile(logEntry(paths.identitiesTable, 0), 'utf8'),
    };
    await mkdir(empty.tables, { recursive: true });
    await writeFile(empty.pendingCommit, JSON.stringify({ version: 0, ...creation }));
    await mkdir(dirname(logEntry(empty.identitiesTable, 0)), { recursive: true });
    await writeFile(logEntry(empty.identitiesTable, 0), creation.identities);
    await landDocuments(fresh, [{ id: 1 }]);
    expect(await processInto(fresh)).toMatchObject({ version: 1, inserted: 1 });
    expect((await publishedState(fresh)).tables).toMatchObject({ version: 1, rows: 1 });
  });

  it('leaves half-written files that the next run clears, and a person’s own it does not', async () => {
    const uuid = '0a1b2c3d-0000-4000-8000-123456789abc';
    const halfWritten = [
      paths.parquet,
      paths.pendingCommit,
      paths.shaped,
      paths.run,
      logEntry(paths.pokemonTable, 3),
      logEntry(paths.identitiesTable, 3),
    ].map((path) => join(dirname(path), `.${basename(path)}.${uuid}.tmp`));
    const own = [
      join(data, `.mine.csv.${uuid}.tmp`), // an export on its way into this folder
      join(data, 'notes.tmp'),
      join(paths.tables, 'notes.tmp'),
      join(paths.landing, '.hidden'),
    ];
    for (const path of [...halfWritten, ...own]) await writeFile(path, 'half');
    await processInto(data);
    expect(await Promise.all(halfWritten.map(isThere))).toEqual(halfWritten.map(() => false));
    expect(await Promise.all(own.map(isThere))).toEqual(own.map(() => true));
  });
});

describe('pokemon.parquet that was lost', () => {
  it.each<[what: string, damage: (path: string) => Promise<void>]>([
    ['deleted', (path) => rm(path)],
    ['cut in half', async (path) => truncate(path, (await readFile(path)).length >> 1)],
    ['emptied', (path) => truncate(path, 0)],
    ['overwritten', (path) => writeFile(path, 'id,name\n1,Bulbasaur\n')],
    ['put back from an older version', (path) => writeFile(path, firstParquet)],
  ])('%s: the next run writes it again, though nothing changed', async (_, damage) => {
    const provenance = await parquetProvenance(paths.parquet);
    await damage(paths.parquet);
    expect(await processInto(data)).toMatchObject({
      version: null,
      inserted: 0,
      updated: 0,
      deleted: 0,
      published: true,
    });
    expect(await publishedState(data)).toEqual(second);
    expect(await parquetProvenance(paths.parquet)).toEqual(provenance);
    expect(await processInto(data)).toMatchObject({ published: false });
  });
});

describe('a process that is cancelled', () => {
  it('leaves one whole version or the other, wherever it is stopped, and the next completes', async () => {
    let weight = 100;
    let cancelled = 0;
    for (let delay = 0; delay < 100; delay += 100 / rounds(10, 25)) {
      const before = await publishedState(data);
      weight += 1;
      await landDocuments(data, [{ id: 1, weight }]);
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), delay);
      const ended = await processInto(data, {}, abort.signal).catch((error: unknown) => error);
      clearTimeout(timer);
      if (ended instanceof Error) {
        expect(ended).toMatchObject({ code: 'cancelled' });
        cancelled += 1;
        expect(await publishedState(data)).toEqual(before);
      }
      await processInto(data);
      const after = await publishedState(data);
      expect(after.tables?.version).toBe((before.tables?.version ?? 0) + 1);
      expect(after.parquet).toEqual(after.tables);
    }
    expect(cancelled).toBeGreaterThan(0);
    const names = await readdir(paths.data, { recursive: true });
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
