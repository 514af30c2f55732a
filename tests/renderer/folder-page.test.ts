import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ExplorerPage } from '../e2e/explorer-page';
import { PATIENCE } from '../e2e/published-file';
import { axeFindings } from '../helpers/axe';
import { documentText, drop } from '../helpers/dropped-files';
import { newPage } from '../helpers/launch-chromium';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { temporaryFolder } from '../helpers/temporary-folder';

test('a folder is chosen in Settings; what comes to it is taken up, and each file’s fate is shown', async ({
  onTestFinished,
}) => {
  const app = await serveReadyApp(await snapshotData());
  const folder = await temporaryFolder();
  const page = await newPage(onTestFinished);
  await page.goto(app.url);
  const explorer = new ExplorerPage(page);
  await explorer.ready();
  await explorer.show('Settings');
  await page.getByRole('radiogroup', { name: 'Kind of source' }).getByText('A folder').click();
  const field = page.getByLabel('Folder', { exact: true });
  await field.fill('documents');
  await page.getByText('Enter the whole path').waitFor();
  await field.fill(folder);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('No file has come yet.').waitFor();

  const game = [{ game_index: 1, version: { name: 'red', url: '' } }];
  await drop(folder, 'new.json', documentText({ id: 20_000, name: 'new-one', game_indices: game }));
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  await expect.poll(() => row('new.json').innerText(), PATIENCE).toMatch(/taken up\s+2\s/);
  await page.locator('.provenance').getByText('650 of 1,352').waitFor();
  const half = documentText({ id: 20_001, name: 'half-one', game_indices: game });
  await writeFile(join(folder, 'half.json'), half.slice(0, 300));
  await expect
    .poll(() => row('half.json').innerText(), PATIENCE)
    .toMatch(/waiting\s*is not whole yet/);
  await drop(folder, 'bad.json', '{"id": 25}');
  await expect
    .poll(() => row('bad.json').innerText(), PATIENCE)
    .toMatch(/in quarantine\s*has no field name/);
  expect(await axeFindings(page)).toEqual([]);
  await appendFile(join(folder, 'half.json'), half.slice(300));
  await expect.poll(() => row('half.json').innerText(), PATIENCE).toMatch(/taken up\s+3\s/);
  await page.getByText('2 taken up, 1 in quarantine.').waitFor();
  expect((await app.call('history.list', {}))[0]).toMatchObject({ version: 3, files: 1 });
}, 120_000);
