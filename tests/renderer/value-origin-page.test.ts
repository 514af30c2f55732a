import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { pageTrouble } from '../e2e/page-trouble';
import { axeFindings } from '../helpers/axe';
import { served, servedMany } from '../helpers/documents';
import { gatherInto, serve } from '../helpers/gather-into';
import { processInto } from '../helpers/land-documents';
import { newContext } from '../helpers/launch-chromium';
import { serveApp } from '../helpers/served-app';
import { temporaryFolder } from '../helpers/temporary-folder';
import { cell, focusedCell } from './table-page-app';

const HEAVIER = served({ id: 7, weight: 250 });

let page: Page;
let trouble: () => Promise<string[]>;
const atEnd: (() => Promise<void>)[] = [];
const laterOn = (work: () => Promise<void>) => void atEnd.unshift(work);

/** Twelve Pokémon; number 7 weighs 6.9 kg in version 1 and 25 kg in version 2. */
beforeAll(async () => {
  const data = await temporaryFolder(laterOn);
  const server = await serve(servedMany(12), laterOn);
  await gatherInto(data, server);
  await processInto(data);
  server.documents = servedMany(12).with(6, HEAVIER);
  await gatherInto(data, server);
  await processInto(data);
  const app = await serveApp(data, laterOn);
  const context = await newContext(laterOn, { viewport: { width: 1600, height: 1000 } });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  trouble = await pageTrouble(page, app.origin);
  await page.goto(app.url);
  await cell(page, 0, 'name').getByText('Mon-1').waitFor();
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

test('a value of the detail tells its first version, the value before and its raw document', async () => {
  await cell(page, 6, 'name').click();
  const detail = page.getByRole('dialog', { name: 'Mon-7' });
  await detail.getByRole('button', { name: '25.0 kg' }).click();
  const origin = page.getByRole('dialog', { name: 'Weight of Mon-7: 25.0 kg' });
  await origin.getByText(/^Version 2 · \d+ \w+ \d{4}$/).waitFor();
  const facts = await origin.getByRole('definition').allTextContents();
  expect(facts[1]).toBe('6.9');
  expect(facts[2]).toMatch(/^landing\/pokemon\/7\.json\/weight, line [\d,]+.*"weight": 250/);
  const sha256 = createHash('sha256').update(HEAVIER.body).digest('hex');
  expect(facts[5]).toContain(sha256);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await origin.waitFor({ state: 'detached' });
  // The row stays open, and the focus is where it was.
  await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('25.0 kg');
  await detail.waitFor();
  await page.keyboard.press('Escape');
  await detail.waitFor({ state: 'detached' });
});

test('a cell of the table tells the same by key and by the other mouse button', async () => {
  const speed = cell(page, 2, 'speed');
  await cell(page, 2, 'name').click({ button: 'right' });
  const name = page.getByRole('dialog', { name: 'Name of Mon-3: Mon-3' });
  await name.getByText(/^Version 1 · .*, which it came with$/).waitFor();
  await page.keyboard.press('Escape');
  await name.waitFor({ state: 'detached' });
  await speed.focus();
  await page.keyboard.press('Shift+Enter');
  const origin = page.getByRole('dialog', { name: 'Speed of Mon-3: 45' });
  await origin.getByText(/^\/stats\/5\/base_stat, line [\d,]+$/).waitFor();
  const place = await speed.getAttribute('data-cell');
  await page.keyboard.press('Escape');
  await origin.waitFor({ state: 'detached' });
  await expect.poll(() => focusedCell(page)).toBe(place);
  expect(await trouble()).toEqual([]);
});
