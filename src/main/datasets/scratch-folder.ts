import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAbandoned } from '../base/abandoned';
import { MARK, ownerMark } from '../base/owner-mark';

const PREFIX = 'pokedex-open-';
const ABANDONED = new RegExp(`^${PREFIX}${MARK}-`);

/**
 * A folder for what has to be unpacked or converted before DuckDB can read it: only this user's,
 * made when first needed, gone with `remove`. What a killed process left is removed by the next.
 */
export class ScratchFolder {
  private folder: Promise<string> | null = null;
  private made = 0;

  /** A path in it where nothing is yet. */
  async newPath(ending: string): Promise<string> {
    this.folder ??= makeFolder();
    this.made += 1;
    return join(await this.folder, `${this.made}${ending}`);
  }

  /**
   * A path that means this file to every process: DuckDB's patterns know no escape for a backslash.
   * The file itself where its path is plain.
   */
  async plainPath(path: string): Promise<string> {
    if (!/[*?[]/.test(path) || !path.includes('\\')) return path;
    const plain = await this.newPath('');
    await symlink(path, plain);
    return plain;
  }

  async remove(): Promise<void> {
    const folder = this.folder;
    this.folder = null;
    if (folder !== null) await rm(await folder, { recursive: true, force: true });
  }
}

async function makeFolder(): Promise<string> {
  // Others' leftovers are no reason not to open a file.
  await removeAbandoned(tmpdir(), ABANDONED).catch(() => {});
  return mkdtemp(join(tmpdir(), `${PREFIX}${ownerMark()}-`));
}
