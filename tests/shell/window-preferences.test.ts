import { describe, expect, it } from 'vitest';
import { sharedApp } from './shared-app';

const app = await sharedApp();

describe('the window', () => {
  it('is isolated, sandboxed and without Node, each said and none left to a default', async () => {
    const [window] = await app.ask('windows');
    expect(window?.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
  });

  it('enables no Blink feature and no remote debugging', async () => {
    const [window] = await app.ask('windows');
    const preferences = Object.keys(window?.options.webPreferences ?? {});
    expect(preferences).not.toContain('enableBlinkFeatures');
    expect(preferences).not.toContain('additionalArguments');
  });

  it('has a sandbox the app enforces for every renderer', async () => {
    expect((await app.ask('records')).sandboxEnforced).toBe(true);
  });

  it('is shown once it has a picture, on a ground that does not flash', async () => {
    const [window] = await app.ask('windows');
    expect(window?.options.show).toBe(false);
    expect(window?.visible).toBe(true);
    // The stand-in's system is dark.
    expect(window?.options.backgroundColor).toBe('#141517');
  });
});

describe('permissions', () => {
  it.each([
    'media',
    'geolocation',
    'notifications',
    'midi',
    'midiSysex',
    'clipboard-read',
    'display-capture',
    'fullscreen',
    'pointerLock',
    'openExternal',
    'hid',
    'serial',
    'usb',
    'fileSystem',
    'unknown',
  ])('%s is denied, asked or looked up', async (permission) => {
    expect(await app.ask('askPermission', { permission })).toEqual({
      requested: false,
      checked: false,
      device: false,
      display: false,
    });
  });

  it('to copy is none for a page that is not the app’s', async () => {
    const url = 'https://evil.example/';
    const permission = 'clipboard-sanitized-write';
    expect(await app.ask('askPermission', { permission, url })).toMatchObject({
      requested: false,
      checked: false,
    });
  });

  it('to copy text is all there is, so that a selection can go into a spreadsheet', async () => {
    const answers = await app.ask('askPermission', { permission: 'clipboard-sanitized-write' });
    expect(answers).toMatchObject({ requested: true, checked: true });
    const page = await app.page();
    await page.evaluate(`navigator.clipboard.writeText('649')`);
    const reading = page.evaluate(`navigator.clipboard.readText()`);
    await expect(reading).rejects.toThrow(/NotAllowedError|denied/);
  });
});
