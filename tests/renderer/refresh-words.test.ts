import { describe, expect, test } from 'vitest';
import type {
  Failure,
  GatherProgress,
  Missing,
  RefreshReport,
} from '../../src/preload/contract/reports';
import {
  estimate,
  type Sample,
  withSample,
} from '../../src/renderer/components/refresh/estimate-progress';
import {
  failureLines,
  failureName,
  missingSentence,
  missingTooltip,
  publishOffer,
} from '../../src/renderer/components/refresh/missing-words';
import {
  formatBytes,
  formatDuration,
  gatheredWords,
  refreshSentence,
} from '../../src/renderer/components/refresh/refresh-words';

const FOLDER: RefreshReport['folder'] = {
  files: 14,
  read: 4,
  taken_up: 2,
  unchanged: 0,
  replaced: 0,
  left: [
    { path: 'half.json', outcome: 'waiting', reason: 'is not whole yet' },
    { path: 'bad.json', outcome: 'quarantined', reason: 'is not valid JSON' },
  ],
};

const REPORT: RefreshReport = {
  source: 'https://pokeapi.co/api/v2',
  origin: null,
  gathered_at: '2026-08-08T00:00:00Z',
  listed: 1351,
  fetched: 4,
  not_modified: 1347,
  resumed: 0,
  fresh: 0,
  removed: 0,
  failed: [],
  refusal: null,
  can_do_without: true,
  missing: [],
  retries: 0,
  bytes: 0,
  duration_ms: 0,
  games: 'all',
  documents: 1351,
  unmatched_games: [],
  documents_read: 4,
  in_scope: 1351,
  version: null,
  inserted: 0,
  updated: 0,
  deleted: 0,
  published: false,
  notes: [],
};

describe('what a refresh did, in one sentence', () => {
  test.each<[Partial<RefreshReport>, string]>([
    [{ version: 4, updated: 3, deleted: 1 }, '3 updated, 1 deleted · version 4'],
    [{ version: 2, inserted: 1200 }, '1,200 added · version 2'],
    [{}, 'Nothing changed in 1,351 documents.'],
    [{ listed: 1 }, 'Nothing changed in 1 document.'],
    [
      { failed: [{ id: 7, name: 'squirtle', reason: 'HTTP 404' }] },
      '1 of 1,351 documents did not arrive; the data shown stay as they were.',
    ],
    [
      {
        failed: [{ id: 7, name: 'squirtle', reason: 'HTTP 403' }],
        refusal: { message: 'The source refuses us.', hint: 'Wait.', documents: 1 },
      },
      'The source refuses us.',
    ],
    [
      {
        failed: [{ id: 7, name: 'squirtle', reason: 'HTTP 404' }],
        missing: [{ id: 7, name: 'squirtle', reason: 'HTTP 404', used: 'left out' }],
        version: 2,
        deleted: 1,
      },
      '1 deleted · version 2',
    ],
  ])('%j', (parts, sentence) => {
    expect(refreshSentence({ ...REPORT, ...parts })).toBe(sentence);
  });

  test.each<[Partial<RefreshReport>, string]>([
    [{}, '4 documents fetched, 1,347 unchanged at the source'],
    [{ fetched: 1351, not_modified: 0 }, '1,351 documents fetched, 0 unchanged at the source'],
    [{ fetched: 2, not_modified: 0, resumed: 1349 }, '2 documents fetched, 1,349 already landed'],
    [
      { fetched: 1, not_modified: 50, resumed: 1300 },
      '1 document fetched, 50 unchanged at the source, 1,300 already landed',
    ],
    [
      { fetched: 30, not_modified: 0, folder: FOLDER },
      '2 of 14 files taken up with 30 documents, 1 waiting, 1 in quarantine',
    ],
  ])('where its documents came from: %j', (parts, words) => {
    expect(gatheredWords({ ...REPORT, ...parts })).toBe(words);
  });

  test('a failure names the document as well as it can', () => {
    expect(failureName({ id: 7, name: 'squirtle', reason: '' })).toBe('Squirtle (7)');
    expect(failureName({ id: 7, reason: '' })).toBe('number 7');
    expect(failureName({ name: 'odd', reason: '' })).toBe('Odd');
    expect(failureName({ reason: '' })).toBe('an entry of the list');
  });
});

describe('documents that did not arrive', () => {
  const failure = (id: number, landed_before = false, reason = 'answered 404'): Failure => ({
    id,
    name: `mon-${id}`,
    url: `https://x.test/${id}/`,
    reason,
    landed_before,
  });
  const several = (count: number, reason?: string) =>
    Array.from({ length: count }, (_, index) => failure(index + 1, false, reason));
  const refusal = (documents: number) => ({ message: 'No.', hint: 'Wait.', documents });

  test.each<[string, Partial<RefreshReport>, string | null]>([
    ['one, never here', { failed: [failure(6)] }, 'Publish without it'],
    ['one, here before', { failed: [failure(6, true)] }, 'Publish with its copy from before'],
    ['two, never here', { failed: several(2) }, 'Publish without them'],
    [
      'two, here before',
      { failed: [failure(6, true), failure(7, true)] },
      'Publish with their copies from before',
    ],
    [
      'both kinds',
      { failed: [failure(6), failure(7), failure(8, true)] },
      'Publish without 2, with 1 copy from before',
    ],
    ['none', {}, null],
    [
      'a source that refuses everything',
      { failed: several(2), refusal: refusal(2), can_do_without: false },
      null,
    ],
    [
      'all of them elsewhere, others here',
      { failed: several(2), refusal: refusal(2) },
      'Publish without them',
    ],
    [
      'a few that are elsewhere',
      { failed: several(2), refusal: refusal(1) },
      'Publish without them',
    ],
    ['nothing arrived at all', { failed: several(2), can_do_without: false }, null],
    [
      'published without it already',
      { failed: [failure(6)], missing: [{ ...failure(6), used: 'left out' }] },
      null,
    ],
  ])('may be done without: %s', (_, parts, offer) => {
    expect(publishOffer({ ...REPORT, ...parts })).toBe(offer);
  });

  test('are told one by one with URL and reason, many by reason, and never in over five lines', () => {
    expect(failureLines([failure(6), failure(7)])).toEqual({
      lines: [
        { who: 'Mon-6 (6)', reason: 'answered 404', url: 'https://x.test/6/' },
        { who: 'Mon-7 (7)', reason: 'answered 404', url: 'https://x.test/7/' },
      ],
      more: 0,
    });
    const two = failureLines([...several(17), failure(30, false, 'is not JSON')]);
    expect(two.lines.map(({ who, reason }) => `${who}: ${reason}`)).toEqual([
      'Mon-1 (1), Mon-2 (2), Mon-3 (3), Mon-4 (4), Mon-5 (5) and 12 more: answered 404',
      'Mon-30 (30): is not JSON',
    ]);
    const all = failureLines(several(17).map((each) => ({ ...each, reason: `reason ${each.id}` })));
    expect(all.lines).toHaveLength(5);
    expect(all.more).toBe(12);
  });

  test('are named in signs that turn no text around, at a length that can be read', () => {
    const named = {
      ...failure(6),
      name: `\u202e${'é'.repeat(5_000)}`,
      url: 'https://x.test/\u2067',
    };
    const {
      lines: [line],
    } = failureLines([{ ...named, reason: `its list entry has \u001b[31m${'x'.repeat(5_000)}` }]);
    expect(line?.who).toMatch(/^�é{58}… \(6\)$/);
    expect(line?.reason).toMatch(/^its list entry has �\[31mx+…$/);
    expect(line?.reason).toHaveLength(300);
    expect(line?.url).toBe('https://x.test/�');
    expect(missingTooltip([{ ...named, used: 'left out' }])).toMatch(
      /^�é{58}… \(6\): answered 404$/,
    );
    const refused = { message: 'The list names \u202e.', hint: 'Wait.', documents: 1 };
    expect(refreshSentence({ ...REPORT, failed: [named], refusal: refused })).toBe(
      'The list names �.',
    );
  });

  test.each<[Missing['used'][], boolean, string]>([
    [['left out'], true, 'Published without Mon-1 (1).'],
    [['earlier copy'], true, 'Published with Mon-1 (1)’s copy from before.'],
    [['earlier copy'], false, 'Done with Mon-1 (1)’s copy from before.'],
    [
      ['left out', 'earlier copy', 'earlier copy', 'left out'],
      true,
      'Published without Mon-1 (1) and Mon-4 (4), and with the copies from before of Mon-2 (2) and Mon-3 (3).',
    ],
    [
      Array.from({ length: 17 }, () => 'left out'),
      true,
      'Published without Mon-1 (1), Mon-2 (2), Mon-3 (3), Mon-4 (4), Mon-5 (5) and 12 more.',
    ],
    [[], true, ''],
  ])('and were done without: %j', (used, published, sentence) => {
    const missing = used.map((each, index) => ({ ...failure(index + 1), used: each }));
    expect(missingSentence({ ...REPORT, published, missing })).toBe(sentence);
  });

  test('are all named where a version is pointed at, up to forty', () => {
    const missing = several(42).map((each) => ({ ...each, used: 'left out' as const }));
    const lines = missingTooltip(missing).split('\n');
    expect(lines[0]).toBe('Mon-1 (1): answered 404');
    expect(lines.slice(39)).toEqual(['Mon-40 (40): answered 404', 'and 2 more']);
  });
});

test('bytes and durations read as people say them', () => {
  expect([0, 999, 1000, 999_499, 999_500, 142_000_000].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1 kB',
    '999 kB',
    '1.0 MB',
    '142.0 MB',
  ]);
  expect([0, 1, 8000, 59_001, 65_000, 3_600_000, 7_380_000].map(formatDuration)).toEqual([
    '0 s',
    '1 s',
    '8 s',
    '1 min',
    '1 min 5 s',
    '1 h',
    '2 h 3 min',
  ]);
});

describe('rate and time left', () => {
  const progress = (done: number, bytes: number): GatherProgress => ({
    phase: 'gather',
    done,
    total: 100,
    bytes,
    retries: 0,
    failed: 0,
    paused_until: null,
  });
  const run = (steps: readonly [at: number, done: number, bytes: number][]) =>
    steps.reduce<readonly Sample[]>(
      (samples, [at, done, bytes]) => withSample(samples, progress(done, bytes), at),
      [],
    );

  test('come from the pace so far: 20 of 100 in 2 s leave 8 s', () => {
    const samples = run([
      [0, 0, 0],
      [1000, 10, 500],
      [2000, 20, 1000],
    ]);
    expect(estimate(samples, 100)).toEqual({ bytesPerSecond: 500, remainingMs: 8000 });
  });

  test('follow a source that slows down, forgetting what is over ten seconds old', () => {
    // 50 in the first second, then one per second up to 70: 30 are left and take 30 s.
    const steps = Array.from(
      { length: 10 },
      (_, index) => [1000 + (index + 1) * 2000, 50 + (index + 1) * 2, 0] as const,
    );
    const samples = run([
      [0, 0, 0],
      [1000, 50, 0],
      ...steps.map((s) => [...s] as [number, number, number]),
    ]);
    const { remainingMs } = estimate(samples, 100);
    expect(remainingMs).toBeCloseTo(30_000, -1);
    expect(samples.length).toBeLessThan(9);
  });

  test('are not told where they cannot be: no total, a stand-still, a single moment', () => {
    const moving = run([
      [0, 0, 0],
      [1000, 10, 10],
    ]);
    expect(estimate(moving, null).remainingMs).toBeNull();
    const still = run([
      [0, 5, 50],
      [5000, 5, 50],
    ]);
    expect(estimate(still, 100)).toEqual({ bytesPerSecond: 0, remainingMs: null });
    expect(estimate(run([[0, 5, 50]]), 100).bytesPerSecond).toBeNull();
  });

  test('start again when another refresh begins', () => {
    const samples = run([
      [0, 80, 800],
      [1000, 90, 900],
      [2000, 0, 0],
    ]);
    expect(samples).toEqual([{ at: 2000, done: 0, bytes: 0 }]);
  });
});
