import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { dataPaths } from '../../src/main/base/data-folder';
import { ExplorerPage } from '../e2e/explorer-page';
import { pageTrouble } from '../e2e/page-trouble';
import { axeFindings } from '../helpers/axe';
import { identityLeft } from '../helpers/identity-left';
import { newContext } from '../helpers/launch-chromium';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';

let page: Page;
let data: string;
let trouble: () => Promise<string[]>;
const atEnd: (() => Promise<void>)[] = [];
const laterOn = (work: () => Promise<void>) => void atEnd.unshift(work);

beforeAll(async () => {
  data = await snapshotData(laterOn);
  const app = await serveReadyApp(data, laterOn);
  const context = await newContext(laterOn, { viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  trouble = await pageTrouble(page, app.origin);
  await page.goto(app.url);
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

test('a subject is erased from its detail, which says what that means; the receipt is checked', async () => {
  await page.getByRole('gridcell', { name: 'Charizard', exact: true }).first().click();
  const detail = page.getByRole('dialog', { name: 'Charizard' });
  await detail.getByRole('button', { name: 'Erase…' }).click();
  const sure = page.getByRole('dialog', { name: 'Erase Charizard?' });
  await sure.getByText('3 other forms of it go too').waitFor();
  await sure.getByText('Files that were exported or copied before.').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await sure.getByRole('button', { name: 'Cancel' }).click();
  await sure.waitFor({ state: 'detached' });
  expect(await readdir(dataPaths(data).receipts).catch(() => [])).toEqual([]);

  await detail.getByRole('button', { name: 'Erase…' }).click();
  await sure.getByRole('button', { name: 'Erase for good' }).click();
  const done = page.getByRole('dialog', { name: 'Erased', exact: true });
  await done.getByText('nothing found').waitFor();
  const ids = [6, 10_034, 10_035, 10_196];
  expect(await identityLeft(data, { names: ['charizard'], ids, orders: [] })).toEqual([]);
  await done.getByRole('button', { name: 'Close' }).last().click();
  await detail.waitFor({ state: 'detached' });

  await page
    .getByRole('gridcell', { name: /^Erased subject/ })
    .first()
    .click();
  const stands = page.getByRole('dialog', { name: /^Erased subject/ });
  await stands.getByText('This subject was erased.').waitFor();
  await page.keyboard.press('Escape');

  await new ExplorerPage(page).show('Privacy');
  await page.getByRole('tab', { name: 'Erasures' }).click();
  await page.getByRole('button', { name: /^Check / }).click();
  await page.getByText('As it was signed; nobody erased is in the data folder.').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(await trouble()).toEqual([]);
});
