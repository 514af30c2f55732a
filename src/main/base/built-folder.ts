import { basename, dirname, resolve } from 'node:path';

/** The build's folder, `out/`, wherever the bundler put this module in it. */
export function builtFolder(): string {
  const here = import.meta.dirname;
  return resolve(basename(here) === 'chunks' ? dirname(here) : here, '..');
}

/** The snapshot that comes with the app. */
export function snapshotFolder(): string {
  return resolve(builtFolder(), '../resources/snapshot');
}
