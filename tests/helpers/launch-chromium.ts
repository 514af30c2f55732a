import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
  type Page,
} from 'playwright-core';
import type { AtTestEnd } from './temporary-folder';

const ROOT = resolve(import.meta.dirname, '../..');
const PACKAGE = '@sparticuz/chromium';

/** A real Chromium: the one in the npm package on Linux x64, elsewhere the machine's own Chrome. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch(await chromiumOptions());
}

/** Of this worker, for all its files: it goes away with the worker. */
let shared: Promise<Browser> | null = null;

async function sharedChromium(): Promise<Browser> {
  // One that crashed fails the tests it was open for, and no later ones.
  if (shared !== null && !(await shared).isConnected()) shared = null;
  shared ??= launchChromium();
  return shared;
}

/** A browser of its own, to a test: cookies, storage and pages that nobody else sees. */
export async function newContext(
  atEnd: AtTestEnd,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await (await sharedChromium()).newContext(options);
  // Else the browser's dialog is held up only while a test waits for it, which on a busy machine may
  // begin after the click that opens it.
  context.on('page', (page) => page.on('filechooser', () => {}));
  atEnd(() => context.close());
  return context;
}

/** A page in a context of its own. */
export async function newPage(
  atEnd: AtTestEnd,
  options: BrowserContextOptions = {},
): Promise<Page> {
  return (await newContext(atEnd, options)).newPage();
}

export async function chromiumOptions(): Promise<LaunchOptions> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' };
  const folder = await unpackedChromium();
  return {
    executablePath: join(folder, 'chromium'),
    // The package's binary is the headless shell, which has no set-uid helper to sandbox with.
    args: ['--no-sandbox', '--font-render-hinting=none'],
    env: { ...process.env, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

/**
 * Unpacks once per version, into a folder that appears whole: the package's own way lets a second
 * process start a half-written binary.
 */
async function unpackedChromium(): Promise<string> {
  const manifest = await readFile(join(ROOT, 'node_modules', PACKAGE, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const kept = process.env['POKEDEX_UNPACKED'] ?? tmpdir();
  const folder = join(kept, `pokedex-chromium-${version}-fonts`);
  if (existsSync(folder)) return folder;
  const fresh = await mkdtemp(`${folder}.`);
  const unpack = `import chromium from '${PACKAGE}'; await chromium.executablePath();`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', unpack], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: fresh },
  });
  await writeFile(join(fresh, 'fonts.conf'), fontsConfig(join(folder, 'fonts')));
  try {
    await rename(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    await rm(fresh, { recursive: true });
  }
  return folder;
}

/** The machine's fonts, and the package's own one for machines that have none. */
function fontsConfig(packaged: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir>${packaged}</dir>
  <cachedir>${packaged}-cache</cachedir>
</fontconfig>
`;
}
