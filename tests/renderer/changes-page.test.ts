import { rm } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { ExplorerPage } from '../e2e/explorer-page';
import { axeFindings } from '../helpers/axe';
import { served } from '../helpers/documents';
import { newPage } from '../helpers/launch-chromium';
import { PokeapiServer } from '../helpers/pokeapi-server';
import { runCli } from '../helpers/run-cli';
import { serveReadyApp } from '../helpers/served-app';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';

const COUNT = 12;
const BEFORE = ['red', 'emerald', 'lets-go-eevee'];

describe('the Changes screen', { timeout: 120_000 }, () => {
  const atEnd = atSuiteEnd();
  let data: string;
  let page: Page;
  let explorer: ExplorerPage;

  /** As another process does it while the app runs; `parts` say what a Pokémon has of its own. */
  async function publish(
    parts: (id: number) => Record<string, unknown>,
    count = COUNT,
  ): Promise<void> {
    const documents = Array.from({ length: count }, (_, at) =>
      served({ id: at + 1, ...games(BEFORE), ...parts(at + 1) }),
    );
    const server = await new PokeapiServer(documents).listen();
    await runCli(['refresh', '--source', server.url, '--data', data]);
    await server.close();
  }

  beforeAll(async () => {
    data = await temporaryFolder(atEnd);
    await publish(() => ({}));
    // One gets a game and an ability, the ten from 3 lose a game alike.
    await publish((id) => {
      if (id === 1) return { ...games([...BEFORE, 'firered']), ...abilities(['solar-power']) };
      return id < 3 ? {} : games(['red', 'emerald']);
    });
    const app = await serveReadyApp(data, atEnd);
    page = await newPage(atEnd, { viewport: { width: 1600, height: 900 } });
    await page.goto(app.url);
    explorer = new ExplorerPage(page);
    await explorer.ready();
  });

  test('and the table and the detail call games and abilities as their makers do', async () => {
    const cells = explorer.grid().locator('[data-row="0"]');
    await cells.locator('[data-column="name"]').waitFor();
    await expect
      .poll(() => cells.locator('[data-column="games"]').textContent())
      .toBe("Red, Emerald, Let's Go, Eevee!, FireRed");
    await cells.locator('[data-column="name"]').click();
    const detail = page.getByRole('dialog', { name: 'Mon-1' });
    await detail.getByRole('group', { name: 'Games' }).getByText('FireRed').waitFor();
    await page.keyboard.press('Escape');

    await explorer.show('Changes');
    const alike = page.getByRole('list', { name: 'Changed alike in many Pokémon' });
    await alike.getByText('Games: 1 removed, alike in 10 Pokémon').click();
    await alike.getByText("Let's Go, Eevee!", { exact: true }).waitFor();
    const changed = page.getByRole('region', { name: 'Changed Pokémon' });
    await changed.getByText('FireRed', { exact: true }).waitFor();
    await changed.getByText('Solar Power', { exact: true }).waitFor();
    await changed.getByText('Overgrow', { exact: true }).waitFor();
    const text = await page.getByRole('main').innerText();
    expect(text.match(/firered|emerald\b|lets-go|solar-power|overgrow/g)).toBeNull();
  });

  test('a timeline leads to every version by mouse and by arrow keys', async () => {
    await explorer.show('Changes');
    const timeline = page.getByRole('list', { name: 'Timeline of versions' });
    const first = timeline.getByRole('button', { name: /^Version 1, .*: 12 added$/ });
    const second = timeline.getByRole('button', { name: /^Version 2, .*: 11 updated$/ });
    await expect.poll(() => second.getAttribute('aria-current')).toBe('true');
    await second.focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByText('12 added', { exact: true }).first().waitFor();
    await expect.poll(() => first.getAttribute('aria-current')).toBe('true');
    await page.keyboard.press('ArrowRight');
    await page.getByText('FireRed', { exact: true }).waitFor();
  });

  test('tells of a version another process publishes, and shows it only when asked to', async () => {
    await explorer.show('Changes');
    await page.getByText('FireRed', { exact: true }).waitFor();
    await publish((id) => (id === 2 ? { base_experience: 99 } : {}));
    const show = page.getByRole('button', { name: 'Show version 3' });
    await show.waitFor();
    await page.getByText('Version 3 has arrived: 12 updated.').waitFor();
    // What one reads stays where it is.
    await page.getByText('FireRed', { exact: true }).waitFor();
    const versions = page.getByRole('list', { name: 'Versions, newest first' });
    await expect.poll(() => versions.locator('[aria-current]').innerText()).toMatch(/^Version 2/);
    await show.click();
    await page.getByText('64', { exact: true }).waitFor();
    await show.waitFor({ state: 'detached' });
  });

  test('a number is seen before and after, one Pokémon through all versions, and the rows in Explore', async () => {
    // Version 4 leaves Mon-12 out and gives four Pokémon other weights.
    await publish((id) => ({ weight: id <= 4 ? 69 + id * 10 : 69 }), COUNT - 1);
    await page.getByRole('button', { name: 'Show version 4' }).click();
    const field = page.getByRole('combobox', { name: 'Distribution of' });
    await field.waitFor();
    await field.selectOption('weight');
    await page
      .getByRole('img', { name: /^Weight.* of 4 Pokémon before and after they changed$/ })
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);

    const changed = page.getByRole('region', { name: 'Changed Pokémon' });
    // The list scrolls by itself: as long as all its lines, it would draw them all.
    const [seen = 0, all = 0] = await page.evaluate<number[]>(
      `(({ clientHeight, scrollHeight }) => [clientHeight, scrollHeight])(
        document.querySelector('[aria-label="Changed Pokémon"]'))`,
    );
    expect(seen).toBeLessThan(all);
    await changed.getByRole('button', { name: 'Mon-1', exact: true }).click();
    const detail = page.getByRole('dialog', { name: 'Mon-1' });
    const history = detail.getByRole('list', { name: 'History of this Pokémon' });
    await history.getByText('solar').or(history.getByText('Solar Power')).first().waitFor();
    await expect
      .poll(() => history.getByRole('button').allInnerTexts())
      .toEqual(['Version 4', 'Version 3', 'Version 2', 'Version 1']);
    await expect.poll(() => history.innerText()).toMatch(/Version 1[^]*Added$/);
    // Who has left has a history all the same.
    await changed.getByRole('button', { name: 'Mon-12', exact: true }).click();
    const gone = page.getByRole('dialog', { name: 'This Pokémon is not in the data any more.' });
    await gone.getByText('Deleted', { exact: true }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await page.getByText('1 Pokémon is gone from the data').waitFor();
    const fields = page.getByRole('group', { name: 'Changed fields' });
    await fields.getByRole('button', { name: /^BMI/ }).click();
    await page.getByRole('button', { name: 'Show these 4 in Explore' }).click();
    await expect.poll(() => page.getByRole('main').innerText()).toContain('4 of 11');
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.getByRole('main').innerText()).toContain('11 of 11');
  });

  test('all changes are a dataset to explore, beside the data and from the switch', async () => {
    await explorer.show('Changes');
    await page.getByRole('button', { name: 'Explore all changes' }).click();
    await page.getByText('Kinds of change', { exact: true }).waitFor();
    await page.getByText('By how much', { exact: true }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    // The screen reads the same of the data themselves.
    await explorer.show('Changes');
    await page.getByRole('list', { name: 'Timeline of versions' }).waitFor();
    await page.getByRole('button', { name: 'Table: Pokémon' }).click();
    await page.getByRole('menuitem', { name: /^Changes/ }).click();
    await page.getByRole('button', { name: 'Table: Changes' }).waitFor();
    await explorer.show('Changes');
    await page.getByRole('button', { name: 'Table: Pokémon' }).waitFor();
  });

  test('where history ends it says so in words, of a version and of one Pokémon', async () => {
    await explorer.show('Explore');
    const { code, stderr } = await runCli(['process', '--data', data, '--keep', '1']);
    expect(code, stderr).toBe(0);
    await rm(dataPaths(data).changes, { recursive: true });
    await explorer.show('Changes');
    const timeline = page.getByRole('list', { name: 'Timeline of versions' });
    await timeline.getByRole('button', { name: /^Version 2.*no longer kept$/ }).click();
    await page.getByText('Here history ends: what version 2 changed is no longer kept.').waitFor();
    await timeline.getByRole('button', { name: /^Version 4/ }).click();
    const changed = page.getByRole('region', { name: 'Changed Pokémon' });
    await changed.getByRole('button', { name: 'Mon-1', exact: true }).click();
    const detail = page.getByRole('dialog', { name: 'Mon-1' });
    await detail
      .getByText('History ends here: what changed up to version 3 is no longer kept.')
      .waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

function games(names: readonly string[]): Record<string, unknown> {
  return {
    game_indices: names.map((name) => ({ game_index: 1, version: { name, url: '' } })),
  };
}

function abilities(names: readonly string[]): Record<string, unknown> {
  return {
    abilities: names.map((name, at) => ({
      slot: at + 1,
      is_hidden: false,
      ability: { name, url: '' },
    })),
  };
}
