import type { Alerts, Firing } from '../../../preload/contract/alerts';
import { call } from '../../bridge';
import { takeAlerts } from '../../state/alerts';
import { sayDone, sayFailed, sayUndoable } from '../help/notices';
import { showRows } from '../open/show-rows';

/** What is done to alerts; each takes over how they are then, and says what failed. */

const SNOOZE_MS = 24 * 3_600_000;

async function done(work: Promise<Alerts>): Promise<boolean> {
  try {
    takeAlerts(await work);
    return true;
  } catch (error) {
    sayFailed(error);
    return false;
  }
}

export async function switchAlert(id: string, on: boolean): Promise<void> {
  await done(call('alerts.switch', { id, on }));
}

/** For a day; or ends it. */
export async function snoozeAlert(id: string, snooze: boolean): Promise<void> {
  const until = snooze ? new Date(Date.now() + SNOOZE_MS).toISOString() : null;
  await done(call('alerts.snooze', { id, until }));
}

export async function testAlert(id: string): Promise<void> {
  if (await done(call('alerts.test', { id }))) sayDone('The test was sent.');
}

export async function removeAlert(id: string, title: string): Promise<void> {
  if (!(await done(call('alerts.remove', { id })))) return;
  sayUndoable(`Removed “${title}”`, () => void done(call('alerts.restore', { id })));
}

export async function readAlerts(ids: string[] | null): Promise<void> {
  await done(call('alerts.read', { ids }));
}

/** Explore with the rows of a firing alone. */
export function showFired({ ids }: Firing): void {
  showRows('id', ids);
}
