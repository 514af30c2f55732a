import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { dataPaths } from '../../src/main/base/data-folder';
import { Outbox } from '../../src/main/webhooks/outbox';
import { ExplorerPage } from '../e2e/explorer-page';
import { pageTrouble } from '../e2e/page-trouble';
import { axeFindings } from '../helpers/axe';
import { newContext } from '../helpers/launch-chromium';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';
import { startReceiver, type WebhookReceiver } from '../webhooks/webhook-receiver';

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

let page: Page;
let data: string;
let receiver: WebhookReceiver;
let trouble: () => Promise<string[]>;
const atEnd: (() => Promise<void>)[] = [];
const laterOn = (work: () => Promise<void>) => void atEnd.unshift(work);

beforeAll(async () => {
  receiver = await startReceiver('127.0.0.1', undefined, laterOn);
  receiver.answers = [410];
  data = await snapshotData(laterOn);
  await queue('msg_1');
  const app = await serveReadyApp(data, laterOn);
  const context = await newContext(laterOn, { viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  trouble = await pageTrouble(page, app.origin);
  await page.goto(app.url);
  await new ExplorerPage(page).show('Alerts');
});

afterAll(async () => {
  for (const work of atEnd) await work();
});

async function queue(id: string, of: { rule?: string } = {}): Promise<void> {
  const channel = { kind: 'webhook' as const, url: `${receiver.url}?t0ken`, secret: SECRET };
  await new Outbox(dataPaths(data).deliveries).enqueue({ ...of, id, channel, body: { id } });
}

test('an endpoint that wants no more is off until it is switched on again, then a delivery is replayed', async () => {
  const log = page.getByRole('region', { name: 'Deliveries to webhooks' });
  await log.getByText('endpoint off', { exact: true }).waitFor();
  await log.getByText(`${receiver.url}?…`, { exact: true }).waitFor();
  await log
    .getByText(/^1 try on .*: answered 410\. The endpoint wants no more messages\.$/)
    .waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await log.getByRole('button', { name: 'Switch on again' }).click();
  await log.getByRole('status').getByText('The endpoint is on again.').waitFor();
  await log.getByText('delivered', { exact: true }).waitFor();
  await log.getByText(/^2 tries, the last on .*: answered 204\.$/).waitFor();
  receiver.answers = [500];
  await log.getByRole('button', { name: 'Replay' }).click();
  await log
    .getByText(/^3 tries, the last on .*: answered 500\. Next try: \d+ \w+ \d{4}, \d\d:\d\d\.$/)
    .waitFor();
  await log.getByText(/^4 tries, the last on .*: answered 204\.$/).waitFor();
  expect(new Set(receiver.received.map((each) => each.headers['webhook-id'])).size).toBe(1);
  expect(await page.content()).not.toMatch(/whsec_|t0ken/);
  expect(await trouble()).toEqual([]);
});

test('what waits for an alert’s webhook is said before it is removed, ended with it, and waits again by Undo', async () => {
  const { alertRules } = dataPaths(data);
  await mkdir(alertRules, { recursive: true });
  const on = { alert: 1, title: 'Somebody left', on: { change: ['delete'] } };
  await writeFile(join(alertRules, 'left.json'), JSON.stringify(on));
  receiver.answers = Array.from({ length: 9 }, () => 500);
  await queue('left-1', { rule: 'left' });
  const log = page.getByRole('region', { name: 'Deliveries to webhooks' });
  await log.getByText(/ on .*: answered 500/).waitFor();
  await page.reload();
  const rule = page.getByRole('listitem', { name: 'Somebody left' });
  await rule.getByRole('button', { name: 'Remove' }).click();
  await rule.getByText('1 message still waits for its webhook and will not be sent').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await rule.getByRole('button', { name: 'Remove and end it' }).click();
  await rule.waitFor({ state: 'detached' });
  await log.getByText('ended', { exact: true }).waitFor();
  await log.getByText(/Not sent any more: its alert was removed\.$/).waitFor();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await rule.waitFor();
  await log.getByText('ended', { exact: true }).waitFor({ state: 'detached' });
  await log.getByText('waiting', { exact: true }).waitFor();
});
