import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { axeFindings } from '../helpers/axe';
import { landDocuments } from '../helpers/land-documents';
import { newPage } from '../helpers/launch-chromium';
import { runCli } from '../helpers/run-cli';
import { serveReadyApp } from '../helpers/served-app';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';

const LEFT = [{ game_index: 1, version: { name: 'gold', url: '' } }];
const PATIENCE = { timeout: 30_000 };

describe('the Alerts screen', { timeout: 120_000 }, () => {
  const atEnd = atSuiteEnd();
  let data: string;
  let page: Page;
  let explorer: ExplorerPage;

  /** As another process does it while the app runs. */
  const publish = async (documents: Parameters<typeof landDocuments>[1]) => {
    await landDocuments(data, documents);
    expect((await runCli(['process', '--data', data])).code).toBe(0);
  };

  beforeAll(async () => {
    data = await temporaryFolder(atEnd);
    await publish(Array.from({ length: 6 }, (_, at) => ({ id: at + 1, weight: 10 * (at + 1) })));
    await publish([{ id: 6, weight: 60, game_indices: LEFT }]);
    const app = await serveReadyApp(data, atEnd);
    page = await newPage(atEnd, { viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(20_000);
    await page.goto(app.url);
    explorer = new ExplorerPage(page);
    await explorer.ready();
  });

  const alertsButton = () => page.getByRole('navigation').getByRole('button', { name: /Alerts/ });

  test('a rule is built without code, tried over the versions there are, and fires with the next', async () => {
    await explorer.show('Alerts');
    await page.getByRole('button', { name: 'New alert…' }).click();
    const form = page.getByRole('dialog', { name: 'New alert' });
    await form.getByText('Would have fired in 1 of 2 versions: Mon-6 left.').waitFor();
    await form.getByRole('button', { name: /Version 2.*would have fired: Mon-6 left/ }).waitFor();
    await form.getByText('in a browser the list has it').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await form.getByLabel('Title').fill('Somebody left');
    await form.getByRole('button', { name: 'Save the alert' }).click();
    await form.waitFor({ state: 'detached' });
    const rule = page.getByRole('listitem', { name: 'Somebody left' });
    await rule.getByText('Has not fired').waitFor();

    await publish([
      { id: 4, weight: 40, game_indices: LEFT },
      { id: 5, weight: 50, game_indices: LEFT },
    ]);
    const fired = page.getByRole('region', { name: 'What fired' });
    await fired.getByText('2 Pokémon left in version 3.').waitFor(PATIENCE);
    await fired.getByText('Mon-4').waitFor();
    await rule.getByText('Firing').waitFor();
    // The number is read with the screen's name.
    await expect.poll(() => alertsButton().innerText()).toMatch(/^1\s+unread,\s+Alerts$/);
    expect(await axeFindings(page)).toEqual([]);
    await fired.getByRole('button', { name: 'Mark all as read' }).click();
    await expect.poll(() => alertsButton().innerText()).toBe('Alerts');
  });

  test('a rule takes the filters over, and what it fires leads to its rows', async () => {
    await explorer.show('Explore');
    await page.keyboard.press('Alt+c');
    await explorer.drag(explorer.brush('BMI'), [0.05, 0.5], [0.1, 0.5], [0.95, 0.5]);
    await expect.poll(async () => (await explorer.chips()).length).toBe(1);
    await explorer.command('Alert me when this changes…');
    const form = page.getByRole('dialog', { name: 'New alert' });
    await form.getByLabel(/^Only where BMI/).waitFor();
    await form.getByLabel(/^Only where BMI/).uncheck();
    await form.getByLabel('Title').fill('Weights');
    await form.getByPlaceholder('Any field').click();
    const fields = page.getByRole('listbox', { name: 'Of these fields' });
    await fields.getByRole('option', { name: 'Weight (hg)' }).click();
    await page.keyboard.press('Tab');
    await form.getByRole('textbox', { name: 'By at least' }).fill('5');
    await form.getByText(/^Would have fired in none of 3 versions/).waitFor();
    await form.getByRole('button', { name: 'Save the alert' }).click();
    await form.waitFor({ state: 'detached' });
    await publish([
      { id: 1, weight: 16 },
      { id: 2, weight: 21 },
    ]);
    await explorer.show('Alerts');
    const fired = page.getByRole('region', { name: 'What fired' });
    await fired.getByText('Mon-1: weight 10 → 16 in version 4.').waitFor(PATIENCE);
    await fired.getByRole('button', { name: 'Mon-1' }).click();
    await page.getByRole('dialog', { name: 'Mon-1' }).waitFor();
    await page.keyboard.press('Escape');
    await fired.getByRole('button', { name: 'Show it in Explore' }).click();
    await expect.poll(() => explorer.tableRows(), PATIENCE).toBe(1);
  });

  test('a rule without a title is called by what it waits for, of rows chosen by the table’s fields', async () => {
    await explorer.show('Alerts');
    await page.getByRole('button', { name: 'New alert…' }).click();
    const form = page.getByRole('dialog', { name: 'New alert' });
    await form.getByRole('combobox', { name: 'Add a condition' }).selectOption('Weight (kg)');
    await form.getByRole('textbox', { name: 'From' }).fill('3');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.getByLabel('Only where Weight (kg) from 3').waitFor();
    await form.getByRole('combobox', { name: 'Add a condition' }).selectOption('First type');
    await form.getByRole('combobox', { name: 'Is any of' }).click();
    await page.getByRole('listbox', { name: 'Is any of' }).getByRole('option').first().waitFor();
    await page.keyboard.press('Tab');
    // Mon-1, Mon-2 and Mon-3 are lighter, and who left did so before.
    await form.getByText(/^Would have fired in 2 of \d versions/).waitFor();
    await form.getByText('Nothing new comes').click();
    await form.getByText('Would not have fired since the oldest version.').waitFor();
    await form.getByText('Something changes').click();
    await form.getByRole('button', { name: 'Save the alert' }).click();
    await form.waitFor({ state: 'detached' });
    const title = 'Pokémon leave · only Weight (kg) from 3';
    await page.getByRole('listitem', { name: title, exact: true }).waitFor();
  });

  test('a file that cannot be used is removed, and brought back as it was', async () => {
    const path = join(data, 'alerts', 'rules', 'mine.json');
    await writeFile(path, '{"alert": 1, "titel": "x"}');
    const broken = page.getByRole('listitem', { name: 'mine', exact: true });
    await page.reload();
    await broken.getByText('Broken').waitFor();
    await broken.getByRole('button', { name: 'Remove' }).click();
    await broken.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await broken.getByText('Broken').waitFor();
    expect(await readFile(path, 'utf8')).toBe('{"alert": 1, "titel": "x"}');
  });

  test('a rule is switched, snoozed, and removed with the way back', async () => {
    await explorer.show('Alerts');
    const rule = page.getByRole('listitem', { name: 'Somebody left' });
    await rule.getByRole('button', { name: 'Snooze for a day' }).click();
    await rule.getByText(/^Snoozed until/).waitFor();
    await rule.getByRole('button', { name: 'End the snooze' }).click();
    await rule.getByRole('switch', { name: 'Somebody left: on' }).press('Space');
    await rule.getByText('Off', { exact: true }).waitFor();
    await rule.getByRole('button', { name: 'Remove' }).click();
    await rule.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await rule.getByText('Off', { exact: true }).waitFor();
    await rule.getByRole('button', { name: 'Send a test' }).waitFor();
  });
});
