import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { AlertEntry, DryRunFiring } from '../../src/preload/contract/alerts';
import { dataPaths } from '../../src/main/base/data-folder';
import { alertsOf } from '../../src/main/updates/alerts/alerts';
import { Outbox } from '../../src/main/webhooks/outbox';
import { landDocuments } from '../helpers/land-documents';
import { rounds, seedOf } from '../helpers/rounds';
import { runCli, startCli } from '../helpers/run-cli';
import { seededRandom } from '../helpers/seeded-random';
import { temporaryFolder } from '../helpers/temporary-folder';
import { expectSentences, jsonOf } from './json-output';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const LEFT = [{ game_index: 1, version: { name: 'gold', url: '' } }];

/** Version 1 of three Pokémon, and rule files beside it. */
async function dataWithRules() {
  const folder = await temporaryFolder();
  const data = join(folder, 'data');
  await landDocuments(data, [{ id: 1 }, { id: 2, name: 'ivysaur', weight: 130 }, { id: 3 }]);
  expect((await runCli(['process', '--data', data])).code).toBe(0);
  const ruleFile = async (rule: object) => {
    const path = join(folder, 'rule.json');
    await writeFile(path, JSON.stringify({ alert: 1, title: 'A rule', channels: [], ...rule }));
    return path;
  };
  return {
    data,
    ruleFile,
    alerts: (...args: string[]) => runCli(['alerts', ...args, '--data', data]),
  };
}

async function receiver() {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => new Promise<void>((closed) => server.close(() => closed())));
  return { bodies, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

test('a rule is added, fires with the next version, is switched, and removed', async () => {
  const { data, ruleFile, alerts } = await dataWithRules();
  const file = await ruleFile({ title: 'Left', on: { change: ['delete'] } });
  const added = jsonOf(await alerts('add', file, '--json')) as AlertEntry;
  expect(added).toMatchObject({ title: 'Left', state: 'waiting', evaluated: 1, fired: 0 });
  await landDocuments(data, [{ id: 2, name: 'ivysaur', game_indices: LEFT }]);
  expect((await runCli(['process', '--data', data])).code).toBe(0);
  const listed = async () => (jsonOf(await alerts('list', '--json')) as AlertEntry[])[0];
  expect(await listed()).toMatchObject({ id: added.id, state: 'firing', fired: 1, evaluated: 2 });
  expect((await alerts('list')).stdout).toContain(added.id);
  const dry = jsonOf(await alerts('dry-run', file, '--json')) as DryRunFiring[];
  expect(dry).toEqual([
    {
      version: 2,
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      changes: [
        {
          ...{ version: 2, timestamp: dry[0]?.timestamp, change: 'delete', id: 2, name: 'Ivysaur' },
          ...{ column: null, before: null, after: null },
        },
      ],
    },
  ]);
  expect((await alerts('dry-run', file)).stdout).toMatch(
    /^v2 .* Ivysaur left\nIt would have fired in 1 of 2 versions\.\n$/,
  );
  const snoozed = jsonOf(await alerts('snooze', added.id, '--for', '8h', '--json')) as AlertEntry;
  expect(Date.parse(snoozed.snoozed_until ?? '') - Date.now()).toBeGreaterThan(7.9 * 3_600_000);
  expect((await alerts('snooze', added.id, '--until', '2099-01-02T03:04')).stdout).toMatch(
    /is snoozed until 2 Jan 2099, 03:04/,
  );
  expect(jsonOf(await alerts('snooze', added.id, '--end', '--json'))).toMatchObject({
    state: 'firing',
    snoozed_until: null,
  });
  expectSentences(await alerts('snooze', added.id), /^Give how long the rule is snoozed\.$/m);
  const stale = await alerts('dry-run', await ruleFile({ on: { stale_for: '7d' } }));
  expect(stale.stdout).toBe('It would have fired 0 times since the oldest version kept.\n');
  expect(jsonOf(await alerts('disable', added.id, '--json'))).toMatchObject({ state: 'off' });
  expect(jsonOf(await alerts('enable', added.id, '--json'))).toMatchObject({ state: 'resolved' });
  expect((await alerts('remove', added.id)).code).toBe(0);
  expect((await alerts('list')).stdout).toBe('There are no alerts.\n');
});

test('what is wrong is said in a sentence that names it', async () => {
  const { ruleFile, alerts } = await dataWithRules();
  const unknown = await alerts(
    'add',
    await ruleFile({ on: { change: ['delete'], colour: 'red' } }),
  );
  expect(unknown.code).toBe(1);
  expectSentences(unknown, /^The rule is wrong at on: “colour” has no meaning there\.$/m);
  const dry = await alerts('dry-run', await ruleFile({ on: { columns: ['wieght'] } }));
  expect(dry.code).toBe(1);
  expectSentences(dry, /no column is named “wieght”\.$/m);
  expectSentences(await alerts('add', '/nowhere/rule.json'), /^There is no such file\.$/m);
  for (const name of ['remove', 'enable', 'disable', 'test']) {
    const result = await alerts(name, 'nothere');
    expect(result.code).toBe(1);
    expectSentences(result, /^There is no alert “nothere”\.$/m);
  }
  expect((await runCli(['alerts'])).code).toBe(2);
  expect((await runCli(['alerts', 'frobnicate'])).code).toBe(2);
});

test('a test reaches the webhook and says that it is one; no secret is told', async () => {
  const { ruleFile, alerts } = await dataWithRules();
  const { bodies, url } = await receiver();
  const channels = [{ kind: 'webhook', url, secret: SECRET }];
  const added = await alerts('add', await ruleFile({ on: {}, channels }), '--json');
  const { id } = jsonOf(added) as AlertEntry;
  const tested = await alerts('test', id);
  expect([tested.code, tested.stdout]).toEqual([0, 'A test went to a webhook.\n']);
  expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ type: 'alert.test', test: true });
  expect(bodies[0]).toContain('This is a test');
  expect([added.stdout, tested.stdout, (await alerts('list', '--json')).stdout].join()).not.toMatch(
    /whsec_/,
  );
});

const SEED = seedOf(6);

test(`killed anywhere, nothing fires twice and nothing is missed, seed ${SEED}`, async () => {
  const random = seededRandom(SEED);
  const { data, ruleFile, alerts } = await dataWithRules();
  const channels = [{ kind: 'webhook', url: 'http://127.0.0.1:9/hook', secret: SECRET }];
  const rule = { on: { columns: ['base_experience'] }, channels };
  jsonOf(await alerts('add', await ruleFile(rule), '--json'));
  for (let round = 1; round <= rounds(4, 60); round += 1) {
    await landDocuments(data, [{ id: 1, base_experience: 100 + round }]);
    const running = startCli(['process', '--data', data]);
    await Promise.race([wait(200 + random() * 900), running.done]);
    running.kill('SIGKILL');
    await running.done;
  }
  await landDocuments(data, [{ id: 1, base_experience: 99 }]);
  expect((await runCli(['process', '--data', data])).code).toBe(0);
  const history = jsonOf(await runCli(['history', '--json', '--data', data])) as unknown[];
  const versions = history.map((_, index) => index + 1).filter((version) => version > 1);
  // A kill in every run would prove nothing: some have published.
  expect(versions.length).toBeGreaterThan(0);
  const firings = (await alertsOf(data).firings())
    .map(({ version }) => version ?? 0)
    .sort(byNumber);
  expect(firings).toEqual(versions);
  const messages = await new Outbox(dataPaths(data).deliveries).list();
  expect(messages).toHaveLength(versions.length);
}, 120_000);

function byNumber(a: number, b: number): number {
  return a - b;
}
