import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeWindow, readWindowState, writeWindowState } from '../../src/main/shell/window-state';
import { temporaryFolder } from '../helpers/temporary-folder';

const FULL_HD = { x: 0, y: 0, width: 1920, height: 1040 };
const RIGHT_OF_IT = { x: 1920, y: 0, width: 1280, height: 1024 };

describe('where the window opens', () => {
  it('is the middle of the main display the first time', () => {
    // (1920 − 1440) / 2 = 240, (1040 − 900) / 2 = 70
    expect(placeWindow(null, [FULL_HD, RIGHT_OF_IT])).toEqual({
      x: 240,
      y: 70,
      width: 1440,
      height: 900,
    });
  });

  it('is where it was, also on the second display', () => {
    const kept = { x: 2000, y: 50, width: 1000, height: 700 };
    expect(placeWindow(kept, [FULL_HD, RIGHT_OF_IT])).toEqual(kept);
  });

  it('is in sight again when its display is gone', () => {
    const kept = { x: 2000, y: 50, width: 1000, height: 700 };
    expect(placeWindow(kept, [FULL_HD])).toEqual({ x: 240, y: 70, width: 1440, height: 900 });
  });

  it('keeps the title bar on the display', () => {
    const above = { x: 100, y: -300, width: 1000, height: 700 };
    expect(placeWindow(above, [FULL_HD])).toEqual({ x: 100, y: 0, width: 1000, height: 700 });
  });

  it('is never larger than the display, nor than a person could use', () => {
    const huge = { x: 0, y: 0, width: 9000, height: 9000 };
    expect(placeWindow(huge, [RIGHT_OF_IT])).toEqual(RIGHT_OF_IT);
    const tiny = { x: 10, y: 10, width: 210, height: 110 };
    expect(placeWindow(tiny, [FULL_HD])).toEqual({ x: 10, y: 10, width: 800, height: 560 });
  });

  it('fits a display smaller than the default', () => {
    const small = { x: 0, y: 25, width: 1024, height: 700 };
    expect(placeWindow(null, [small])).toEqual(small);
  });
});

describe('window.json', () => {
  it('comes back as it was written, with nothing left beside it', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'window.json');
    const state = { bounds: { x: -5, y: 7, width: 900, height: 600 }, maximized: true };
    writeWindowState(path, state);
    expect(readWindowState(path)).toEqual(state);
    expect(await readdir(folder)).toEqual(['window.json']);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(state);
  });

  it.each([
    '',
    '{',
    'null',
    '{"bounds":{"x":0,"y":0,"width":"900","height":600},"maximized":false}',
    '{"bounds":{"x":0,"y":0,"width":0,"height":600},"maximized":false}',
    '{"bounds":{"x":1e300,"y":0,"width":900,"height":600},"maximized":false}',
  ])('is passed over where it is %j', async (text) => {
    const path = join(await temporaryFolder(), 'window.json');
    await writeFile(path, text);
    expect(readWindowState(path)).toBeNull();
  });
});
