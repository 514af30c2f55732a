import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queryRows } from '../helpers/parquet-rows';
import type { PokeapiServer } from '../helpers/pokeapi-server';
import { ExplorerPage } from './explorer-page';
import { HOSTS, type OpenedApp } from './hosts';
import { pointsInside } from './points-inside';
import { serveSnapshot } from './snapshot-server';

const PATIENCE = { timeout: 10_000, interval: 50 };

describe.each(HOSTS)('in the $name', ({ open }) => {
  let app: OpenedApp;
  let explorer: ExplorerPage;
  let server: PokeapiServer;

  beforeAll(async () => {
    [app, server] = await Promise.all([
      open(afterAll),
      serveSnapshot((name) => (name === 'pikachu' ? { weight: 6543 } : null)),
    ]);
    explorer = new ExplorerPage(app.page);
    await explorer.ready();
  });
  afterAll(() => server.close());

  /** One number of the published file, asked by a DuckDB of the test's own. */
  const askFile = async (what: string, where = 'TRUE'): Promise<number> => {
    const path = join(app.data, 'pokemon.parquet');
    const sql = `SELECT CAST(${what} AS DOUBLE) AS value FROM read_parquet($path) WHERE ${where}`;
    return (await queryRows<{ value: number }>(sql, { path }))[0]?.value ?? Number.NaN;
  };
  const countBecomes = async (where: string) => {
    const expected = await askFile('count(*)', where);
    await expect.poll(() => explorer.count(), PATIENCE).toBe(expected);
    await expect.poll(() => explorer.tableRows(), PATIENCE).toBe(expected);
    await expect
      .poll(async () => (await explorer.tiles())[0], PATIENCE)
      .toBe(expected.toLocaleString('en-US'));
    return expected;
  };
  const chipsBecome = (chips: readonly (string | RegExp)[]) =>
    expect
      .poll(() => explorer.chips(), PATIENCE)
      .toEqual(
        chips.map((chip) => (typeof chip === 'string' ? chip : expect.stringMatching(chip))),
      );

  /** The range that a brush says it has, in data units. */
  const band = async (brush: Locator): Promise<[number, number]> => {
    const text = (await brush.getAttribute('aria-valuetext')) ?? '';
    const [low = NaN, high = NaN] = text.replaceAll(',', '').split(' to ').map(Number);
    return [low, high];
  };

  test('the first launch shows what there is, where it is from and how old it is', async () => {
    await expect
      .poll(() => app.page.locator('.provenance').innerText(), PATIENCE)
      .toContain('649 of 1,351 Pokémon · bundled snapshot of 8 Aug 2026');
    await countBecomes('TRUE');
    expect(await explorer.chips()).toEqual([]);
    for (const title of ['Height and weight', 'Types', 'BMI', 'Type pairs', 'Games']) {
      await explorer.card(title).locator('canvas').first().waitFor();
    }
  });

  test('a drag over the BMI histogram filters the count, the tiles, the chips and the table', async () => {
    await explorer.drag(explorer.brush('BMI'), [0.1, 0.5], [0.2, 0.5], [0.3, 0.5]);
    const [low, high] = await band(explorer.brush('BMI'));
    // The axis goes from 0 to 375, so that a tenth of it is 37.5; a pixel is about 1.
    expect(Math.abs(low - 37.5)).toBeLessThan(2);
    expect(Math.abs(high - 112.5)).toBeLessThan(2);
    const inside = `bmi BETWEEN ${low} AND ${high}`;
    const count = await countBecomes(inside);
    expect(count).toBeGreaterThan(100);
    expect(count).toBeLessThan(300);
    await chipsBecome([/^BMI \(kg\/m²\) 3\d(\.\d)?–11\d(\.\d)?$/]);
    const median = await askFile('median(stat_total)', inside);
    await expect
      .poll(async () => (await explorer.tiles())[5], PATIENCE)
      .toBe(String(Math.round(median)));
  });

  test('clicks on types and a box join the range; a chip lets one go; undo and redo step', async () => {
    const [low, high] = await band(explorer.brush('BMI'));
    const inside = `bmi BETWEEN ${low} AND ${high}`;
    const types = explorer.card('Types').locator('.plot');
    // 18 bars between 4 px from the top and 24 px from the bottom: Water first, then Normal.
    const { height } = (await types.boundingBox()) ?? { height: 1 };
    const middle = (bar: number) => (4 + ((bar + 0.5) * (height - 28)) / 18) / height;
    await explorer.clickAt(types, 0.5, middle(0));
    await chipsBecome([/^BMI/, 'Type: Water']);
    await countBecomes(`${inside} AND 'water' IN (type_1, type_2)`);
    await explorer.clickAt(types, 0.5, middle(1));
    await chipsBecome([/^BMI/, 'Type: Water or Normal']);
    const both = `('water' IN (type_1, type_2) OR 'normal' IN (type_1, type_2))`;
    await countBecomes(`${inside} AND ${both}`);

    await app.page.getByRole('button', { name: /Remove filter BMI/ }).click();
    await chipsBecome(['Type: Water or Normal']);
    await countBecomes(both);
    await app.page.getByRole('button', { name: 'Undo' }).click();
    await countBecomes(`${inside} AND ${both}`);
    await app.page.getByRole('button', { name: 'Redo' }).click();
    await countBecomes(both);
    await app.page.getByRole('button', { name: 'Clear all' }).click();
    await chipsBecome([]);
    await countBecomes('TRUE');
  });

  test.each(['box', 'lasso'] as const)('a %s keeps the dots inside it', async (tool) => {
    const card = explorer.card('Height and weight');
    await card.getByRole('button', { name: `Choose by ${tool}` }).click();
    const area = card.locator('.area-brush');
    if (tool === 'box') await explorer.drag(area, [0.3, 0.2], [0.5, 0.5], [0.7, 0.7]);
    else await explorer.drag(area, [0.2, 0.9], [0.3, 0.3], [0.7, 0.1], [0.8, 0.4], [0.5, 0.8]);
    const points = (await area.locator('polygon').getAttribute('points')) ?? '';
    const polygon = points.split(' ').map((point) => {
      const [x = 0, y = 0] = point.split(',').map(Number);
      return [x, y] as const;
    });
    // The log axes begin at 0.85 of the least and end at 1.18 of the greatest value.
    const dots = await queryRows<{ x: number; y: number }>(
      `WITH p AS (FROM read_parquet($path) WHERE height_m > 0 AND weight_kg > 0)
       SELECT ln(height_m / (SELECT 0.85 * min(height_m) FROM p))
              / ln((SELECT 1.18 * max(height_m) / (0.85 * min(height_m)) FROM p)) AS x,
              1 - ln(weight_kg / (SELECT 0.85 * min(weight_kg) FROM p))
              / ln((SELECT 1.18 * max(weight_kg) / (0.85 * min(weight_kg)) FROM p)) AS y
       FROM p`,
      { path: join(app.data, 'pokemon.parquet') },
    );
    const expected = pointsInside(
      dots.map(({ x, y }) => [x, y] as const),
      polygon,
    );
    expect(expected).toBeGreaterThan(50);
    expect(expected).toBeLessThan(600);
    await expect.poll(() => explorer.count(), PATIENCE).toBe(expected);
    await expect.poll(() => explorer.tableRows(), PATIENCE).toBe(expected);
    await card.getByRole('button', { name: 'Clear' }).click();
    await countBecomes('TRUE');
  });

  test('the keyboard alone reaches a histogram, sets a range and lets it go', async () => {
    await app.page.locator('body').press('Tab');
    const brush = explorer.brush('Stat total');
    for (let presses = 0; presses < 120; presses += 1) {
      if ((await brush.and(app.page.locator(':focus')).count()) === 1) break;
      await app.page.keyboard.press('Tab');
    }
    await app.page.keyboard.press('ArrowRight');
    await chipsBecome([/^Stat total/]);
    const first = await band(brush);
    await app.page.keyboard.press('ArrowRight');
    await app.page.keyboard.press('Shift+ArrowRight');
    await expect.poll(async () => (await band(brush))[1], PATIENCE).toBeGreaterThan(first[1]);
    const [low, high] = await band(brush);
    expect(low).toBeGreaterThan(first[0]);
    expect(high - low).toBeGreaterThan(first[1] - first[0]);
    await countBecomes(`stat_total BETWEEN ${low} AND ${high}`);
    await app.page.keyboard.press('Escape');
    await chipsBecome([]);
    await countBecomes('TRUE');
  });

  test('the search finds names, types and abilities', async () => {
    const search = app.page.getByRole('searchbox', { name: 'Search names, types, abilities' });
    await search.fill('char');
    await chipsBecome(['Search: “char”']);
    await countBecomes(
      `concat_ws(' ', lower(name), type_1, type_2, array_to_string(abilities, ' ')) LIKE '%char%'`,
    );
    await search.fill('');
    await chipsBecome([]);
  });

  test('what is exported as CSV is what the table shows', async () => {
    const search = app.page.getByRole('searchbox', { name: 'Search names, types, abilities' });
    await search.fill('fire');
    const matching = `concat_ws(' ', lower(name), type_1, type_2, array_to_string(abilities, ' ')) LIKE '%fire%'`;
    const count = await countBecomes(matching);
    await explorer.grid().scrollIntoViewIfNeeded();
    await explorer
      .grid()
      .getByRole('columnheader', { name: /^Weight/ })
      .locator('[data-sort], button, span')
      .first()
      .click();
    const file = await app.savedFile(async () => {
      await app.page.getByRole('button', { name: 'Export', exact: true }).click();
      await app.page.getByRole('menuitem', { name: /^What is seen.* as CSV$/ }).click();
    });
    const path = join(app.data, 'exported.csv');
    await writeFile(path, file);
    const exported = await queryRows<{ name: string }>(
      'SELECT name FROM read_csv($path, header = true, all_varchar = true)',
      { path },
    );
    const rows = await queryRows<{ name: string }>(
      `SELECT name FROM read_parquet($path) WHERE ${matching} ORDER BY weight_kg NULLS LAST, id`,
      { path: join(app.data, 'pokemon.parquet') },
    );
    expect(exported).toHaveLength(count);
    expect(exported).toEqual(rows);
    const drawn = await explorer.grid().locator('[data-row="0"], [data-row="1"]').allInnerTexts();
    for (const [index, text] of drawn.entries()) expect(text).toContain(exported[index]?.name);
    await search.fill('');
    await chipsBecome([]);
  });

  test('the palette reaches the dark theme', async () => {
    await explorer.command('Theme: dark');
    const background = () =>
      app.page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    await expect.poll(background, PATIENCE).toBe('rgb(20, 21, 24)');
    await explorer.command('Theme: light');
    await expect.poll(background, PATIENCE).toBe('rgb(246, 247, 249)');
  });

  test('the SQL console answers', async () => {
    await explorer.show('SQL');
    const editor = app.page.locator('.cm-content');
    await editor.click();
    await app.page.keyboard.press('Control+a');
    await app.page.keyboard.type("SELECT count(*) AS dragons FROM pokemon WHERE type_1 = 'dragon'");
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('Control+Enter');
    const result = app.page.getByRole('region', { name: 'Result' });
    await result.getByText('dragons').first().waitFor();
    const expected = await askFile('count(*)', "type_1 = 'dragon'");
    await result.getByText(String(expected), { exact: true }).first().waitFor();
  });

  test('two Pokémon are compared', async () => {
    await explorer.show('Compare');
    for (const name of ['Snorlax', 'Pikachu']) {
      await app.page.getByRole('textbox', { name: 'Add a Pokémon' }).fill(name);
      await app.page
        .getByRole('option', { name: new RegExp(name) })
        .first()
        .click();
      await app.page.getByRole('button', { name: `Take ${name} out` }).waitFor();
    }
    await app.page.getByText('2 of 6').waitFor();
    const table = app.page.locator('main').getByRole('table');
    await table.getByText('460').first().waitFor();
  });

  test('a refresh leaves the charts in use, then shows the new version under the same filters', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    server.fault = (path, { normal }) => {
      if (!path.startsWith('/api/v2/pokemon/143')) return false;
      void held.then(normal);
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
    const [low, high] = await band(explorer.brush('Base experience'));
    const inside = `base_experience BETWEEN ${low} AND ${high}`;
    await countBecomes(inside);
    await app.page.getByRole('button', { name: 'Cancel' }).waitFor();
    release();

    await app.page.getByText('1 updated · version 2', { exact: true }).first().waitFor();
    await expect
      .poll(() => app.page.locator('.provenance').innerText(), PATIENCE)
      .toContain(`649 of 1,351 Pokémon · ${new URL(server.url).host}`);
    await chipsBecome([/^Base experience/]);
    await countBecomes(inside);
    await app.page.keyboard.press('Escape');
    await explorer.command('Clear all filters');
    await app.page.getByRole('searchbox', { name: 'Search names' }).fill('pikachu');
    await explorer.grid().getByText('654.3').first().waitFor();
  });

  test('no policy was violated, no error written, nothing asked of another origin', async () => {
    for (const screen of ['Compare', 'Changes', 'Settings', 'Explore'] as const) {
      await explorer.show(screen);
    }
    await app.page.waitForTimeout(200);
    expect(await app.trouble()).toEqual([]);
  });
});
