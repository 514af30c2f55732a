import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { KEY_NAME } from '../../preload/contract/host-session';
import { CONTENT_SECURITY_POLICY } from '../page/content-security-policy';

/** Puts the key into the storage of this origin, port included, and goes on to the app. */
const ENTER = `try{localStorage.setItem('${KEY_NAME}',document.body.dataset.key);location.replace('/')}catch{document.querySelector('p').hidden=false}`;
const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;color-scheme:light dark;max-width:36em;margin:15vh auto;padding:0 1.5em}h1{font-size:1.25em}';

/** The pages below have one script and one style, named by what they hold; nothing else runs. */
const POLICY = CONTENT_SECURITY_POLICY.replace(
  "script-src 'self'",
  `script-src ${hash(ENTER)}`,
).replace("style-src 'self'", `style-src ${hash(STYLE)}`);

/** The answer to a good link: the cookie is in its headers, the key in the page. */
export function sendEntryPage(response: ServerResponse, key: string): void {
  sendPage(
    response,
    200,
    `<body data-key="${key}"><p hidden>Pokédex Explorer cannot be opened here: this browser keeps nothing for the pages of 127.0.0.1. Allow site data for that address, then open a new link.</p><script>${ENTER}</script>`,
  );
}

/** Refuses a person who opened an address; `title` and `text` are the app's own words. */
export function sendRefusalPage(response: ServerResponse, title: string, text: string): void {
  sendPage(response, 403, `<body><main><h1>${title}</h1><p>${text}</p></main>`);
}

function sendPage(response: ServerResponse, status: number, body: string): void {
  response.setHeader('content-security-policy', POLICY);
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pokédex Explorer</title><style>${STYLE}</style>${body}</body></html>`,
  );
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
