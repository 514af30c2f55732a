import { join } from 'node:path';
import { afterAll } from 'vitest';
import { launchStandIn, type RunningApp } from '../electron-stand-in/launch-stand-in';
import { copySnapshotData } from '../helpers/snapshot-data';
import { temporaryFolder } from '../helpers/temporary-folder';

/** One running app for all tests of a file, with its page up. Called at the file's top level. */
export async function sharedApp(): Promise<RunningApp & { userData: string }> {
  const userData = await temporaryFolder(afterAll);
  await copySnapshotData(join(userData, 'data'));
  const app = launchStandIn({ userData }, afterAll);
  await (await app.page()).waitForLoadState('load');
  return { ...app, userData };
}
