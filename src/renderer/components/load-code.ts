import { AppError } from '../../preload/contract/errors';

const AGAIN_AFTER_MS = 300;

/** What could not be loaded from its own address, by that address. */
const loadedElsewhere = new Map<string, unknown>();
let tries = 0;

/**
 * Loads a part of the app's code that is not there from the start; tried twice. Rejects with an
 * AppError that says what to do; to ask again later loads it again.
 */
export async function loadCode<Code>(load: () => Promise<Code>): Promise<Code> {
  followSheets();
  try {
    return await load();
  } catch {
    // A server that was busy, a connection that broke.
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
  }
  try {
    await loadFailedStyles();
    return await load().catch((error: unknown) => loadElsewhere<Code>(error));
  } catch (cause) {
    throw new AppError('not-readable', 'A part of the app could not be loaded.', {
      hint: 'Try again. If it stays so, reload the page: filters, charts and settings are kept.',
      cause,
    });
  }
}

/**
 * A browser asks for a module once and remembers that it failed, until the page is reloaded.
 * Under another address it is another module: asked for again, and then kept, so that everybody
 * has the same one.
 */
async function loadElsewhere<Code>(failed: unknown): Promise<Code> {
  const address = /https?:\/\/\S+\.js/.exec(failed instanceof Error ? failed.message : '')?.[0];
  if (address === undefined) throw failed;
  if (!loadedElsewhere.has(address)) {
    tries += 1;
    loadedElsewhere.set(address, await import(/* @vite-ignore */ `${address}?again=${tries}`));
  }
  return loadedElsewhere.get(address) as Code;
}

/** Vite asks for a style sheet once; without it the code would come, but not its looks. */
const failedSheets = new Set<string>();
let isFollowed = false;

function followSheets(): void {
  if (isFollowed) return;
  isFollowed = true;
  document.addEventListener(
    'error',
    ({ target }) => {
      if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') {
        failedSheets.add(target.href);
      }
    },
    true,
  );
}

async function loadFailedStyles(): Promise<void> {
  for (const href of [...failedSheets]) {
    await loadSheet(href);
    failedSheets.delete(href);
  }
}

function loadSheet(href: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      link.remove();
      reject(new Error(`no style sheet at ${href}`));
    });
    document.head.append(link);
  });
}
