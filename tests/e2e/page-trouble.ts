import type { Page } from 'playwright-core';

/** Chromium's console message for an answer of 404 and the like, which are listened to apart. */
export function isAboutResource(message: string): boolean {
  return message.startsWith('Failed to load resource: the server responded with');
}

/** Listens to a page for all it must never do; resolves with how to ask what it did. */
export async function pageTrouble(page: Page, origin: string): Promise<() => Promise<string[]>> {
  const trouble: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !isAboutResource(message.text())) {
      trouble.push(`console: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => trouble.push(`uncaught: ${String(error)}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    const local = url.protocol === 'data:' || url.protocol === 'blob:';
    if (!local && url.origin !== origin) trouble.push(`request to ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) trouble.push(`${response.status()} for ${response.url()}`);
  });
  await page.addInitScript({ content: LISTEN });
  // A page of Electron's is there before a test can reach it.
  if (page.url() !== 'about:blank') await page.evaluate(LISTEN);
  return async () => [
    ...trouble,
    ...(await page.evaluate<string[]>('globalThis.policyViolations')),
  ];
}

/** Run in the page. */
const LISTEN = `
  globalThis.policyViolations = [];
  document.addEventListener('securitypolicyviolation', (event) =>
    globalThis.policyViolations.push(
      'CSP: ' + event.violatedDirective + ' blocked ' + event.blockedURI,
    ),
  );
`;
