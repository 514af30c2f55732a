import type { Locator, Page } from 'playwright-core';

/** What a person sees and does on the app's page, by the names that stand there. */
export class ExplorerPage {
  constructor(readonly page: Page) {}

  async ready(): Promise<void> {
    await this.page.locator('.provenance').getByText('Pokémon', { exact: false }).waitFor();
    await this.page.locator('.tile dd').first().waitFor();
    await this.page.locator('.card canvas').first().waitFor();
  }

  async show(
    screen: 'Explore' | 'Compare' | 'SQL' | 'Changes' | 'Alerts' | 'Privacy' | 'Settings',
  ): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: screen }).click();
  }

  /** `182` of "182 of 649 · 28 %". */
  async count(): Promise<number> {
    const text = await this.page.locator('.selected-count').innerText();
    return Number(text.split(' of ')[0]?.replaceAll(',', ''));
  }

  /** The six tiles' figures, as they stand. */
  tiles(): Promise<string[]> {
    return this.page.locator('.tile dd').allInnerTexts();
  }

  chips(): Promise<string[]> {
    return this.page.locator('.chip').allInnerTexts();
  }

  /** Rows the table says it has, its header left out. */
  async tableRows(): Promise<number> {
    return Number(await this.grid().getAttribute('aria-rowcount')) - 1;
  }

  grid(): Locator {
    return this.page.getByRole('grid', { name: 'Pokémon' });
  }

  card(title: string): Locator {
    return this.page.locator('.cards').getByRole('region', { name: title, exact: true });
  }

  brush(card: string): Locator {
    return this.card(card).locator('.range-brush');
  }

  /**
   * The range that stands on a brush, in data units; null where there is none. An upper end that it
   * does not hold (`20 to below 45`) is given a hair lower.
   */
  async range(brush: Locator): Promise<[low: number, high: number] | null> {
    const text = (await brush.getAttribute('aria-valuetext')) ?? '';
    const ends = /^(\S+) to (below )?(\S+)$/.exec(text.replaceAll(',', ''));
    if (ends === null) return null;
    return [Number(ends[1]), Number(ends[3]) - (ends[2] === undefined ? 0 : 1e-9)];
  }

  /** A card's data-table alternative, cell by cell without its header; the chart is back after. */
  async cardData(title: string): Promise<string[][]> {
    const card = this.card(title);
    await this.chooseInMenu(title, 'Show data table');
    const rows = card.locator('.data-table tbody tr');
    await rows.first().waitFor();
    const cells = (await rows.allInnerTexts()).map((line) => line.split('\t'));
    await this.chooseInMenu(title, 'Show chart');
    await card.locator('canvas').first().waitFor();
    return cells;
  }

  async chooseInMenu(card: string, item: string): Promise<void> {
    await this.page.getByRole('button', { name: `${card}: menu` }).click();
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
    await this.page.getByRole('menu').waitFor({ state: 'detached' });
  }

  /** Columns on the screen, in their order. */
  async columns(): Promise<string[]> {
    const headers = await this.grid().locator('[data-header]').all();
    const names = await Promise.all(headers.map((header) => header.getAttribute('data-header')));
    return names.map(String);
  }

  /** The text of one cell of the table. */
  cell(row: number, column: string): Locator {
    return this.grid().locator(`[data-row="${row}"] [data-column="${column}"]`);
  }

  /** What a cell says, once its row has come: a row in sight is empty until then. */
  cellText(row: number, column: string): Promise<string> {
    return this.cell(row, column).filter({ hasText: /\S/ }).innerText();
  }

  /** A click on a column's header; with Shift it joins the order. */
  async sortBy(column: string, options: { shift?: boolean } = {}): Promise<void> {
    await this.grid()
      .locator(`[data-header="${column}"]`)
      .click({
        position: { x: 12, y: 10 },
        ...(options.shift === true ? { modifiers: ['Shift'] } : {}),
      });
  }

  async writeSql(sql: string): Promise<void> {
    await this.page.locator('.cm-content').focus();
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.insertText(sql);
    // Lets go of the completions, which would take the next Enter.
    await this.page.keyboard.press('Escape');
  }

  /** Drags within a brush or a plot, between shares of its width and height. */
  async drag(place: Locator, ...path: (readonly [x: number, y: number])[]): Promise<void> {
    await place.scrollIntoViewIfNeeded();
    const box = await place.boundingBox();
    if (box === null) throw new Error('there is nothing to drag on');
    for (const [index, [x, y]] of path.entries()) {
      await this.page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 3 });
      if (index === 0) await this.page.mouse.down();
    }
    await this.page.mouse.up();
  }

  async clickAt(place: Locator, x: number, y: number): Promise<void> {
    await place.scrollIntoViewIfNeeded();
    const box = await place.boundingBox();
    if (box === null) throw new Error('there is nothing to click on');
    await this.page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  }

  /** Runs what the command palette finds first for `text`. */
  async command(text: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    const palette = this.page.getByRole('combobox', { name: /^Search .*commands$/ });
    await palette.fill(text);
    await this.page.getByRole('listbox', { name: 'Results' }).getByText(text).first().click();
    await palette.waitFor({ state: 'detached' });
  }
}
