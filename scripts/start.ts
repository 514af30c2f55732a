import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import {
  electronFolder,
  electronProgram,
  hasDisplay,
  LIBRARIES_MISSING,
  NEVER_BEGAN,
  NO_DISPLAY,
} from '../src/main/base/desktop-program';

/** `npm start`: builds, then opens the desktop app; in a browser where Electron cannot run. */
const ROOT = resolve(import.meta.dirname, '..');
/** Tests build elsewhere. */
const OUT = process.env['POKEDEX_OUT'] ?? 'out';
const require = createRequire(import.meta.url);

const REACH_MS = 3_000;
const FETCH_MS = 180_000;

build();
const desktop = await electron();
if ('missing' in desktop) await serve(desktop.missing);
else {
  const code = await run(desktop.binary, [ROOT, ...process.argv.slice(2)]);
  if (code === NEVER_BEGAN) await serve(LIBRARIES_MISSING);
  else process.exitCode = code;
}

async function serve(reason: string): Promise<void> {
  console.log(`${reason} The app opens in the browser instead.`);
  const cli = join(ROOT, OUT, 'main/cli.js');
  const code = await run(process.execPath, [cli, 'serve', ...process.argv.slice(2)]);
  // Ctrl-C is how a person closes it; npm would report a failure.
  process.exitCode = code === 130 ? 0 : code;
}

function build(): void {
  const program = join(
    dirname(require.resolve('electron-vite/package.json')),
    'bin/electron-vite.js',
  );
  const built = spawnSync(
    process.execPath,
    [program, 'build', '--outDir', join(ROOT, OUT), '--logLevel', 'error'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  if (built.status !== 0) process.exit(built.status ?? 1);
}

/** Electron's binary, downloaded if possible; otherwise the reason, as one sentence. */
async function electron(): Promise<{ binary: string } | { missing: string }> {
  if (!existsSync(join(ROOT, OUT, 'main/index.js'))) {
    return { missing: 'This build has no desktop app.' };
  }
  if (!hasDisplay()) return { missing: NO_DISPLAY };
  const folder = electronFolder(ROOT);
  if (folder !== null && electronProgram(ROOT) === null && (await canReach('https://github.com'))) {
    console.log('Fetching Electron, once (about 120 MB).');
    spawnSync(process.execPath, [join(folder, 'install.js')], {
      stdio: 'ignore',
      timeout: FETCH_MS,
    });
  }
  const binary = electronProgram(ROOT);
  return binary === null ? { missing: 'Electron’s program could not be fetched.' } : { binary };
}

async function canReach(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(REACH_MS) });
    return true;
  } catch {
    return false;
  }
}

/** Resolves to the program's exit code. Ctrl-C reaches both; the program decides what it means. */
function run(program: string, args: readonly string[]): Promise<number> {
  return new Promise((settle, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit' });
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.on('error', reject);
    child.on('exit', (code) => settle(code ?? 1));
  });
}
