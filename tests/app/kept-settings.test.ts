import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { SettingsStore } from '../../src/main/app/settings-store';
import {
  type Settings,
  settingsSchema,
  type Trouble,
  type Workspace,
} from '../../src/preload/contract/settings';
import { whenBusy } from '../helpers/busy-machine';
import { serveApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';

const DEFAULTS = settingsSchema.parse({});

const WORKSPACE: Workspace = {
  columns: ['id', 'name'],
  sort: [],
  pinned: [],
  widths: {},
  cards: [
    {
      id: 'types',
      kind: 'categories',
      title: 'Types',
      columns: ['type_1', 'type_2'],
      most: 20,
      width: 4,
    },
  ],
  compared: ['25'],
  dock: { open: true, height: null, rows: null },
};

interface Opened {
  store: SettingsStore;
  path: string;
  told: Trouble[];
  shown: Settings[];
  onDisk(): Promise<Record<string, unknown>>;
}

/** The store over a file with this content; null for none. */
async function open(content: string | Uint8Array | null): Promise<Opened> {
  const path = join(await temporaryFolder(), 'settings.json');
  if (content !== null) await writeFile(path, content);
  const told: Trouble[] = [];
  const shown: Settings[] = [];
  const store = await SettingsStore.open(path, {
    trouble: (trouble) => told.push(trouble),
    changed: ({ settings }) => shown.push(settings),
  });
  onTestFinished(() => store.close());
  return { store, path, told, shown, onDisk: async () => JSON.parse(await readFile(path, 'utf8')) };
}

test('of settings saved at once the last asked for stay', async () => {
  const { store } = await open(null);
  const themes = ['dark', 'light', 'dark', 'system', 'light'] as const;
  const padding = Array.from({ length: 60 }, (_, index) => `${index}`.repeat(40));
  await Promise.all(
    // The first is the longest to write.
    themes.map((theme, index) => store.save({ theme, games: padding.slice(index * 12) })),
  );
  expect(store.current.theme).toBe('light');
});

test('settings saved at once keep each other, and one that is refused spoils none', async () => {
  const { store, onDisk } = await open(null);
  const saved = await Promise.allSettled([
    store.save({ theme: 'dark' }),
    store.save({ workspace: WORKSPACE }),
    store.save({ source: 'file:///etc/passwd' }),
    store.save({ concurrency: 3 }),
  ]);
  expect(saved.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(store.current).toEqual({
    ...DEFAULTS,
    theme: 'dark',
    workspace: WORKSPACE,
    concurrency: 3,
  });
  // Only what was set: what a later version begins with is not held back by this one's.
  expect(await onDisk()).toEqual({ theme: 'dark', workspace: WORKSPACE, concurrency: 3 });
});

const THEIRS = '{"theme":"dark","concurrency":3}';
const utf16 = (mark: number[], text: Buffer) => Buffer.concat([Buffer.from(mark), text]);

test.each([
  ['UTF-8', `\uFEFF${THEIRS}`],
  ['UTF-16, as PowerShell writes it', utf16([0xff, 0xfe], Buffer.from(THEIRS, 'utf16le'))],
  ['UTF-16 the other way round', utf16([0xfe, 0xff], Buffer.from(THEIRS, 'utf16le').swap16())],
])('a file with a byte order mark is read: %s', async (_name, content) => {
  const { store, told, onDisk } = await open(content);
  expect(store.current).toEqual({ ...DEFAULTS, theme: 'dark', concurrency: 3 });
  await store.save({ sprites: false });
  expect(await onDisk()).toEqual({ theme: 'dark', concurrency: 3, sprites: false });
  expect(told).toEqual([]);
});

test.each(['{"theme":"dark",}', '{"theme":', '[]', 'null', '', '// mine\n{}'])(
  'a broken file (%j) is put aside whole, told by its name, and never overwritten',
  async (text) => {
    const { store, told, path, onDisk } = await open(text);
    expect(store.current).toEqual(DEFAULTS);
    await store.save({ theme: 'light' });
    expect(await onDisk()).toEqual({ theme: 'light' });
    const [aside = '', ...more] = (await readdir(dirname(path))).filter(
      (name) => name !== 'settings.json',
    );
    expect(more).toEqual([]);
    expect(aside).toMatch(/^settings\.broken-\d{4}-\d\d-\d\d\.json$/);
    expect(await readFile(join(dirname(path), aside), 'utf8')).toBe(text);
    expect(told).toEqual([
      {
        message: `settings.json could not be read as JSON. It was put aside as ${aside}, and a new one is begun.`,
        hint: expect.stringContaining(join(dirname(path), aside)),
      },
    ]);
  },
);

test('broken twice on one day, it is put aside under two names; what was set stays in force', async () => {
  const { store, told, path, onDisk } = await open('{');
  await store.save({ theme: 'dark' });
  await writeFile(path, '{"theme":"light"');
  await store.save({ concurrency: 5 });
  expect(await onDisk()).toEqual({ theme: 'dark', concurrency: 5 });
  const names = (await readdir(dirname(path))).sort();
  expect(names).toEqual([
    expect.stringMatching(/broken-[\d-]{10}-2\.json$/),
    expect.stringMatching(/broken-[\d-]{10}\.json$/),
    'settings.json',
  ]);
  expect(told).toHaveLength(2);
});

test('of a file with bad values every good one counts, and what does not is said', async () => {
  const { store, told, onDisk } = await open(
    JSON.stringify({
      theme: 'dark',
      concurrency: 100_000,
      sprites: 'yes',
      games: ['red', 5],
      source: 'http://127.0.0.1:1',
      workspace: {
        columns: ['name', 5, 'name', 'id'],
        widths: { name: 0, id: 70 },
        sort: [{ column: 'id' }, { column: 7 }],
        cards: 'none',
        compared: [25, '', 1, 2, 3, 4, 5, 6],
        dock: { open: true, height: -4 },
      },
    }),
  );
  expect(store.current).toEqual({
    ...DEFAULTS,
    theme: 'dark',
    games: ['red'],
    source: 'http://127.0.0.1:1',
    workspace: {
      columns: ['name', 'id'],
      widths: { id: 70 },
      sort: [{ column: 'id', direction: 'asc' }],
      compared: ['25', '1', '2', '3', '4', '5'],
    },
  });
  expect(told.map(({ message }) => message)).toEqual([
    'Not everything in settings.json can be used: concurrency: it should be at most 256; ' +
      'games.2: it should be a text, not a number; sprites: it should be true or false, not a text; and 7 more.',
  ]);
  // None of it stops a save, nor does a save throw any of it away.
  const before = await onDisk();
  await store.save({ theme: 'light' });
  expect(await onDisk()).toEqual({ ...before, theme: 'light' });
  expect(told).toHaveLength(1);
});

test('a source that no refresh could use stops no other setting from being saved', async () => {
  const { store } = await open('{"source":"file:///etc/passwd"}');
  await store.save({ theme: 'dark' });
  expect(store.current.theme).toBe('dark');
});

test('what only a newer version knows stays through a save of anything', async () => {
  const newer = {
    later: { a: 1 },
    theme: 'dark',
    workspace: {
      ...WORKSPACE,
      columns: ['id', 'shiny', 'name'],
      pinned: ['shiny'],
      widths: { shiny: 90 },
      cards: [
        { id: 'sun', kind: 'sunburst', rings: 3 },
        { id: 'types', kind: 'types', title: 'Types', glow: true },
      ],
      tabs: ['one'],
    },
  };
  const { store, onDisk } = await open(JSON.stringify(newer));
  const shown = { ...WORKSPACE, cards: [{ id: 'types', kind: 'types', title: 'Types', width: 4 }] };
  const changed = {
    ...shown,
    columns: ['id' as const, 'name' as const, 'speed' as const],
    widths: { name: 120 },
    cards: [...shown.cards, { id: 'box', kind: 'box', title: 'Speed', column: 'speed' }],
  };
  await store.save({ workspace: changed }, shown);
  expect(await onDisk()).toEqual({
    ...newer,
    workspace: {
      ...newer.workspace,
      columns: ['id', 'shiny', 'name', 'speed'],
      widths: { shiny: 90, name: 120 },
      cards: [...newer.workspace.cards, changed.cards[1]],
    },
  });
});

test('rows that an older version kept by number are named by text, and let go as such', async () => {
  const { store, onDisk } = await open(JSON.stringify({ workspace: { compared: [25, 1] } }));
  expect(store.current.workspace).toEqual({ compared: ['25', '1'] });
  await store.save({ workspace: { compared: ['1'] } }, { compared: ['25', '1'] });
  expect(await onDisk()).toEqual({ workspace: { compared: ['1'] } });
});

test('two windows may each compare six; six are kept', async () => {
  const { store } = await open(null);
  const compared = (ids: string[]) => ({ workspace: { ...WORKSPACE, compared: ids } });
  const begun = compared([]).workspace;
  await store.save(compared(['1', '2', '3', '4', '5', '6']), begun);
  await store.save(compared(['7', '8']), begun);
  expect(store.current.workspace?.compared).toHaveLength(6);
  expect(store.current.workspace?.compared).toContain('7');
});

test('two programs on one folder keep each other’s settings and queries', async () => {
  const data = await temporaryFolder();
  const [one, two] = [await serveApp(data), await serveApp(data)];
  await one.call('settings.save', { settings: { theme: 'dark' } });
  await two.call('settings.save', { settings: { concurrency: 3 } });
  const add = (id: string) => ({
    settings: { workspace: { ...WORKSPACE, cards: [...WORKSPACE.cards, { id }] } },
    base: WORKSPACE,
  });
  const queries = Array.from({ length: 8 }, (_, index) => `SELECT ${index}`);
  await Promise.all([
    one.call('settings.save', add('a')),
    two.call('settings.save', add('b')),
    ...queries.map((sql, index) => (index % 2 === 0 ? one : two).call('sql.remember', { sql })),
  ]);
  for (const app of [one, two]) {
    const { settings, troubles } = await app.call('app.start', {});
    expect(settings).toMatchObject({ theme: 'dark', concurrency: 3 });
    const cards = settings.workspace?.cards as { id: string }[];
    expect(cards.map(({ id }) => id).sort()).toEqual(['a', 'b', 'types']);
    expect((await app.call('sql.history', {})).toSorted()).toEqual(queries);
    expect(troubles).toEqual([]);
  }
  expect((await readdir(data)).filter((name) => name.endsWith('.lock'))).not.toContain(
    'settings.json.lock',
  );
});

test('an open page is told of what another program or a person writes, within seconds', async () => {
  const data = await temporaryFolder();
  const path = join(data, 'settings.json');
  const [one, two] = [await serveApp(data), await serveApp(data)];
  const themes = () =>
    two.events.flatMap((event) =>
      event.name === 'settings.changed' ? [event.payload.settings.theme] : [],
    );
  await one.call('settings.save', { settings: { theme: 'dark' } });
  await expect.poll(themes, { timeout: whenBusy(6_000) }).toEqual(['dark']);
  // As an editor does that empties the file and writes it in pieces: nothing is put aside meanwhile.
  await writeFile(path, '{ "theme": "li');
  await sleep(2_500);
  expect(await readdir(data)).not.toContainEqual(expect.stringContaining('broken'));
  await writeFile(path, '{ "theme": "light" }');
  await expect.poll(themes, { timeout: whenBusy(6_000) }).toEqual(['dark', 'light']);
  expect((await two.call('app.start', {})).troubles).toEqual([]);
});

test('the lock of a program that was killed holds nobody up', async () => {
  const { store, path } = await open(null);
  // No process has this number: Linux counts to 4,194,304 at the most.
  await writeFile(`${path}.lock`, '999999999');
  const begun = Date.now();
  await store.save({ theme: 'dark' });
  expect(Date.now() - begun).toBeLessThan(whenBusy(2000));
});
