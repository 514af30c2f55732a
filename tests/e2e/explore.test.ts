import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { queryRows } from '../helpers/parquet-rows';
import { atSuiteEnd } from '../helpers/suite-end';
import { ExplorerPage } from './explorer-page';
import { hostsFor, inWords, type OpenedApp } from './hosts';
import { pointsInside } from './points-inside';
import { PATIENCE, PublishedFile } from './published-file';

const HOSTS = hostsFor('Electron stand-in');
process.stdout.write(`${inWords(HOSTS)}\n`);

const READERS = {
  CSV: 'read_csv($path, header = true)',
  JSON: 'read_json($path)',
  Parquet: 'read_parquet($path)',
};

describe.each(HOSTS)('in the $name', ({ open }) => {
  const atEnd = atSuiteEnd();
  let app: OpenedApp;
  let explorer: ExplorerPage;
  let file: PublishedFile;

  beforeAll(async () => {
    app = await open(atEnd);
    explorer = new ExplorerPage(app.page);
    file = new PublishedFile(app.data, explorer);
    await explorer.ready();
  });

  const chipsBecome = (chips: readonly (string | RegExp)[]) =>
    expect
      .poll(() => explorer.chips(), PATIENCE)
      .toEqual(
        chips.map((chip) => (typeof chip === 'string' ? chip : expect.stringMatching(chip))),
      );
  /** What the range that stands on a card's brush lets through. */
  const inRange = async (card: string, column: string) => {
    const range = await explorer.range(explorer.brush(card));
    if (range === null) throw new Error(`no range stands on ${card}`);
    return { range, where: `${column} BETWEEN ${range[0]} AND ${range[1]}` };
  };
  const search = () =>
    app.page.getByRole('searchbox', { name: 'Search name, number, types, abilities' });
  const found = (text: string) =>
    `concat_ws(' ', lower(name), type_1, type_2, array_to_string(abilities, ' ')) LIKE '%${text}%'`;

  test('the first launch shows what there is, where it is from and how old it is', async () => {
    await expect
      .poll(() => app.page.locator('.provenance').innerText(), PATIENCE)
      .toContain('649 of 1,351 Pokémon · bundled snapshot of 8 Aug 2026');
    expect(await file.isShown('TRUE')).toBe(649);
    await expect.poll(() => explorer.chips()).toEqual([]);
    for (const title of ['Height and weight', 'Types', 'BMI', 'Type pairs', 'Games']) {
      await explorer.card(title).locator('canvas').first().waitFor();
    }
  });

  test('a drag over the BMI histogram filters count, tiles, chips, table and every other card', async () => {
    await explorer.drag(explorer.brush('BMI'), [0.1, 0.5], [0.2, 0.5], [0.3, 0.5]);
    const { range, where } = await inRange('BMI', 'bmi');
    // The axis goes from 0 to 375, so that a tenth of it is 37.5; a pixel is about 1.
    expect(Math.abs(range[0] - 37.5)).toBeLessThan(2);
    expect(Math.abs(range[1] - 112.5)).toBeLessThan(2);
    const count = await file.isShown(where);
    expect(count).toBeGreaterThan(100);
    expect(count).toBeLessThan(300);
    await chipsBecome([`BMI (kg/m²) ${range[0]}–${range[1]}`]);

    const water = await file.number('count(*)', `'water' IN (type_1, type_2) AND ${where}`);
    const types = await explorer.cardData('Types');
    const [, first, second] = types.find(([type]) => type === 'Water') ?? [];
    expect(Number(first) + Number(second)).toBe(water);
    // A card is not filtered by its own selection.
    const bins = await explorer.cardData('BMI');
    const counted = bins.reduce((sum, cells) => sum + Number(cells[2]), 0);
    expect(counted).toBe(await file.number('count(bmi)'));
  });

  test('clicks on types join the range; a chip lets one go; undo and redo step', async () => {
    const { where } = await inRange('BMI', 'bmi');
    const types = explorer.card('Types').locator('.plot');
    // 18 bars between 4 px from the top and 24 px from the bottom: Water first, then Normal.
    const { height } = (await types.boundingBox()) ?? { height: 1 };
    const middle = (bar: number) => (4 + ((bar + 0.5) * (height - 28)) / 18) / height;
    await explorer.clickAt(types, 0.5, middle(0));
    await chipsBecome([/^BMI/, 'Type: Water']);
    await file.isShown(`${where} AND 'water' IN (type_1, type_2)`);
    await explorer.clickAt(types, 0.5, middle(1));
    await chipsBecome([/^BMI/, 'Type: Water or Normal']);
    const both = `('water' IN (type_1, type_2) OR 'normal' IN (type_1, type_2))`;
    await file.isShown(`${where} AND ${both}`);

    await app.page.getByRole('button', { name: /Remove filter BMI/ }).click();
    await chipsBecome(['Type: Water or Normal']);
    await file.isShown(both);
    await app.page.getByRole('button', { name: 'Undo' }).click();
    await file.isShown(`${where} AND ${both}`);
    await app.page.getByRole('button', { name: 'Redo' }).click();
    await file.isShown(both);
    await app.page.getByRole('button', { name: 'Clear all' }).click();
    await chipsBecome([]);
    await file.isShown('TRUE');
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
    await file.isShown('TRUE');
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
    const { range: first } = await inRange('Stat total', 'stat_total');
    await app.page.keyboard.press('ArrowRight');
    await app.page.keyboard.press('Shift+ArrowRight');
    await expect
      .poll(async () => (await explorer.range(brush))?.[1], PATIENCE)
      .toBeGreaterThan(first[1] + 1);
    const { range, where } = await inRange('Stat total', 'stat_total');
    expect(range[0]).toBeGreaterThan(first[0]);
    expect(range[1] - range[0]).toBeGreaterThan(first[1] - first[0]);
    await file.isShown(where);
    await app.page.keyboard.press('Escape');
    await chipsBecome([]);
    await file.isShown('TRUE');
  });

  test('the search finds names, types and abilities', async () => {
    await search().fill('char');
    await chipsBecome(['Search: “char”']);
    await file.isShown(found('char'));
    await search().fill('');
    await chipsBecome([]);
    await file.isShown('TRUE');
  });

  test('the table sorts by several columns, and what is exported equals it in every format', async () => {
    await search().fill('fire');
    const count = await file.isShown(found('fire'));
    await explorer.grid().scrollIntoViewIfNeeded();
    await explorer.sortBy('type_1');
    await explorer.sortBy('weight_kg', { shift: true });
    const columns = await explorer.columns();
    expect(columns).toContain('weight_kg');
    const order = 'ORDER BY type_1 NULLS LAST, weight_kg NULLS LAST, id';
    const expected = await file.rows(columns.join(', '), found('fire'), order);
    expect(expected).toHaveLength(count);
    const names = await file.rows('name', found('fire'), order);
    for (const row of [0, 1, 2]) {
      await expect
        .poll(async () => ({ name: await explorer.cellText(row, 'name') }), PATIENCE)
        .toEqual(names[row]);
    }
    for (const [format, reader] of Object.entries(READERS)) {
      const saved = await app.savedFile(async () => {
        await app.page.getByRole('button', { name: 'Export', exact: true }).click();
        await app.page
          .getByRole('menuitem', { name: new RegExp(`^What is seen.*, as ${format}$`) })
          .click();
      });
      const path = join(app.data, `exported.${format}`);
      await writeFile(path, saved);
      const [shape] = await queryRows<{ names: string[] }>(
        `SELECT list(column_name) AS names FROM (DESCRIBE SELECT * FROM ${reader})`,
        { path },
      );
      expect(shape?.names).toEqual(columns);
      const read = await queryRows<{ name: string }>(`SELECT name FROM ${reader}`, { path });
      expect(read).toEqual(names);
      if (format === 'JSON') expect(JSON.parse(saved.toString('utf8'))).toEqual(expected);
      if (format === 'CSV') {
        const cells = await queryRows<Record<string, string | null>>(
          `SELECT * FROM read_csv($path, all_varchar = true)`,
          { path },
        );
        const typed = cells.map((row, at) => typedAs(row, expected[at] as Record<string, unknown>));
        expect(typed).toEqual(expected);
      }
      if (format !== 'Parquet') continue;
      const whole = await queryRows<{ row: string }>(
        `SELECT to_json(picked)::VARCHAR AS row FROM ${reader} AS picked`,
        { path },
      );
      expect(whole.map(({ row }): unknown => JSON.parse(row))).toEqual(expected);
    }
    await search().fill('');
    await chipsBecome([]);
    await file.isShown('TRUE');
  });

  test('a row opens the detail: who it is, and the very document it came from', async () => {
    const name = await explorer.cellText(0, 'name');
    const id = await explorer.cellText(0, 'id');
    await explorer.cell(0, 'name').click();
    const panel = app.page.getByRole('dialog');
    await panel.getByRole('heading', { name, exact: true }).waitFor();
    const landed = await readFile(join(app.data, 'landing/pokemon', `${id}.json`));
    const sha256 = createHash('sha256').update(landed).digest('hex');
    await panel.getByText(sha256).waitFor();
    await panel.getByText('Raw JSON').click();
    await panel.getByText(`"${name.toLowerCase()}"`).first().waitFor();
    await panel.getByRole('button', { name: 'Close' }).click();
    await panel.waitFor({ state: 'detached' });
  });

  test('a chart that one builds joins the dashboard and filters like the rest', async () => {
    await explorer.command('Add a chart');
    const builder = app.page.getByRole('dialog', { name: 'Add a chart' });
    await builder.getByRole('radio', { name: 'Histogram' }).check();
    await builder.getByLabel('Column').selectOption({ label: 'Attack' });
    await builder.getByRole('button', { name: 'Add to the dashboard' }).click();
    await builder.waitFor({ state: 'detached' });
    await explorer.card('Attack').locator('canvas').first().waitFor();
    await explorer.drag(explorer.brush('Attack'), [0.3, 0.5], [0.6, 0.5]);
    const { where } = await inRange('Attack', 'attack');
    await file.isShown(where);
    await chipsBecome([/^Attack/]);
    await explorer.chooseInMenu('Attack', 'Remove');
    await chipsBecome([]);
    await file.isShown('TRUE');
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
    // Snorlax’s weight in kilograms.
    await table.getByText('460').first().waitFor();
    await explorer.show('Explore');
  });

  test('the palette reaches the dark theme', async () => {
    const background = () =>
      app.page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await explorer.command('Theme: dark');
    await expect.poll(background, PATIENCE).not.toBe(light);
    await explorer.command('Theme: light');
    await expect.poll(background, PATIENCE).toBe(light);
  });

  test('no policy was violated, no error written, nothing asked of another origin', async () => {
    for (const screen of ['Compare', 'SQL', 'Changes', 'Settings', 'Explore'] as const) {
      await explorer.show(screen);
      await app.page.waitForTimeout(200);
    }
    expect(await app.trouble()).toEqual([]);
  });
});

/** The cells of a CSV row as values of the kinds that stand in `model`: numbers, lists, texts. */
function typedAs(row: Record<string, string | null>, model: Record<string, unknown> = {}) {
  return Object.fromEntries(
    Object.entries(row).map(([column, cell]) => {
      const like = model[column];
      if (typeof like === 'number') return [column, Number(cell)];
      return [column, Array.isArray(like) ? cell?.slice(1, -1).split(', ') : cell];
    }),
  );
}
