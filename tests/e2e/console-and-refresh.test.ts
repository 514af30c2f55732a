import { beforeAll, describe, expect, test } from 'vitest';
import { ENDLESS } from '../helpers/endless';
import type { PokeapiServer } from '../helpers/pokeapi-server';
import { atSuiteEnd } from '../helpers/suite-end';
import { ExplorerPage } from './explorer-page';
import { hostsFor, type OpenedApp } from './hosts';
import { PATIENCE, PublishedFile } from './published-file';
import { serveSnapshot } from './snapshot-server';

describe.each(hostsFor('browser host'))('in the $name', ({ open }) => {
  const atEnd = atSuiteEnd();
  let app: OpenedApp;
  let explorer: ExplorerPage;
  let file: PublishedFile;
  let server: PokeapiServer;

  beforeAll(async () => {
    server = await serveSnapshot((name) => (name === 'pikachu' ? { weight: 6543 } : null));
    atEnd(() => server.close());
    app = await open(atEnd);
    explorer = new ExplorerPage(app.page);
    file = new PublishedFile(app.data, explorer);
    await explorer.ready();
  });

  const run = () => app.page.getByRole('button', { name: 'Run', exact: true });
  const result = () => app.page.getByRole('region', { name: 'Result' });
  const dragonsAreCounted = async () => {
    await explorer.writeSql("SELECT count(*) AS dragons FROM pokemon WHERE type_1 = 'dragon'");
    await app.page.keyboard.press('Control+Enter');
    await result().getByText('dragons').first().waitFor();
    const expected = await file.number('count(*)', "type_1 = 'dragon'");
    await result().getByText(String(expected), { exact: true }).first().waitFor();
  };

  test('the SQL console answers, and a runaway query is cancelled', async () => {
    await explorer.show('SQL');
    await dragonsAreCounted();
    await explorer.writeSql(ENDLESS);
    await run().click();
    await app.page.getByRole('button', { name: 'Cancel' }).click();
    await app.page.getByRole('status').getByText('Cancelled.').waitFor();
    await dragonsAreCounted();
  });

  test('the console says so when its engine is killed, and answers again', async () => {
    await explorer.writeSql(ENDLESS);
    await run().click();
    await app.page.getByRole('button', { name: 'Cancel' }).waitFor();
    const before = await app.engines();
    // One for the cards, one for the console.
    expect(before).toHaveLength(2);
    for (const engine of before) process.kill(engine, 'SIGKILL');
    await app.page.getByText('The query engine was restarted', { exact: false }).waitFor();
    await dragonsAreCounted();
    await explorer.show('Explore');
    await explorer.drag(explorer.brush('BMI'), [0.1, 0.5], [0.3, 0.5]);
    const range = await explorer.range(explorer.brush('BMI'));
    await file.isShown(`bmi BETWEEN ${range?.[0]} AND ${range?.[1]}`);
    await explorer.command('Clear all filters');
    await file.isShown('TRUE');
    const after = await app.engines();
    expect(after.filter((engine) => before.includes(engine))).toEqual([]);
  });

  test('a refresh leaves the charts in use, rides out faults, and names what did not arrive', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    server.fault = (path, { response, attempt, normal }) => {
      if (path.startsWith('/api/v2/pokemon/143')) {
        void held.then(normal);
        return true;
      }
      const status = faultOf(path, attempt);
      if (status === null) return false;
      response.writeHead(status, status === 429 ? { 'retry-after': '1' } : {}).end('no');
      return true;
    };
    await explorer.show('Settings');
    await app.page.getByRole('textbox', { name: 'Address' }).fill(server.url);
    await app.page.getByRole('switch', { name: 'Fetch sprites' }).uncheck({ force: true });
    await app.page.getByRole('button', { name: 'Save', exact: true }).click();
    await app.page.getByText('Settings saved.', { exact: false }).waitFor();

    await explorer.show('Explore');
    await app.page.getByRole('button', { name: 'Refresh data' }).click();
    await app.page.getByText('The charts stay usable meanwhile.').waitFor();
    await explorer.drag(explorer.brush('Base experience'), [0.05, 0.5], [0.4, 0.5]);
    await file.isShown(await experienced());
    await app.page.getByRole('button', { name: 'Cancel' }).waitFor();
    release();

    const panel = app.page.getByRole('region', { name: 'Refresh', exact: true });
    await panel.getByText('1 of 1,351 documents did not arrive', { exact: false }).waitFor();
    await panel.getByText(/squirtle.*\(7\).*404/i).waitFor();
    await expect
      .poll(() => app.page.locator('.provenance').innerText())
      .toContain('bundled snapshot');
  });

  test('a retry brings the rest, and the new version comes under the same filters', async () => {
    server.clearLog();
    server.fault = () => false;
    await app.page.getByRole('button', { name: 'Retry' }).click();
    await app.page.getByText('1 updated · version 2', { exact: true }).first().waitFor();
    expect(server.bodiesSent()).toBe(1);
    await expect
      .poll(() => app.page.locator('.provenance').innerText(), PATIENCE)
      .toContain(`649 of 1,351 Pokémon · ${new URL(server.url).host}`);
    await expect
      .poll(() => explorer.chips(), PATIENCE)
      .toEqual([expect.stringMatching(/^Base experience/)]);
    await file.isShown(await experienced());

    await app.page.getByRole('button', { name: 'Show the changes' }).click();
    const changes = app.page.getByRole('region', { name: 'Changed Pokémon' });
    await changes.getByText('Pikachu').waitFor();
    await changes.getByText('654.3 kg').waitFor();
    await explorer.show('Explore');
    await explorer.command('Clear all filters');
    await app.page.getByRole('searchbox', { name: /^Search name/ }).fill('pikachu');
    await explorer.grid().getByText('654.3').first().waitFor();
  });

  test('no policy was violated, no error written, nothing asked of another origin', async () => {
    expect(await app.trouble()).toEqual([]);
  });

  async function experienced(): Promise<string> {
    const range = await explorer.range(explorer.brush('Base experience'));
    return `base_experience BETWEEN ${range?.[0]} AND ${range?.[1]}`;
  }
});

/** Two documents come at the second attempt, one never does. */
function faultOf(path: string, attempt: number): number | null {
  if (path === '/api/v2/pokemon/1/' && attempt === 1) return 500;
  if (path === '/api/v2/pokemon/4/' && attempt === 1) return 429;
  // In neither spelling of the address: both are asked.
  return /^\/api\/v2\/pokemon\/7\/?$/.test(path) ? 404 : null;
}
