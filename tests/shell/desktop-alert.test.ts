import { expect, it } from 'vitest';
import { PATIENT } from './patient';
import { sharedApp } from './shared-app';

const app = await sharedApp();
const page = await app.page();

it('an alert for the desktop is a notification of the system, which leads to the alerts', async () => {
  const rule = { alert: 1, title: 'Somebody left', on: {}, channels: [{ kind: 'desktop' }] };
  await page.evaluate(
    `(async () => {
      const { result } = await window.pokedex.call('alerts.add', ${JSON.stringify({ rule })});
      await window.pokedex.call('alerts.test', { id: result.rules[0].id });
    })()`,
  );
  await expect
    .poll(async () => (await app.ask('records')).notifications, PATIENT)
    .toEqual([
      { title: 'Somebody left', body: 'This is a test of the alert; nothing has changed' },
    ]);
  await app.ask('clickNotification');
  await page.getByRole('heading', { name: 'Alerts', exact: true }).waitFor();
});
