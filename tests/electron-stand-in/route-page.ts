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
  page.on('popup', (popup) => void answerPopup(popup, contents));
}

/** Addresses of new windows, which their first request tells before the window is known. */
const popupUrls: string[] = [];

/** What is no window of the app's gets nothing: where it wanted to go is noted. */
export async function routeElsewhere(context: BrowserContext): Promise<void> {
  await context.route('**/*', async (route, request) => {
    const list = request.isNavigationRequest() ? popupUrls : records.foreignRequests;
    list.push(fromPageUrl(request.url()));
    await route.abort('blockedbyclient').catch(() => {});
  });
}

/** How long a new window may take to say where it goes; one that does not is empty. */
const POPUP_MS = 1000;

async function answerPopup(popup: Page, contents: WebContents): Promise<void> {
  const deadline = Date.now() + POPUP_MS;
  while (popupUrls.length === 0 && Date.now() < deadline) {
    await new Promise((wait) => setTimeout(wait, 20));
  }
  const url = popupUrls.shift() ?? 'about:blank';
  const { action } = contents.windowOpenHandler({ url });
  records.windowsWanted.push({ url, allowed: action === 'allow' });
  if (action === 'deny') await popup.close();
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
