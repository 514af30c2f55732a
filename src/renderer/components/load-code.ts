import { AppError } from '../../preload/contract/errors';

const AGAIN_AFTER_MS = 300;

/**
 * Loads a part of the app's code that is not there from the start; tried twice. Rejects with an
 * AppError that says what to do; to ask again later loads it again.
 */
export async function loadCode<Code>(load: () => Promise<Code>): Promise<Code> {
  try {
    return await load();
  } catch {
    // A server that was busy, a connection that broke.
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
  }
  try {
    await loadFailedStyles();
    return await load();
  } catch (cause) {
    throw new AppError('not-readable', 'A part of the app could not be loaded.', {
      hint: 'Try again. If it stays so, reload the page: the filters are lost then, charts and settings are kept.',
      cause,
    });
  }
}

/** Vite asks for a style sheet once; without it the code would come, but not its looks. */
async function loadFailedStyles(): Promise<void> {
  const sheets = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  await Promise.all(sheets.filter(({ sheet }) => sheet === null).map(loadSheet));
}

function loadSheet(failed: HTMLLinkElement): Promise<void> {
  return new Promise((resolve, reject) => {
    const fresh = document.createElement('link');
    fresh.rel = 'stylesheet';
    fresh.href = failed.href;
    fresh.crossOrigin = failed.crossOrigin;
    fresh.addEventListener('load', () => resolve());
    fresh.addEventListener('error', () => reject(new Error(`no style sheet at ${failed.href}`)));
    failed.replaceWith(fresh);
  });
}
