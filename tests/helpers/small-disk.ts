import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder';

/** True where a test may mount a file system of its own (root on Linux, outside strict containers). */
export const canMount: boolean = (() => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'pokedex-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  if (mounted.status === 0) execFileSync('umount', [folder]);
  rmdirSync(folder);
  return mounted.status === 0;
})();

/** A file system in memory, gone with the test. */
export interface SmallDisk {
  folder: string;
  /** Changes its mount options: `size=8m`, `ro`, `rw`. */
  change(options: string): void;
}

/** @param options of tmpfs, such as `size=256k` or `nr_inodes=40` */
export async function smallDisk(options: string): Promise<SmallDisk> {
  const folder = await temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  // Lazily, so that a test that failed with a file open does not leave the mount behind.
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return {
    folder,
    change: (changed) => void execFileSync('mount', ['-o', `remount,${changed}`, folder]),
  };
}
