/**
 * Starts a built main bundle as Electron would: `node start.mjs out/main/index.js ARGS`. The
 * bundle's `electron` is electron.ts beside this file.
 */
import { register } from 'node:module';
import { resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { register as registerTypeScript } from 'tsx/esm/api';

const [, , main, ...args] = process.argv;
process.argv = [process.execPath, resolve(main), ...args];

registerTypeScript();
register('./resolve-electron.mjs', import.meta.url);
await import('./electron.ts');
await import(pathToFileURL(resolve(main)).href);
