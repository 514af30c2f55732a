import { expect, test } from 'vitest';
import { createDispatch, type CallHandlers } from '../../src/main/app/dispatcher';
import { filterFrom1 } from '../../src/main/shaping/view-format-1';
import { AppError, ERROR_CODES } from '../../src/preload/contract/errors';
import { filterSchema } from '../../src/main/shaping/format-1-filters';
import { rounds, seedOf } from '../helpers/rounds';
import { pick, seededRandom } from '../helpers/seeded-random';

const MESSAGES = rounds(3_000, 50_000);
const SEED = seedOf(20261123);

type Random = () => number;

/** Of a page that stays. */
const STAYS = new AbortController().signal;

/** What a sound page sends: written out by hand, call by call. */
const SOUND: Record<string, (random: Random) => unknown> = {
  'app.start': () => ({}),
  'explore.ask': (random) => ({
    asked: [
      {
        question: soundQuestion(random),
        filters: soundFilters(random).map((filter) => filterFrom1(filterSchema.parse(filter))),
      },
    ],
  }),
  'explore.provenance': (random) => ({ id: 1 + Math.floor(random() * 2000) }),
  'explore.origin': (random) => ({
    id: 1 + Math.floor(random() * 2000),
    column: pick(random, ['hp', 'games', 'bmi', 'name']),
    version: 1 + Math.floor(random() * 3),
  }),
  'sql.run': () => ({ sql: 'SELECT 1' }),
  'sql.cancel': () => ({ id: 'somebody’s own' }),
  'sql.history': () => ({}),
  'sql.remember': () => ({ sql: 'SELECT 1; SELECT 2' }),
  'sql.forget': () => ({}),
  'refresh.start': (random) => (random() < 0.5 ? {} : { force: random() < 0.5 }),
  'refresh.cancel': () => ({}),
  'history.list': () => ({}),
  'folder.files': () => ({}),
  'changes.list': (random) => ({ version: 1 + Math.floor(random() * 9) }),
  'deliveries.list': () => ({}),
  'deliveries.replay': () => ({ id: 'somebody_s-own' }),
  'deliveries.resume': () => ({ id: 'somebody_s-own' }),
  'alerts.list': () => ({}),
  'alerts.add': () => ({ rule: { alert: 1, title: 'Left', on: { change: ['delete'] } } }),
  'alerts.remove': () => ({ id: 'a1b2c3d4' }),
  'alerts.restore': () => ({ id: 'a1b2c3d4' }),
  'alerts.switch': (random) => ({ id: 'a1b2c3d4', on: random() < 0.5 }),
  'alerts.snooze': () => ({ id: 'a1b2c3d4', until: '2026-11-28T10:00:00Z' }),
  'alerts.test': () => ({ id: 'a1b2c3d4' }),
  'alerts.read': () => ({ ids: null }),
  'alerts.try': () => ({ rule: { alert: 1, title: 'Left', on: {} } }),
  'privacy.risk': (random) => ({ columns: random() < 0.5 ? null : ['weight', 'height'] }),
  'privacy.generalise': (random) => ({
    columns: ['weight', 'height'],
    k: 2 + Math.floor(random() * 20),
  }),
  'settings.choose-folder': () => ({}),
  'erasure.preview': (random) => ({ id: String(1 + Math.floor(random() * 2000)) }),
  'erasure.erase': (random) => ({ id: String(1 + Math.floor(random() * 2000)) }),
  'erasure.receipts': () => ({}),
  'erasure.verify': () => ({ file: '20261129T010203Z-0a1b2c3d.json' }),
  'settings.save': () => ({
    settings: {
      source: 'https://pokeapi.co/api/v2',
      concurrency: 16,
      games: ['red'],
      theme: 'dark',
      sprites: true,
    },
  }),
  'export.data': (random) => ({
    format: pick(random, ['parquet', 'csv', 'json']),
    view:
      random() < 0.5
        ? null
        : {
            pokeview: 2,
            selections: soundFilters(random).map((filter, index) => ({
              source: `${index}`,
              filter: filterFrom1(filterSchema.parse(filter)),
            })),
          },
  }),
  'export.cancel': () => ({ id: 'somebody’s own' }),
  'file.save': () => ({ name: 'chart', kind: 'svg', content: '<svg/>' }),
  'view.open': () => ({}),
};

function soundQuestion(random: Random): unknown {
  return pick(random, [
    {
      kind: 'density',
      ...{ x: 'height_m', y: 'weight_kg', color: 'type_1', log: true, across: 40, up: 30 },
    },
    { kind: 'histogram', column: 'bmi', bins: 20 },
    { kind: 'counts', columns: ['type_1', 'type_2'], most: 20 },
    { kind: 'pairs', x: 'type_1', y: 'type_2' },
    { kind: 'spread', column: 'hp', by: ['type_1', 'type_2'] },
    { kind: 'sets', column: 'games', members: ['red', 'blue'] },
    { kind: 'summary', of: [{ column: 'bmi', as: 'median' }] },
    { kind: 'group', x: 'type_1', y: 'bmi', aggregate: 'median', bins: 20 },
    {
      kind: 'rows',
      columns: ['id'],
      sort: [{ column: 'id', direction: 'desc' }],
      from: 0,
      count: 50,
    },
    { kind: 'byId', ids: ['1', '25'] },
    { kind: 'neighbours', id: '25' },
  ]);
}

function soundFilters(random: Random): unknown[] {
  const all = [
    { kind: 'range', column: 'bmi', min: 10 },
    { kind: 'one-of', column: 'name', values: ['Pikachu', null] },
    { kind: 'types', values: ['fire'], match: 'all' },
    { kind: 'games', values: ['red'] },
    { kind: 'type-pairs', pairs: [{ type_1: 'fire', type_2: null }] },
    {
      kind: 'lasso',
      x: 'height_m',
      y: 'weight_kg',
      points: [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
    },
    { kind: 'search', text: 'char' },
  ];
  return all.filter(() => random() < 0.3);
}

/** Changes one place of a sound message so that it is certainly no longer sound. */
function spoil(random: Random, message: unknown): unknown {
  const copy = structuredClone(message);
  const places = objectsIn(copy);
  const place = pick(random, places);
  const keys = Object.keys(place);
  if (keys.length === 0 || random() < 0.4) {
    // Every object of the contract is strict.
    place[pick(random, ['extra', 'SQL', 'where', 'path', 'constructor', 'toString', ''])] =
      junk(random);
    return copy;
  }
  const key = pick(random, keys);
  place[key] = pick(random, WRONG_EVERYWHERE)();
  return copy;
}

/** Objects whose keys the contract names (not arrays, whose elements may be many things). */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner];
}

/** No field of the contract takes any of these. */
const WRONG_EVERYWHERE: (() => unknown)[] = [
  () => Symbol.for('x'),
  () => () => 1,
  () => 10n,
  () => NaN,
  () => -Infinity,
  () => new Date(0),
  () => new Map([['a', 1]]),
  () => ({ nested: { deep: [] } }),
  () => ['x'.repeat(200_000), {}],
  () => Buffer.from('bytes'),
];

function junk(random: Random, depth = 0): unknown {
  const leaves = [null, 0, -1, 1e308, NaN, '', 'x', '\u0000', "'; DROP TABLE pokemon --", true];
  if (depth > 3 || random() < 0.5) return pick(random, leaves);
  const size = Math.floor(random() * 4);
  if (random() < 0.5) return Array.from({ length: size }, () => junk(random, depth + 1));
  return Object.fromEntries(
    Array.from({ length: size }, (_, index) => [
      pick(random, ['requests', 'query', 'filters', 'kind', '__proto__', `k${index}`]),
      junk(random, depth + 1),
    ]),
  );
}

const NO_CALLS = [
  '',
  'app',
  'app.start ',
  'APP.START',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  null,
  1,
  {},
  [],
  ['app.start'],
  Symbol.for('app.start'),
  () => 'app.start',
  { toString: () => 'app.start' },
];

function dispatcher() {
  const reached: string[] = [];
  const handlers = new Proxy({} as CallHandlers, {
    get: (_target, name) => async () => {
      reached.push(String(name));
      return null;
    },
  });
  const errors: unknown[] = [];
  return {
    reached,
    errors,
    dispatch: createDispatch(handlers, (_call, error) => errors.push(error)),
  };
}

test(`${MESSAGES} seeded messages: every sound one gets through, no spoilt one does, nothing throws (seed ${SEED})`, async () => {
  const random = seededRandom(SEED);
  const { dispatch, reached, errors } = dispatcher();
  const names = Object.keys(SOUND);
  const counts = { sound: 0, spoilt: 0, junk: 0, unknown: 0 };
  for (let index = 0; index < MESSAGES; index += 1) {
    const name = pick(random, names);
    const sound = SOUND[name]?.(random);
    const kind = pick(random, ['sound', 'spoilt', 'spoilt', 'spoilt', 'junk', 'unknown'] as const);
    counts[kind] += 1;
    const before = reached.length;
    const message =
      { sound, spoilt: null, junk: null, unknown: sound }[kind] ??
      (kind === 'spoilt' ? spoil(random, sound) : { ...Object(junk(random)), junk: 1 });
    const called = kind === 'unknown' ? pick(random, NO_CALLS) : name;
    const answer = await dispatch(called, message, STAYS);
    const shown = `${index} ${kind} ${String(called)}`;
    if (kind === 'sound') {
      expect(answer, shown).toEqual({ ok: true, result: null });
      expect(reached.at(-1), shown).toBe(name);
    } else {
      expect(answer.ok, shown).toBe(false);
      expect(answer.ok ? '' : answer.error.code, shown).toBe('usage');
      expect(reached.length, shown).toBe(before);
    }
  }
  expect(errors).toEqual([]);
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(MESSAGES / 8);
}, 300_000);

test('a failing handler crosses as a sentence, never with a path, a stack or a cause', async () => {
  const known = new AppError('locked', 'In use.', { hint: 'Wait.', cause: new Error('/home/x') });
  const failures: unknown[] = [known, new Error('secret /home/me'), 'text', null, undefined];
  for (const failure of failures) {
    const logged: unknown[] = [];
    const handlers = new Proxy({} as CallHandlers, {
      get: () => () => Promise.reject(failure),
    });
    const answer = await createDispatch(handlers, (_call, error) => logged.push(error))(
      'app.start',
      {},
      STAYS,
    );
    const text = JSON.stringify(answer);
    expect(answer.ok).toBe(false);
    expect(text).not.toContain('/home');
    expect(ERROR_CODES).toContain(answer.ok ? '' : answer.error.code);
    expect(logged).toEqual(failure === known ? [] : [failure]);
  }
});
