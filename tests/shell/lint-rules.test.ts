import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
/** The house's own configuration, less the slow rules that need types or follow imports. */
const eslint = new ESLint({
  cwd: ROOT,
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { rules: { 'import-x/no-cycle': 'off', 'import-x/no-restricted-paths': 'off' } },
  ],
});

/** The rules that a file of the house would break with this text in it. */
async function broken(file: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath: resolve(ROOT, file) });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId);
}

const SYNTAX = 'no-restricted-syntax';

it.each([
  ['src/main/shell/menu.ts', `shell.openExternal('https://pokeapi.co/');`, SYNTAX],
  ['src/main/shell/menu.ts', `new BrowserWindow({});`, SYNTAX],
  ['src/main/shell/menu.ts', `ipcMain.handle('files', () => null);`, SYNTAX],
  ['src/main/shell/window.ts', `export const a = { nodeIntegration: true };`, SYNTAX],
  ['src/main/shell/window.ts', `export const a = { nodeIntegrationInWorker: true };`, SYNTAX],
  ['src/main/shell/window.ts', `export const a = { nodeIntegrationInSubFrames: true };`, SYNTAX],
  ['src/main/shell/window.ts', `export const a = { contextIsolation: false };`, SYNTAX],
  ['src/main/shell/window.ts', `export const a = { sandbox: false };`, SYNTAX],
  ['src/main/shell/window.ts', `export const a = { webSecurity: false };`, SYNTAX],
  ['src/main/shell/window.ts', `export const a = { allowRunningInsecureContent: true };`, SYNTAX],
  ['src/main/shell/window.ts', `export const a = { experimentalFeatures: true };`, SYNTAX],
  ['src/main/shell/window.ts', `export const a = { enableBlinkFeatures: 'X' };`, SYNTAX],
  ['src/main/shell/window.ts', `export const a = { webviewTag: true };`, SYNTAX],
  ['src/main/shell/window.ts', `window.loadFile('index.html');`, SYNTAX],
  ['src/main/shell/app-protocol.ts', `export const a = { bypassCSP: true };`, SYNTAX],
  ['src/main/index.ts', `app.commandLine.appendSwitch('disable-web-security');`, SYNTAX],
  ['src/main/index.ts', `app.commandLine.appendArgument('--disable-web-security');`, SYNTAX],
  ...[
    'src/main/app/dataset-info.ts',
    'src/main/warehouse/publish.ts',
    'scripts/make-snapshot.ts',
  ].flatMap((file): [string, string, string][] => [
    [file, `export const a = 'SELECT * FROM read_parquet($file)';`, SYNTAX],
    [file, 'export const a = (b: string) => `SELECT * FROM read_json (${b})`;', SYNTAX],
    [file, `export const a = "SELECT count(*) FROM glob('*')";`, SYNTAX],
    [file, `export const a = "SELECT * FROM 'pokemon.parquet'";`, SYNTAX],
  ]),
  [
    'src/main/app/dispatcher.ts',
    `import { app } from 'electron'; app.quit();`,
    'no-restricted-imports',
  ],
  [
    'src/renderer/bridge.ts',
    `import { ipcRenderer } from 'electron'; ipcRenderer.send('x');`,
    'no-restricted-imports',
  ],
  ['src/main/app/dispatcher.ts', `export const a = import('electron');`, SYNTAX],
  ['src/main/app/dispatcher.ts', `export const a = import('node:worker_threads');`, SYNTAX],
  ['src/renderer/bridge.ts', `export const a = import('electron');`, SYNTAX],
  ['src/renderer/bridge.ts', `document.body.innerHTML = location.hash;`, SYNTAX],
  [
    'src/renderer/bridge.ts',
    `document.body.insertAdjacentHTML('beforeend', location.hash);`,
    SYNTAX,
  ],
  [
    'src/renderer/App.tsx',
    `export const a = <p dangerouslySetInnerHTML={{ __html: 'x' }} />;`,
    SYNTAX,
  ],
  ['src/renderer/App.tsx', `export const a = <webview src="x" />;`, SYNTAX],
  ['src/renderer/App.tsx', `export const a = <iframe src="x" />;`, SYNTAX],
  ['src/renderer/charts/format.ts', `export const a = (b: number[]) => Math.max(...b);`, SYNTAX],
  ['src/main/app/dataset.ts', `export const a = (b: number[]) => b.push(...b);`, SYNTAX],
  ['src/renderer/App.tsx', `export const a = <object data="x" />;`, SYNTAX],
  ['src/renderer/bridge.ts', `document.write(location.hash);`, SYNTAX],
  ['src/renderer/bridge.ts', `document.body.outerHTML = location.hash;`, SYNTAX],
  ['src/renderer/bridge.ts', `setTimeout('location.reload()');`, 'no-implied-eval'],
  ['src/renderer/bridge.ts', `eval(location.hash);`, 'no-eval'],
  ['src/renderer/bridge.ts', `export const a = new Function('return 1');`, 'no-new-func'],
])('in %s, %s turns the build red', async (file, code, rule) => {
  expect(await broken(file, `${code}\n`)).toContain(rule);
});

it('leaves each control to the one file that has it', async () => {
  const own = [
    'src/main/shell/external-links.ts',
    'src/main/shell/window.ts',
    'src/main/shell/calls.ts',
    'src/main/base/duckdb-scan.ts',
  ];
  const results = await eslint.lintFiles(own.map((file) => resolve(ROOT, file)));
  expect(results.flatMap(({ messages }) => messages)).toEqual([]);
});
