import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../helpers/temporary-folder';

const ROOT = resolve(import.meta.dirname, '../..');
const CONFIG = join(ROOT, 'electron-builder.yml');
const OUT = process.env['POKEDEX_OUT'] ?? 'out';
const text = await readFile(CONFIG, 'utf8');
/** Under any other name electron-builder sets none of them. */
const FUSES = /^electronFuses:\n((?: {2}\w.*\n)+)/m.exec(text)?.[1] ?? '';
const run = promisify(execFile);

/** Packs the build as `npm run dist` does, around a folder that only looks like Electron. */
async function pack(): Promise<string> {
  const folder = await temporaryFolder();
  const electron = join(folder, 'electron');
  await mkdir(join(electron, 'resources'), { recursive: true });
  await mkdir(join(electron, 'locales'));
  for (const file of ['electron', 'LICENSE', 'LICENSES.chromium.html']) {
    await writeFile(join(electron, file), '');
  }
  await writeFile(join(electron, 'version'), '45.0.0');
  const config = join(folder, 'builder.json');
  // No fuse can be set in a binary that is none.
  await writeFile(
    config,
    JSON.stringify({
      extends: CONFIG,
      electronFuses: null,
      electronDist: electron,
      directories: { output: join(folder, 'dist') },
    }),
  );
  const cli = join(ROOT, 'node_modules/electron-builder/cli.js');
  const target = process.platform === 'darwin' ? '--mac' : '--linux';
  await run(process.execPath, [cli, target, 'dir', '--config', config, '--publish', 'never'], {
    cwd: ROOT,
  });
  return join(folder, 'dist/linux-unpacked/resources');
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

describe('the packaged app', () => {
  it.runIf(process.platform === 'linux' && OUT === 'out')(
    'has its code in one archive, and its native parts beside it',
    async () => {
      const resources = await pack();
      const unpacked = await filesUnder(join(resources, 'app.asar.unpacked'));
      expect(unpacked.filter((file) => /\.node$|libduckdb/.test(file)).length).toBeGreaterThan(1);
      expect(unpacked.some((file) => /out\/main\/.*job-worker.*\.js$/.test(file))).toBe(true);
      expect(unpacked.some((file) => /out\/main\/.*engine-process.*\.js$/.test(file))).toBe(true);

      const archive = join(resources, 'app.asar');
      const asar = join(ROOT, 'node_modules/@electron/asar/bin/asar.js');
      const { stdout } = await run(process.execPath, [asar, 'list', archive]);
      const listed = stdout.split('\n');
      for (const file of [
        '/package.json',
        '/out/main/index.js',
        '/out/preload/index.cjs',
        '/out/renderer/index.html',
        '/resources/snapshot/snapshot.json',
      ]) {
        expect(listed).toContain(file);
      }
      const packages = listed.filter((file) => /^\/node_modules\/[^/]+$/.test(file));
      expect(packages).toEqual(['/node_modules/@duckdb']);
      expect((await stat(archive)).size).toBeLessThan(20_000_000);
    },
  );

  it.each([
    ['runAsNode', false],
    ['enableNodeOptionsEnvironmentVariable', false],
    ['enableNodeCliInspectArguments', false],
    ['grantFileProtocolExtraPrivileges', false],
    ['loadBrowserProcessSpecificV8Snapshot', false],
    ['enableCookieEncryption', true],
    ['enableEmbeddedAsarIntegrityValidation', true],
    ['onlyLoadAppFromAsar', true],
  ])('has the fuse %s set to %s', (fuse, value) => {
    expect(FUSES).toMatch(new RegExp(`^  ${fuse}: ${value}$`, 'm'));
  });

  it('has an icon of its own, as large as every system’s icons are made from', async () => {
    const path = /^icon: (.+)$/m.exec(text)?.[1] ?? '';
    const png = await readFile(join(ROOT, path));
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1024, 1024]);
  });

  it('is offered for tables; on Windows not for what the spreadsheet opens', () => {
    const [common = '', offered = ''] = text.split(/^linux:$/m);
    const endings = (part: string) => [...part.matchAll(/- ext: (\w+)/g)].map(([, ext]) => ext);
    expect(endings(common)).toEqual(['parquet', 'arrow', 'feather', 'ndjson', 'jsonl']);
    expect(endings(offered)).toEqual(['csv', 'tsv', 'json']);
    expect(offered).toMatch(/^mac:\n {2}fileAssociations: \*offered$/m);
  });

  it.each(['AppImage', 'deb', 'dmg', 'nsis'])('is made as %s', (target) => {
    expect(text).toMatch(new RegExp(`^    - ${target}$`, 'm'));
  });
});

describe('Electron', () => {
  it('is not older than the last version looked at, which was current then', async () => {
    const manifest: { devDependencies: { electron: string } } = JSON.parse(
      await readFile(join(ROOT, 'package.json'), 'utf8'),
    );
    const major = Number(/\d+/.exec(manifest.devDependencies.electron)?.[0]);
    expect(major).toBeGreaterThanOrEqual(45);
  });
});
