import { rm, stat } from 'node:fs/promises';
import { isMissing, replaceFileContent } from '../base/durable-file';
import { readText } from '../base/read-text';
import { withShortLock } from '../base/short-lock';
import type { SubjectWords } from './subject-words';

/** What a JSON file shall hold; null takes the file away. */
type Rewrite = (json: unknown) => unknown;

/**
 * Rewrites a JSON file where that changes anything, under its short lock where it has one. A file that is
 * not JSON goes where it names a subject: nothing else can be done for it.
 */
export async function rewriteJson(
  path: string,
  words: SubjectWords,
  rewrite: Rewrite,
  lock?: string,
): Promise<void> {
  if ((await readIfThere(path)) === null) return;
  const work = async () => {
    const text = await readIfThere(path);
    if (text === null) return;
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      if (words.areIn(text)) await rm(path, { force: true });
      return;
    }
    const rewritten = rewrite(json);
    if (rewritten === null) return rm(path, { force: true });
    const now = JSON.stringify(rewritten);
    if (now === JSON.stringify(json)) return;
    const isSpread = text.includes('\n  ');
    await replace(path, isSpread ? `${JSON.stringify(rewritten, null, 2)}\n` : now);
  };
  if (lock === undefined) await work();
  else await withShortLock(lock, work);
}

/** The same of a file with one JSON value a line; a line for which `rewrite` gives null goes. */
export async function rewriteLines(
  path: string,
  words: SubjectWords,
  rewrite: Rewrite,
): Promise<void> {
  const text = await readIfThere(path);
  if (text === null) return;
  const lines = text.split('\n').filter((line) => line !== '');
  const kept = lines.flatMap((line) => {
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return words.areIn(line) ? [] : [line];
    }
    const rewritten = rewrite(json);
    return rewritten === null ? [] : [JSON.stringify(rewritten)];
  });
  const now = kept.map((line) => `${line}\n`).join('');
  if (now !== text) await replace(path, now);
}

/** The same of plain text, line by line. */
export async function rewriteText(path: string, words: SubjectWords): Promise<void> {
  const text = await readIfThere(path);
  if (text !== null && words.areIn(text)) await replace(path, words.replaced(text));
}

/** Whoever may read it now may read it then. */
async function replace(path: string, content: string): Promise<void> {
  const { mode } = await stat(path);
  await replaceFileContent(path, content, mode & 0o777);
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readText(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
