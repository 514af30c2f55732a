import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { CALL_HEADER, KEY_HEADER } from '../../src/preload/contract/host-session';
import { waitUntil } from '../engine/processes';
import { ENDLESS } from '../helpers/endless';
import { serveReadyApp } from '../helpers/served-app';
import { snapshotData } from '../helpers/snapshot-data';

test(
  'once no browser listens for a while, nothing long goes on for nobody',
  { timeout: 60_000 },
  async () => {
    const alone = await serveReadyApp(await snapshotData());
    const id = randomBytes(16).toString('hex');
    const listens = httpRequest(`${alone.origin}/events`, {
      headers: { cookie: alone.cookie, [KEY_HEADER]: alone.key },
    });
    listens.on('error', () => {});
    listens.end();
    onTestFinished(() => void listens.destroy());
    const headers = { 'content-type': 'application/json', [CALL_HEADER]: id };
    const body = JSON.stringify({ sql: ENDLESS, id });
    expect((await alone.page('/call/sql.run', { method: 'POST', headers, body })).status).toBe(202);
    const pending = async () => (await alone.page(`/answer/${id}`, { method: 'POST' })).status;
    expect(await pending()).toBe(202);
    listens.destroy();
    alone.stopListening();
    await waitUntil(async () => (await pending()) === 404, 40_000);
  },
);
