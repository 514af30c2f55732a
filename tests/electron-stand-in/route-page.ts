import type { BrowserContext, Page, Request, Route } from 'playwright-core';
import { answerScheme } from './protocol';
import { records } from './records';
import { fromPageUrl } from './scheme-urls';
import type { WebContents } from './web-contents';

/**
 * All a page asks for: the app's schemes go to its protocol handlers, nothing else leaves. A
 * navigation the page began is put to the app first, as Electron does.
 */
export async function routePage(
  page: Page,
  contents: WebContents,
  appNavigates: () => boolean,
): Promise<void> {
  await page.route('**/*', async (route, request) => {
    if (request.isNavigationRequest() && !appNavigates() && !mayNavigate(contents, page, request)) {
      return route.abort('aborted');
    }
    await answer(route, request);
  });
  await watchNewWindows(page, contents);
}

/** What is not a window of the app's gets nothing. */
export async function routeElsewhere(context: BrowserContext): Promise<void> {
  await context.route('**/*', async (route, request) => {
    if (!request.isNavigationRequest()) records.foreignRequests.push(fromPageUrl(request.url()));
    await route.abort('blockedbyclient').catch(() => {});
  });
}

/** Chromium tells of a new window, by script or link, with the address it is to show. */
async function watchNewWindows(page: Page, contents: WebContents): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const verdicts: boolean[] = [];
  session.on('Page.windowOpen', (wanted) => {
    const url = wanted.url === '' ? 'about:blank' : fromPageUrl(wanted.url);
    const allowed = contents.windowOpenHandler({ url }).action === 'allow';
    records.windowsWanted.push({ url, allowed });
    verdicts.push(allowed);
  });
  await session.send('Page.enable');
  page.on('popup', (popup) => {
    if (verdicts.shift() !== true) popup.close().catch(() => {});
  });
}

function mayNavigate(contents: WebContents, page: Page, request: Request): boolean {
  const url = fromPageUrl(request.url());
  const isMainFrame = request.frame() === page.mainFrame();
  let allowed = true;
  const details = { url, isMainFrame, preventDefault: () => void (allowed = false) };
  contents.emit('will-frame-navigate', details);
  if (isMainFrame) contents.emit('will-navigate', details, url);
  records.navigations.push({ url, allowed });
  return allowed;
}

async function answer(route: Route, request: Request): Promise<void> {
  const url = fromPageUrl(request.url());
  if (url === request.url()) {
    records.foreignRequests.push(url);
    return route.abort('blockedbyclient');
  }
  const response = await answerScheme(new Request(url, { method: request.method() }));
  if (response === null) return route.abort('failed');
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}
