import type { Page } from 'playwright-core';
import { records } from './records';

/** Chromium reports violations of the CSP as console errors; uncaught errors come apart. */
export function appendPageErrors(page: Page): void {
  page.on('console', (message) => {
    if (message.type() === 'error') records.pageErrors.push(message.text());
  });
  page.on('pageerror', (error) => records.pageErrors.push(String(error)));
}
