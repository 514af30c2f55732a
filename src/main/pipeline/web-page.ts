import type { IncomingHttpHeaders } from 'node:http';

/** A web page where a document was asked for: any, or one that only a person in a browser passes. */
export type WebPage = 'page' | 'challenge';

const HTML_START = /^\s*<(?:!doctype|html|head|body|title|meta|script)\b/i;
/** Words of such pages, from Cloudflare's to those of CAPTCHA services. */
const CHALLENGES =
  /challenge|captcha|just a moment|attention required|checking your browser|verify(?:ing)? (?:that )?you are|are you (?:a )?human|not a robot|unusual traffic|ddos protection|bot (?:check|protection|detection)/i;

/** Null where the answer is not a web page. `start` is how its body begins. */
export function webPageOf(headers: IncomingHttpHeaders, start: string): WebPage | null {
  if (headers['cf-mitigated'] === 'challenge') return 'challenge';
  const isPage = /\bhtml\b/i.test(headers['content-type'] ?? '') || HTML_START.test(start);
  if (!isPage) return null;
  return CHALLENGES.test(start) ? 'challenge' : 'page';
}

export function pageWords(page: WebPage): string {
  return page === 'challenge' ? 'a challenge page, made for browsers' : 'a web page';
}
