import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { isMissing } from '../base/durable-file';

/** Every file below a folder, links and what else is no folder included, relative and with `/`. */
export async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
