import { afterAll } from 'vitest';
import { launchStandIn, type RunningApp } from '../electron-stand-in/launch-stand-in';
import { temporaryFolder } from '../helpers/temporary-folder';

/** One running app for all tests of a file, with its page up. Called at the file's top level. */
export async function sharedApp(): Promise<RunningApp & { userData: string }> {
  const userData = await temporaryFolder(afterAll);
  const app = launchStandIn({ userData }, afterAll);
  await (await app.page()).waitForLoadState('load');
  return { ...app, userData };
}
