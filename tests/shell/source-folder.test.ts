import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PATIENT } from './patient';
import { sharedApp } from './shared-app';

const app = await sharedApp();
const page = await app.page();

it('the folder that documents come from is chosen in the system’s dialog', async () => {
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await page.getByText('A folder', { exact: true }).click();
  const chosen = join(app.userData, 'inbox');
  await app.ask('prepareAnswer', {
    kind: 'open',
    answer: { canceled: false, filePaths: [chosen] },
  });
  await page.getByRole('button', { name: 'Choose…' }).click();
  const field = page.getByRole('textbox', { name: 'Folder' });
  await expect.poll(() => field.inputValue(), PATIENT).toBe(chosen);
  const { dialogs } = await app.ask('records');
  expect(dialogs.at(-1)).toMatchObject({ options: { properties: ['openDirectory'] } });
  // Where the person thinks better of it, it stays.
  await page.getByRole('button', { name: 'Choose…' }).click();
  await expect.poll(async () => (await app.ask('records')).dialogs.length, PATIENT).toBe(2);
  expect(await field.inputValue()).toBe(chosen);
});
