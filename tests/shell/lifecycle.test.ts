import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { launchStandIn, type RunningApp } from '../electron-stand-in/launch-stand-in';
import { snapshotData } from '../helpers/snapshot-data';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';
import { PATIENT } from './patient';

const DATA = join(await temporaryFolder(afterAll), 'data');
const SUMMARY = `window.pokedex.call('explore.ask', {
  asked: [{ question: { kind: 'summary' }, filters: [] }],
})`;
/** DESIGN §4: 649 in scope of the 1,351 listed. */
const ALL_IN_SCOPE = { ok: true, result: { answers: [{ n: 649 }] } };

/** Until the app shows its data; the file's first test makes them for the others. */
async function loaded(app: RunningApp): Promise<void> {
  const ask = async () => (await app.page()).evaluate(SUMMARY).catch(() => null);
  await expect.poll(ask, PATIENT).toMatchObject(ALL_IN_SCOPE);
}

async function started({ onTestFinished }: TestContext, args = ['--data', DATA]) {
  const userData = await temporaryFolder(onTestFinished);
  const app = launchStandIn({ userData, args }, onTestFinished);
  await app.page();
  return { app, userData, onTestFinished };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the app’s life', () => {
  it('makes its first data from the bundled snapshot, where --data says', async (test) => {
    const { app } = await started(test);
    await loaded(app);
    expect((await stat(join(DATA, 'pokemon.parquet'))).size).toBeGreaterThan(10_000);
  });

  it('keeps its data beside its settings where nothing is said', async (test) => {
    const { app, userData } = await started(test, []);
    const begun = () =>
      stat(join(userData, 'data/landing')).then(
        () => true,
        () => false,
      );
    await expect.poll(begun, PATIENT).toBe(true);
    expect(app.errors()).toBe('');
  });

  it('is one: a second start shows the first one’s window and ends, or says why it cannot', async (test) => {
    const { app, userData, onTestFinished } = await started(test);
    await app.ask('minimize');
    const [before] = await app.ask('windows');
    const second = launchStandIn({ userData }, onTestFinished);
    expect(await second.exited).toBe(0);
    await expect
      .poll(async () => (await app.ask('windows'))[0], PATIENT)
      .toMatchObject({ shows: (before?.shows ?? 0) + 1, focuses: 1 });
    expect(await app.ask('windows')).toHaveLength(1);

    // Asked for other data.
    const other = join(await temporaryFolder(onTestFinished), 'other');
    const third = launchStandIn({ userData, args: ['--data', other] }, onTestFinished);
    expect(await third.exited).toBe(1);
    const message = `Pokédex Explorer is open already and shows the data in ${DATA}.`;
    expect(third.errors()).toContain(message);
    expect(third.errors()).toContain(`To see those in ${other}, quit it first`);
    const dialogs = async () => (await app.ask('records')).dialogs;
    await expect.poll(dialogs, PATIENT).toEqual([
      {
        kind: 'message',
        options: expect.objectContaining({ message, detail: expect.stringContaining(other) }),
      },
    ]);
    // The same folder, said in another way, is no other.
    const same = launchStandIn({ userData, args: ['--data', `${DATA}/../data/`] }, onTestFinished);
    expect(await same.exited).toBe(0);
    expect(await dialogs()).toHaveLength(1);
  });

  it('opens where it was closed', async (test) => {
    const { app, userData, onTestFinished } = await started(test);
    const bounds = { x: 31, y: 42, width: 1111, height: 777 };
    await app.ask('setBounds', bounds);
    await app.ask('maximize');
    await app.ask('closeWindow');
    expect(await app.exited).toBe(0);
    expect(JSON.parse(await readFile(join(userData, 'window.json'), 'utf8'))).toEqual({
      bounds,
      maximized: true,
    });
    const again = launchStandIn({ userData, args: ['--data', DATA] }, onTestFinished);
    await again.page();
    expect((await again.ask('windows'))[0]).toMatchObject({ bounds, maximized: true });
  });
});

describe('while a schedule is set', () => {
  /** What is set there is no other test's. */
  const ownData = ({ onTestFinished }: TestContext) => snapshotData(onTestFinished);
  const setSchedule = (schedule: string) =>
    `window.pokedex.call('settings.save', { settings: { schedule: '${schedule}' } })`;
  it('goes on in the tray without its window, and opens it again from there', async (test) => {
    const { app } = await started(test, ['--data', await ownData(test)]);
    await loaded(app);
    expect(await app.ask('tray')).toBeNull();
    await (await app.page()).evaluate(setSchedule('weekly'));
    await expect
      .poll(async () => (await app.ask('tray'))?.labels ?? [], PATIENT)
      .toEqual([
        expect.stringMatching(/^(Next refresh: |Refreshing now)/),
        'Open Pokédex Explorer',
        'Refresh now',
        'Quit',
      ]);
    await app.ask('closeWindow');
    await expect.poll(() => app.ask('windows'), PATIENT).toEqual([]);
    await app.ask('clickTray', { id: 'tray.open' });
    await expect.poll(async () => (await app.ask('windows')).length, PATIENT).toBe(1);
    await loaded(app);
    // Without a schedule it ends with its window again.
    await (await app.page()).evaluate(setSchedule('off'));
    await expect.poll(() => app.ask('tray'), PATIENT).toBeNull();
    await app.ask('closeWindow');
    expect(await app.exited).toBe(0);
  });

  it('ends with its window where the system has no tray', async (test) => {
    const userData = await temporaryFolder(test.onTestFinished);
    const args = ['--data', await ownData(test)];
    const options = { userData, args, env: { POKEDEX_NO_TRAY: '1' } };
    const app = launchStandIn(options, test.onTestFinished);
    await loaded(app);
    await (await app.page()).evaluate(setSchedule('weekly'));
    await expect.poll(() => app.errors(), PATIENT).toContain('there is no tray');
    await app.ask('closeWindow');
    expect(await app.exited).toBe(0);
  });
});

// One app: each test leaves it running, the last one ends it.
describe('its processes', () => {
  const atEnd = atSuiteEnd();
  let app: RunningApp;

  beforeAll(async () => {
    app = launchStandIn(
      {
        userData: await temporaryFolder(atEnd),
        args: ['--data', DATA],
        env: { POKEDEX_TEST_SECRET: 'word' },
      },
      atEnd,
    );
    await app.page();
  });

  it('engines run apart, with nothing of the person’s environment', async () => {
    await loaded(app);
    const [engine] = (await app.ask('records')).utilityProcesses;
    expect(engine?.program).toMatch(/engine-process/);
    expect(Object.keys(engine?.env ?? { none: '' })).toEqual(['PATH']);
  });

  it('a page whose process died is brought back, and works', async () => {
    const dead = await app.page();
    await app.ask('crashPage');
    await expect.poll(async () => (await app.page()) !== dead, PATIENT).toBe(true);
    await loaded(app);
    expect(await app.ask('windows')).toHaveLength(1);
  });

  it('answers again after its engine was killed', async () => {
    for (const { pid } of (await app.ask('records')).utilityProcesses) {
      if (pid !== null) process.kill(pid, 'SIGKILL');
    }
    await loaded(app);
  });

  it('the app ends with its window, and its engines with it', async () => {
    const engines = (await app.ask('records')).utilityProcesses.map(({ pid }) => pid ?? -1);
    expect(engines.filter(isAlive).length).toBeGreaterThan(0);
    await app.ask('closeWindow');
    expect(await app.exited).toBe(0);
    await expect.poll(() => engines.filter(isAlive), PATIENT).toEqual([]);
  });
});
