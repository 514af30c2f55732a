import { cpSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { served } from '../helpers/documents';
import { gatherInto } from '../helpers/gather-into';
import { processInto } from '../helpers/land-documents';
import { newPage } from '../helpers/launch-chromium';
import { PokeapiServer, type ServedDocument } from '../helpers/pokeapi-server';
import { serveReadyApp } from '../helpers/served-app';
import { atSuiteEnd } from '../helpers/suite-end';
import { temporaryFolder } from '../helpers/temporary-folder';
import { settingsSchema } from '../../src/preload/contract/settings';

const PATIENCE = { timeout: 30_000, interval: 50 };
/** Chromium, a server and the app start within each test. */
const TIME_LIMIT_MS = 120_000;

const panel = (page: Page) => page.getByRole('region', { name: 'Refresh', exact: true });

const atEnd = atSuiteEnd();
let server: PokeapiServer;
/** What every test begins with: twelve grass Pokémon of that server. */
let made: string;

beforeAll(async () => {
  server = await new PokeapiServer(twelve()).listen();
  atEnd(() => server.close());
  made = await temporaryFolder(atEnd);
  await gatherInto(made, server);
  await processInto(made, { games: ['red'] });
  const settings = settingsSchema.parse({ source: server.url, games: ['red'], sprites: false });
  await writeFile(join(made, 'settings.json'), JSON.stringify(settings));
});

beforeEach(() => {
  server.documents = twelve();
  server.entries = null;
  server.fault = () => false;
});

/** The twelve and the page that shows them. */
async function openPage(): Promise<Page> {
  const data = await temporaryFolder();
  cpSync(made, data, { recursive: true });
  const app = await serveReadyApp(data);
  const page = await newPage(onTestFinished, { viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(30_000);
  await page.goto(app.url);
  await page.locator('.provenance', { hasText: '12 of 12' }).waitFor();
  return page;
}

const inGames = (...names: string[]) =>
  names.map((name) => ({ game_index: 1, version: { name, url: '' } }));

function twelve(): ServedDocument[] {
  return Array.from({ length: 12 }, (_, index) =>
    served({ id: index + 1, name: `mon-${index + 1}`, weight: 100 }),
  );
}

test(
  'a refresh is watched while one goes on working, and says what it changed',
  async () => {
    const page = await openPage();
    const search = page.getByRole('searchbox');
    const status = page.getByRole('status').filter({ hasText: /Refresh|refresh|received/ });

    await page.getByRole('button', { name: 'Refresh data' }).click();
    await expect
      .poll(() => panel(page).innerText(), PATIENCE)
      .toContain('Nothing changed in 12 documents');
    const today = new Date().getUTCFullYear();
    await expect
      .poll(() => page.locator('.provenance').innerText())
      .toMatch(new RegExp(`· nothing new at ${new URL(server.url).host} on .* ${today}$`));
    await panel(page).getByRole('button', { name: 'Close' }).click();

    // Half of the documents wait until they are let go.
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    server.documents = server.documents
      .filter(({ id }) => id !== 12)
      .map((document) =>
        document.id === 3
          ? served({
              id: 3,
              name: 'mon-3',
              weight: 250,
              game_indices: inGames('red', 'blue', 'white'),
            })
          : document,
      );
    server.fault = (path, { normal }) => {
      if (Number(/\/pokemon\/(\d+)/.exec(path)?.[1] ?? 0) <= 5) return false;
      void held.then(normal);
      return true;
    };
    await page.getByRole('button', { name: 'Refresh data' }).click();
    await search.fill('mon-3');
    await expect.poll(() => panel(page).innerText(), PATIENCE).toContain('5 of 11 documents');
    await page.locator('.chip', { hasText: 'mon-3' }).waitFor();
    release();
    await expect
      .poll(() => panel(page).innerText(), PATIENCE)
      .toContain('1 updated, 1 deleted · version');
    await expect
      .poll(() => status.allInnerTexts(), PATIENCE)
      .toContainEqual(expect.stringContaining('Refresh done. 1 updated, 1 deleted'));
    // Neither the focus nor the filter was taken away.
    await expect.poll(() => page.evaluate('document.activeElement.type')).toBe('search');
    await expect
      .poll(() => page.locator('.chip').allInnerTexts())
      .toEqual([expect.stringContaining('mon-3')]);

    await panel(page).getByRole('button', { name: 'Show the changes' }).click();
    const changes = page.getByRole('region', { name: 'Changed Pokémon' });
    // 250 hectograms are 25 kg; at 0.7 m that is a BMI of 51.0.
    await expect
      .poll(() => changes.innerText(), PATIENCE)
      .toMatch(/Mon-3[\s\S]*Weight \(kg\)\s+10\.0 kg\s+→\s+25\.0 kg/);
    await expect.poll(() => changes.innerText()).toMatch(/Deleted\s+Mon-12/);
    await expect.poll(() => changes.innerText()).toMatch(/Games\s+2 added\s+Blue, White\s/);
  },
  TIME_LIMIT_MS,
);

test(
  'documents that did not arrive are named with the reason, and a retry fetches them',
  async () => {
    const page = await openPage();

    server.fault = (path, { response }) => {
      if (!path.includes('/pokemon/7')) return false;
      response.writeHead(404).end('gone');
      return true;
    };
    // A name may be anything: neither markup nor what turns the sentence around.
    server.entries = () =>
      server.documents.map(({ id, name }) => ({
        name: id === 7 ? 'mon-7\u202e<b>' : name,
        url: `${server.url}/pokemon/${id}/`,
      }));
    await page.getByRole('button', { name: 'Refresh data' }).click();
    const failures = panel(page).getByRole('list', { name: 'Documents that did not arrive' });
    await expect.poll(() => failures.innerText(), PATIENCE).toMatch(/Mon-7�<b> \(7\): .*404/);
    await expect.poll(() => page.locator('.provenance').innerText()).toContain('12 of 12');

    server.fault = () => false;
    server.entries = null;
    await panel(page).getByRole('button', { name: 'Retry' }).click();
    await expect
      .poll(() => panel(page).innerText(), PATIENCE)
      .toContain('Nothing changed in 12 documents');
  },
  TIME_LIMIT_MS,
);

test(
  'what cannot be had may be published without, or with its copy from before',
  async () => {
    const page = await openPage();

    // Number 6 was here before and is gone, number 13 is new and never was to be had.
    server.documents = [...server.documents, served({ id: 13, name: 'mon-13' })].map((document) =>
      document.id === 3 ? served({ id: 3, name: 'mon-3', weight: 250 }) : document,
    );
    let gone = [6];
    server.fault = (path, { response }) => {
      if (!gone.includes(Number(/\/pokemon\/(\d+)/.exec(path)?.[1]))) return false;
      response.writeHead(404).end('gone');
      return true;
    };
    await page.getByRole('button', { name: 'Refresh data' }).click();
    const offer = panel(page).getByRole('button', { name: /^Publish/ });
    await offer.waitFor();
    await expect.poll(() => offer.innerText()).toBe('Publish with its copy from before');
    await expect
      .poll(() => panel(page).innerText())
      .toMatch(
        /1 of 13 documents did not arrive; the data shown stay as they were\.[\s\S]*Mon-6 \(6\): .*404[\s\S]*\/pokemon\/6\//,
      );
    await expect.poll(() => page.locator('.provenance').innerText()).toContain('12 of 12');
    await offer.click();
    await expect
      .poll(() => panel(page).innerText(), PATIENCE)
      .toMatch(
        /1 added, 1 updated · version \d+\s+Published with Mon-6 \(6\)’s copy from before\./,
      );
    await page.locator('.provenance', { hasText: '13 of 13' }).waitFor();

    gone = [14];
    server.documents = [...server.documents, served({ id: 14, name: 'mon-14' })].filter(
      ({ id }) => id !== 12,
    );
    await page.getByRole('button', { name: 'Refresh data' }).click();
    await expect.poll(() => offer.innerText(), PATIENCE).toBe('Publish without it');
    await offer.click();
    await expect
      .poll(() => panel(page).innerText(), PATIENCE)
      .toMatch(/1 deleted · version \d+\s+Published without Mon-14 \(14\)\./);
    // Of the thirteen that the source lists.
    await page.locator('.provenance', { hasText: '12 of 13' }).waitFor();

    await panel(page).getByRole('button', { name: 'Show the changes' }).click();
    const versions = page.getByRole('list', { name: 'Versions, newest first' });
    await expect.poll(() => versions.innerText(), PATIENCE).toContain('without Mon-14 (14)');
    await expect.poll(() => versions.innerText()).toContain('with Mon-6 (6)’s copy from before');
    await expect.poll(() => versions.getByTitle(/^Mon-14 \(14\): .*404/).count()).toBe(1);
  },
  TIME_LIMIT_MS,
);

test(
  'what the list has at another origin may be published without, as the command allows',
  async () => {
    const page = await openPage();

    server.entries = () =>
      server.documents.map(({ id, name }) => ({
        name,
        url: `${id > 10 ? 'http://elsewhere.test/api/v2' : server.url}/pokemon/${id}/`,
      }));
    await page.getByRole('button', { name: 'Refresh data' }).click();
    const offer = panel(page).getByRole('button', { name: /^Publish/ });
    await expect.poll(() => offer.innerText(), PATIENCE).toMatch(/^Publish with their copies/);
    const elsewhere = /names 2 of its 12 documents at another origin, http:\/\/elsewhere\.test,/;
    await expect.poll(() => panel(page).innerText()).toMatch(elsewhere);
    await offer.click();
    await expect
      .poll(() => panel(page).innerText(), PATIENCE)
      .toMatch(/(Done|Published) with the copies from before of Mon-11 and Mon-12\./);
    await expect.poll(() => panel(page).innerText()).toMatch(elsewhere);
    await page.locator('.provenance', { hasText: '12 of 12' }).waitFor();
  },
  TIME_LIMIT_MS,
);

test(
  'a refresh that a person cancels has not failed, in word or colour',
  async () => {
    const page = await openPage();

    server.fault = (path) => /\/pokemon\/\d/.test(path);
    await page.getByRole('button', { name: 'Refresh data' }).click();
    await panel(page).getByRole('button', { name: 'Cancel' }).click();
    const note = panel(page).getByRole('status');
    await expect.poll(() => note.innerText(), PATIENCE).toMatch(/^The refresh was cancelled\./);
    expect(await panel(page).getByRole('alert').count()).toBe(0);
    expect(await page.locator('[role=alert]:visible').count()).toBe(0);
    const [own, ordinary, danger] = await page.evaluate<string[]>(`(() => {
      const line = document.querySelector('[aria-label="Refresh"] .error-what');
      const colour = (value) => {
        const probe = document.createElement('span');
        probe.style.color = value;
        line.append(probe);
        const { color } = getComputedStyle(probe);
        probe.remove();
        return color;
      };
      return [getComputedStyle(line).color, colour('var(--ink)'), colour('var(--danger)')];
    })()`);
    expect(own).toBe(ordinary);
    expect(ordinary).not.toBe(danger);
    // What is read out says the same.
    const spoken = await page.locator('body').getByRole('status').allInnerTexts();
    expect(spoken.join(' ')).toContain('The refresh was cancelled.');
    expect(await page.locator('body').innerText()).not.toMatch(/refresh failed/i);

    server.fault = () => false;
    await panel(page).getByRole('button', { name: 'Start again' }).click();
    await expect
      .poll(() => panel(page).innerText(), PATIENCE)
      .toContain('Nothing changed in 12 documents');
  },
  TIME_LIMIT_MS,
);
