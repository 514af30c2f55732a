import { expect, it, onTestFinished } from 'vitest';
import { launchStandIn } from '../electron-stand-in/launch-stand-in';
import { temporaryFolder } from '../helpers/temporary-folder';

it('boots the built app and shows its page', async () => {
  const userData = await temporaryFolder();
  const app = launchStandIn({ userData }, onTestFinished);
  const page = await app.page();
  await page.locator('#root > *').first().waitFor();
  expect(await page.title()).toBe('Pokédex Explorer');
});
