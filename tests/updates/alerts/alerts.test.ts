import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { writeLastCheck } from '../../../src/main/warehouse/last-check';
import { dataPaths } from '../../../src/main/base/data-folder';
import { Alerts } from '../../../src/main/updates/alerts/alerts';
import { staleSpans } from '../../../src/main/updates/alerts/stale-spans';
import { readPokemonRule } from '../../../src/main/updates/alerts/rule-files';
import type { AlertRule } from '../../../src/preload/contract/alerts';
import type { DocumentParts } from '../../helpers/documents';
import { landDocuments, processInto } from '../../helpers/land-documents';
import { rounds, seedOf } from '../../helpers/rounds';
import { pick, seededRandom } from '../../helpers/seeded-random';
import { temporaryFolder } from '../../helpers/temporary-folder';
import { RecordedOutbox } from './recorded-outbox';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const WEBHOOK = { kind: 'webhook', url: 'https://hooks.example/in?token=t0ken', secret: SECRET };
const HOUR = 3_600_000;

function rule(on: AlertRule['on'], title = 'A rule'): AlertRule {
  return readPokemonRule(JSON.stringify({ alert: 1, title, on, channels: [WEBHOOK] }));
}

async function folder() {
  const data = await temporaryFolder();
  const outbox = new RecordedOutbox();
  return { data, outbox, alerts: new Alerts(dataPaths(data), outbox, () => {}) };
}

/** A version of these Pokémon; those that left the games stay in landing. */
async function publish(data: string, documents: readonly DocumentParts[]): Promise<number | null> {
  await landDocuments(data, documents);
  return (await processInto(data)).version;
}

const LEFT = [{ game_index: 1, version: { name: 'gold', url: '' } }];

/** Commits carry the time of day; a test moves it by hours. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-08-08T10:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

describe('what fires', () => {
  test('one who left fires once, from the version after the rule, names its row and says so in the body', async () => {
    const { data, outbox, alerts } = await folder();
    await publish(data, [
      { id: 1, name: 'bulbasaur' },
      { id: 4, name: 'charmander' },
    ]);
    const id = await alerts.add(rule({ change: ['delete'] }, 'Left the games'));
    await alerts.evaluate();
    expect((await alerts.list())[0]).toMatchObject({ id, state: 'waiting', evaluated: 1 });
    pass(2 * HOUR);
    await publish(data, [{ id: 4, name: 'charmander', game_indices: LEFT }]);
    await alerts.evaluate();
    await alerts.evaluate();
    expect(outbox.handed).toBe(1);
    expect(outbox.bodies[0]).toMatchObject({
      type: 'alert.fired',
      test: false,
      data: {
        alert: { id, title: 'Left the games' },
        version: 2,
        summary: 'Charmander left',
        rows: [{ id: 4, name: 'Charmander' }],
        rows_total: 1,
        changes: [{ change: 'delete', id: 4, name: 'Charmander', column: null }],
      },
    });
    expect(await alerts.firings()).toMatchObject([
      {
        rule: id,
        version: 2,
        ids: [4],
        names: ['Charmander'],
        read: false,
        summary: 'Charmander left',
      },
    ]);
    expect((await alerts.list())[0]).toMatchObject({ state: 'firing', fired: 1, evaluated: 2 });
    pass(2 * HOUR);
    await publish(data, [{ id: 1, name: 'bulbasaur', weight: 70 }]);
    await alerts.evaluate();
    expect((await alerts.list())[0]).toMatchObject({ state: 'resolved', fired: 1, evaluated: 3 });
    expect(outbox.handed).toBe(1);
  });

  test('a number that moves by at least, or crosses a line, and a name as people write it', async () => {
    const { data, alerts } = await folder();
    await publish(data, [
      { id: 25, name: 'pikachu', weight: 60 },
      { id: 122, name: 'mr-mime', weight: 545 },
    ]);
    await publish(data, [
      { id: 25, name: 'pikachu', weight: 63 },
      { id: 122, name: 'mr-mime', weight: 500 },
    ]);
    const fired = async (on: AlertRule['on']) =>
      (await alerts.dryRun(rule(on))).firings.flatMap(({ version, changes }) =>
        changes.map(({ id, column }) => `${version} ${id} ${column}`),
      );
    const weight = { columns: ['weight'] };
    expect(await fired({ ...weight, by_at_least: 3 })).toEqual(['2 25 weight', '2 122 weight']);
    expect(await fired({ ...weight, by_at_least: 4 })).toEqual(['2 122 weight']);
    // 6.3 − 6 is a little less than 0.3 in binary fractions.
    expect(await fired({ columns: ['weight_kg'], by_at_least: 0.3 })).toContain('2 25 weight_kg');
    // A value that equals the line has reached it.
    expect(await fired({ ...weight, crosses: 63 })).toEqual(['2 25 weight']);
    expect(await fired({ ...weight, crosses: 60 })).toEqual([]);
    expect(await fired({ ...weight, crosses: 500 })).toEqual([]);
    expect(await fired({ ...weight, crosses: 501 })).toEqual(['2 122 weight']);
    for (const name of ['Mr. Mime', 'MR-MIME', 'mr mime', 122, '#122']) {
      expect(await fired({ ...weight, pokemon: [name] })).toEqual(['2 122 weight']);
    }
  });

  test('a filter asks for the row after the change, and before it where it left', async () => {
    const { data, alerts } = await folder();
    await publish(data, [
      { id: 1, weight: 10 },
      { id: 2, weight: 90 },
      { id: 3, weight: 90 },
    ]);
    await publish(data, [
      { id: 1, weight: 95 },
      { id: 2, weight: 20 },
      { id: 3, weight: 90, game_indices: LEFT },
    ]);
    const heavy = [{ kind: 'range' as const, column: 'weight', min: 80 }];
    const { firings } = await alerts.dryRun(rule({ change: ['update', 'delete'], filters: heavy }));
    expect(firings).toHaveLength(1);
    expect([...new Set(firings[0]?.changes.map(({ id }) => id))]).toEqual([1, 3]);
  });

  test('a value that goes back and forth within an hour is one notification; later it is news', async () => {
    const { data, outbox, alerts } = await folder();
    await publish(data, [{ id: 1, weight: 10 }]);
    await alerts.add(rule({ columns: ['weight'] }));
    for (const weight of [20, 10, 20]) {
      pass(HOUR / 4);
      await publish(data, [{ id: 1, weight }]);
      await alerts.evaluate();
    }
    expect(outbox.sent.map(({ version }) => version)).toEqual([2]);
    expect(await alerts.firings()).toMatchObject([{ version: 2, again: [3, 4], read: false }]);
    pass(HOUR / 4);
    // A new value is no flapping.
    await publish(data, [{ id: 1, weight: 30 }]);
    await alerts.evaluate();
    pass(2 * HOUR);
    await publish(data, [{ id: 1, weight: 20 }]);
    await alerts.evaluate();
    // Version 5 told already how things are.
    expect(outbox.sent.map(({ version }) => version)).toEqual([2, 5, 6]);
    const { firings } = await alerts.dryRun(rule({ columns: ['weight'] }));
    expect(firings.map(({ version, grouped_with: root }) => [version, root])).toEqual([
      ...[
        [2, undefined],
        [3, 2],
        [4, 2],
        [5, undefined],
        [6, undefined],
      ],
    ]);
    expect(firings.some((firing) => 'settled_in' in firing)).toBe(false);
  });

  test('values that went back and forth and stay for an hour are told to, once', async () => {
    const { data, outbox, alerts } = await folder();
    await publish(data, [{ id: 1, weight: 10 }]);
    await alerts.add(rule({ columns: ['weight'] }));
    for (const weight of [20, 10, 20]) {
      pass(HOUR / 4);
      await publish(data, [{ id: 1, weight }]);
      await alerts.evaluate();
    }
    expect((await alerts.dryRun(rule({ columns: ['weight'] }))).firings[0]?.settled_in).toBe(
      undefined,
    );
    pass(HOUR + 1000);
    await alerts.evaluate();
    await alerts.evaluate();
    expect(outbox.bodies.map(({ type }) => type)).toEqual(['alert.fired', 'alert.resolved']);
    expect(outbox.sent[1]).toMatchObject({
      version: 4,
      summary: 'No longer back and forth since version 4: Mon-1: weight 10 → 20',
    });
    expect(await alerts.list()).toMatchObject([{ fired: 1 }]);
    expect((await alerts.dryRun(rule({ columns: ['weight'] }))).firings[0]?.settled_in).toBe(4);
  });

  test('nothing new for a time fires once, and is resolved by new data', async () => {
    const { data, outbox, alerts } = await folder();
    await publish(data, [{ id: 1, weight: 10 }]);
    await alerts.add(rule({ stale_for: '7d' }, 'Stale'));
    pass(6 * 24 * HOUR);
    await alerts.evaluate();
    expect(outbox.handed).toBe(0);
    pass(25 * HOUR);
    await alerts.evaluate();
    await alerts.evaluate();
    expect(outbox.bodies).toMatchObject([
      {
        type: 'alert.fired',
        data: { version: null, summary: 'Nothing new for 7d: the last news is of 2026-08-08' },
      },
    ]);
    expect((await alerts.list())[0]?.state).toBe('firing');
    await publish(data, [{ id: 1, weight: 11 }]);
    await alerts.evaluate();
    expect(outbox.bodies.map(({ type }) => type)).toEqual(['alert.fired', 'alert.resolved']);
    expect((await alerts.list())[0]).toMatchObject({ state: 'resolved', fired: 1 });
    pass(8 * 24 * HOUR);
    await alerts.evaluate();
    expect(outbox.bodies).toHaveLength(3);
  });
});

describe('a dry run of nothing new for a time', () => {
  test('goes by versions and by checks that found nothing', async () => {
    const { data, alerts } = await folder();
    const begun = Date.now();
    await publish(data, [{ id: 1, weight: 10 }]);
    pass(3 * 24 * HOUR);
    await publish(data, [{ id: 1, weight: 20 }]);
    pass(8 * 24 * HOUR);
    const check = { version: 2, source: 'bundled', gathered_at: new Date().toISOString() };
    await writeLastCheck(dataPaths(data).lastCheck, check);
    pass(24 * HOUR);
    await writeLastCheck(dataPaths(data).lastCheck, {
      ...check,
      gathered_at: new Date().toISOString(),
    });
    const { firings, versions } = await alerts.dryRun(rule({ stale_for: '2d' }));
    const day = (moment = '') => Math.round((Date.parse(moment) - begun) / (24 * HOUR));
    expect(
      firings.map(({ version, timestamp, stale_since: since, fresh_again: until }) => [
        ...[version, day(timestamp), day(since), day(until ?? '')],
      ]),
    ).toEqual([
      [1, 2, 0, 3],
      [2, 5, 3, 11],
    ]);
    expect(versions).toBe(2);
    expect((await alerts.dryRun(rule({ stale_for: '9d' }))).firings).toEqual([]);
  });

  test.each(Array.from({ length: rounds(10, 300) }, (_, index) => [seedOf(20261129) + index]))(
    'says what an evaluation at every hour would have fired (%i)',
    (seed) => {
      const random = seededRandom(seed);
      const news = Array.from({ length: 12 }, () => Math.floor(random() * 500) * HOUR);
      const period = pick(random, [1, 12, 48]) * HOUR;
      const fired: number[] = [];
      let told: number | null = null;
      for (let now = 0; now <= 500 * HOUR; now += HOUR) {
        const fresh = Math.max(...news.filter((moment) => moment <= now));
        if (fresh < 0 || now - fresh < period) continue;
        if (told !== fresh) fired.push(now);
        told = fresh;
      }
      expect(staleSpans(news, period, 500 * HOUR).map(({ fires }) => fires)).toEqual(fired);
    },
  );
});

describe('states', () => {
  test('snoozed is listed and not sent; off does not fire, and on again begins with the next version', async () => {
    const { data, outbox, alerts } = await folder();
    await publish(data, [{ id: 1, weight: 10 }]);
    const id = await alerts.add(rule({ columns: ['weight'] }));
    const until = new Date(Date.now() + 3 * HOUR).toISOString();
    await alerts.snooze(id, until);
    const next = async (weight: number) => {
      pass(2 * HOUR);
      await publish(data, [{ id: 1, weight }]);
      await alerts.evaluate();
    };
    await next(20);
    expect((await alerts.list())[0]).toMatchObject({ state: 'snoozed', snoozed_until: until });
    expect(await alerts.firings()).toMatchObject([{ version: 2, snoozed: true }]);
    expect(outbox.handed).toBe(0);
    await next(30);
    expect(outbox.sent.map(({ version }) => version)).toEqual([3]);
    await alerts.switch(id, false);
    expect(outbox.ended).toEqual([`${id}: its alert was switched off`]);
    await next(40);
    expect((await alerts.list())[0]?.state).toBe('off');
    await alerts.switch(id, true);
    await alerts.evaluate();
    await next(50);
    expect(outbox.sent.map(({ version }) => version)).toEqual([3, 5]);
  });

  test('removed does not fire; brought back it goes on where it was', async () => {
    const { data, outbox, alerts } = await folder();
    await publish(data, [{ id: 1, weight: 10 }]);
    const id = await alerts.add(rule({ columns: ['weight'] }));
    const removed = await alerts.remove(id);
    expect(outbox.ended).toEqual([`${id}: its alert was removed`]);
    pass(2 * HOUR);
    await publish(data, [{ id: 1, weight: 20 }]);
    await alerts.evaluate();
    expect(await alerts.list()).toEqual([]);
    expect(outbox.handed).toBe(0);
    if (removed === null) throw new Error('nothing was removed');
    await alerts.restore(removed);
    await alerts.evaluate();
    expect(outbox.sent.map(({ version }) => version)).toEqual([2]);
    await expect(alerts.remove('nothere')).rejects.toThrow('There is no alert “nothere”.');
  });

  test('removed and brought back, a file that could not be used is the same to the last byte', async () => {
    const { data, alerts } = await folder();
    await publish(data, [{ id: 1, weight: 10 }]);
    await alerts.add(rule({}));
    const path = join(dataPaths(data).alertRules, 'mine.json');
    await writeFile(path, '{"alert": 1, // to do\n');
    const removed = await alerts.remove('mine');
    expect((await alerts.list()).map(({ id }) => id)).not.toContain('mine');
    if (removed === null) throw new Error('nothing was removed');
    await alerts.restore(removed);
    expect(await readFile(path, 'utf8')).toBe('{"alert": 1, // to do\n');
  });

  test('a test says so in the body and in words', async () => {
    const { data, outbox, alerts } = await folder();
    await publish(data, [{ id: 1 }]);
    await alerts.test(await alerts.add(rule({ change: ['delete'] })));
    expect(outbox.bodies).toMatchObject([{ type: 'alert.test', test: true }]);
    expect(JSON.stringify(outbox.bodies)).toContain('This is a test');
  });

  test('a desktop’s notification is taken once', async () => {
    const { data, alerts } = await folder();
    await publish(data, [{ id: 1, weight: 10 }]);
    const on = { alert: 1, title: 'Weights', on: {}, channels: [{ kind: 'desktop' }] };
    await alerts.add(readPokemonRule(JSON.stringify(on)));
    pass(2 * HOUR);
    await publish(data, [{ id: 1, weight: 10, game_indices: LEFT }, { id: 2 }]);
    await alerts.evaluate();
    expect(await alerts.takeDesktopNotes()).toEqual([
      { title: 'Weights', summary: '1 Pokémon left · 1 Pokémon came' },
    ]);
    expect(await alerts.takeDesktopNotes()).toEqual([]);
  });
});

describe('rule files', () => {
  test('are their owner’s alone, and no secret is in the list, the ledger or a body', async () => {
    const { data, outbox, alerts } = await folder();
    await publish(data, [{ id: 1, weight: 10 }]);
    const id = await alerts.add(rule({ columns: ['weight'] }));
    const paths = dataPaths(data);
    if (process.platform !== 'win32') {
      expect((await stat(join(paths.alertRules, `${id}.json`))).mode & 0o777).toBe(0o600);
    }
    pass(2 * HOUR);
    await publish(data, [{ id: 1, weight: 20 }]);
    await alerts.evaluate();
    const told = [
      JSON.stringify([await alerts.list(), await alerts.firings(), outbox.bodies]),
      await readFile(paths.alertLedger, 'utf8'),
    ].join();
    expect(told).not.toContain(SECRET);
    expect(told).not.toContain('t0ken');
  });

  test('one that a person broke is listed with what is wrong, and the others go on', async () => {
    const { data, outbox, alerts } = await folder();
    await publish(data, [{ id: 1, weight: 10 }]);
    await alerts.add(rule({ columns: ['weight'] }));
    await writeFile(join(dataPaths(data).alertRules, 'zz-mine.json'), '{"alert": 1, "titel": "x"}');
    pass(2 * HOUR);
    await publish(data, [{ id: 1, weight: 20 }]);
    await alerts.evaluate();
    expect(outbox.handed).toBe(1);
    expect((await alerts.list())[1]).toMatchObject({ id: 'zz-mine', state: 'broken' });
  });
});

const SEED = seedOf(20261128);

describe(`random histories, seed ${SEED}`, () => {
  test.each(Array.from({ length: rounds(2, 40) }, (_, index) => [SEED + index]))(
    'a dry run says what replaying the versions would have sent (%i)',
    async (seed) => {
      const random = seededRandom(seed);
      const { data, outbox, alerts } = await folder();
      const heavy = [{ kind: 'range' as const, column: 'weight', min: 20 }];
      const rules = [
        rule({}),
        rule({ change: ['delete'] }),
        rule({ change: ['insert', 'delete'] }),
        rule({ columns: ['weight'], by_at_least: 10 }),
        rule({ columns: ['weight', 'bmi'], crosses: 15 }),
        rule({ pokemon: ['mon-2', 3] }),
        rule({ filters: heavy }),
        rule({ change: ['delete'], filters: heavy }),
      ];
      const ids: string[] = [];
      for (const each of rules) ids.push(await alerts.add(each));
      for (let version = 1; version <= 7; version += 1) {
        pass(pick(random, [HOUR / 6, HOUR / 2, 3 * HOUR]));
        await publish(
          data,
          [1, 2, 3, 4, 5].map((id) => ({
            id,
            weight: pick(random, [10, 10, 20, 30]),
            base_experience: version,
            ...(random() < 0.25 ? { game_indices: LEFT } : {}),
          })),
        );
        // Versions of other programs are held later, several at once.
        if (random() < 0.7) await alerts.evaluate();
      }
      pass(pick(random, [HOUR / 6, 3 * HOUR]));
      await alerts.evaluate();
      const firings = await alerts.firings();
      for (const [index, each] of rules.entries()) {
        const dry = await alerts.dryRun(each);
        const told = outbox.bodies.flatMap(({ data: body }) => {
          const of = body as { alert: { id: string } } & (typeof outbox.sent)[number];
          return of.alert.id === ids[index] && !of.summary.startsWith('No longer') ? [of] : [];
        });
        const settled = firings.filter(
          (firing) => firing.rule === ids[index] && firing.kind === 'settled',
        );
        expect(settled.map(({ version }) => version).sort()).toEqual(
          dry.firings.flatMap(({ settled_in: over }) => over ?? []).sort(),
        );
        const news = dry.firings.filter((firing) => firing.grouped_with === undefined);
        expect(told.map(({ version, changes }) => ({ version, changes }))).toEqual(
          news.map(({ version, changes }) => ({
            version,
            changes: changes.map(({ change, id, name, column, before, after }) => ({
              ...{ change, id, name, column, before, after },
            })),
          })),
        );
        const again = firings
          .filter((firing) => firing.rule === ids[index])
          .flatMap((firing) => firing.again.map((version) => [version, firing.version]));
        expect(again.sort()).toEqual(
          dry.firings.flatMap(({ version, grouped_with: root }) =>
            root === undefined ? [] : [[version, root]],
          ),
        );
      }
    },
  );
});
