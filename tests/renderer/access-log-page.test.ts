import { readFile, writeFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { dataPaths } from '../../src/main/base/data-folder';
import { ExplorerPage } from '../e2e/explorer-page';
import { axeFindings } from '../helpers/axe';
import { newContext } from '../helpers/launch-chromium';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';

test('an export and a saved result are in the log on the Privacy screen, which says when it was changed', async () => {
  const data = await snapshotData();
  const app = await serveReadyApp(data);
  await app.call('export.data', { format: 'csv', view: null });
  await app.call('file.save', { name: 'a', kind: 'csv', content: 'name\nBulbasaur\n' });
  const { version } = await app.call('sql.run', { sql: 'SELECT name FROM pokemon LIMIT 1' });
  await app.call('sql.save', { sql: 'SELECT name FROM pokemon', format: 'json', version });

  const context = await newContext(onTestFinished, { viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(app.url);
  await new ExplorerPage(page).show('Privacy');
  await page.getByRole('tab', { name: 'Access log' }).click();
  const log = page.getByRole('region', { name: 'Who used names and numbers, and when' });
  await log.getByText('The log is whole: 3 entries, as written.').waitFor();
  const row = (how: string) => log.getByRole('row').filter({ hasText: how });
  expect(await row('app, as csv').textContent()).toContain('id, name, order');
  await row('app, result of SQL as json').waitFor();
  await row('app, what a page shows as csv').waitFor();
  expect(await axeFindings(page)).toEqual([]);

  const { accessLog } = dataPaths(data);
  await writeFile(accessLog, (await readFile(accessLog, 'utf8')).split('\n').slice(1).join('\n'));
  await page.reload();
  await page.getByRole('tab', { name: 'Access log' }).click();
  await page.getByRole('alert').getByText('Entry 1 is missing.').waitFor();
});
