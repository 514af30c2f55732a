import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { launchStandIn } from '../electron-stand-in/launch-stand-in';
import { copySnapshotData } from '../helpers/snapshot-data';
import { temporaryFolder } from '../helpers/temporary-folder';
import { PATIENT } from './patient';

const folder = await temporaryFolder(afterAll);
const at = (name: string) => join(folder, name);
const userData = at('user');
await copySnapshotData(join(userData, 'data'));
await mkdir(at('umlaut ä'));
await writeFile(at('umlaut ä/cities 1%.csv'), 'city,size\nBonn,1\nKiel,2\n');
await writeFile(at('names.ndjson'), '{"a":1}\n');
await writeFile(at('days.ndjson'), '{"day":"2026-01-01"}\n');
await writeFile(at('broken.parquet'), 'PAR1 nothing PAR1');

const app = launchStandIn(
  {
    userData,
    // A desktop of Linux names files by URLs; Chromium’s switches stand among them.
    args: [
      at('broken.parquet'),
      '--no-sandbox',
      at('names.ndjson'),
      at('no.csv'),
      pathToFileURL(at('umlaut ä/cities 1%.csv')).href,
    ],
  },
  afterAll,
);
const page = await app.page();
const shows = (title: string) =>
  page.getByRole('button', { name: `Table: ${title}` }).waitFor(PATIENT);
async function switchTo(title: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Table:/ }).click();
  await page.getByRole('menuitem', { name: title }).click();
}

it('files named at the start are opened, the last one shown; its CSV is shown before it is believed', async () => {
  await shows('cities 1%.csv');
  const sheet = page.getByRole('dialog', { name: 'How “cities 1%.csv” is read' });
  await sheet.waitFor(PATIENT);
  await sheet.getByRole('button', { name: 'Looks right' }).click();
  await switchTo(/^names\.ndjson/);
  await shows('names.ndjson');
});

it('what of them cannot be opened is told', async () => {
  await page.getByText('“broken.parquet” cannot be opened').waitFor(PATIENT);
  await page.getByText('“no.csv” cannot be opened: there is no such file or folder.').waitFor();
});

it('a second start hands its files to the app that runs, and ends', async () => {
  const again = () => launchStandIn({ userData, args: [at('days.ndjson')] }, afterAll).exited;
  expect(await again()).toBe(0);
  await shows('days.ndjson');
  await switchTo('Pokémon');
  // Asked for once more, it is shown once more.
  expect(await again()).toBe(0);
  await shows('days.ndjson');
});

it('a Mac asks for them by an event, which the app takes', async () => {
  expect(await app.ask('openFile', { path: at('names.ndjson') })).toEqual({ prevented: true });
  await shows('names.ndjson');
});
