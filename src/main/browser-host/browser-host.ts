import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { AppError } from '../../preload/contract/errors';
import type { Dispatch } from '../app/dispatcher';
import type { Host } from '../app/host';
import type { AppFolders } from '../page/app-files';
import { CONTENT_SECURITY_POLICY } from '../page/content-security-policy';
import { answerCall, answerLater } from './call-endpoint';
import { Downloads } from './downloads';
import { sendEntryPage, sendRefusalPage } from './entry-page';
import { EventStreams } from './event-stream';
import { LaterAnswers } from './later-answers';
import { servePageFile } from './page-files';
import { RequestGuard } from './request-guard';
import { refuse } from './responses';
import { type Link, Session } from './session';
import { Uploads } from './uploads';

export interface BrowserHostOptions {
  /** 0 for any that is free. */
  port: number;
  folders: AppFolders & { uploads: string };
  logError(what: string, error: unknown): void;
}

const HEADERS: Record<string, string> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** Where in the browser the app can be entered, once and soon. */
export interface EntryLink {
  url: string;
  /** Resolves once the link is good for nothing. */
  over: Link['over'];
}

/**
 * The app's renderer in a browser, on 127.0.0.1 alone. A link carries a token that is good once
 * and soon. It is exchanged for a cookie, without which nothing is served, and for a key, without
 * which no call is answered and no event told. Scripts, images and downloads cannot send the key;
 * what they get is the app's own code, pictures of Pokémon, and files at addresses that only the
 * page that asked for them knows. Calls are refused until `answerWith`.
 */
export class BrowserHost {
  readonly host: Host;
  private readonly downloads = new Downloads();
  private readonly uploads: Uploads;
  private readonly later = new LaterAnswers((id) => this.events.tellAnswered(id));
  private readonly events = new EventStreams(() => this.later.forgetAll());
  private readonly session = new Session();
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch((error: unknown) => {
      // The page went away in the middle of its own request.
      if (request.destroyed) return;
      // Without what may be a token.
      const [pathname] = (request.url ?? '').split('?', 1);
      this.options.logError(`${request.method} ${pathname}`, error);
      if (!response.headersSent) refuse(response, 500, 'Something in the app itself failed.');
      else response.destroy();
    });
  });
  private origin = '';
  private guard: RequestGuard | null = null;
  private dispatch: Dispatch | null = null;

  constructor(private readonly options: BrowserHostOptions) {
    this.uploads = new Uploads(options.folders.uploads);
    this.host = {
      chooseSaveTarget: (name, extension) => this.downloads.target(name, extension),
      // The page reads the file itself, with the browser's own chooser.
      chooseViewFile: async () => null,
      // So it does with files to open, and hands them over.
      chooseDataset: async () => null,
      takeUpload: (id) => this.uploads.take(id),
      showFolder: null,
      showProgress: () => {},
      showSchedule: () => {},
      showTables: () => {},
      // A page in a browser has the list alone.
      notify: null,
      emit: (name, payload) => this.events.emit(name, payload),
    };
  }

  /** Throws `usage` where the port is taken. */
  async listen(): Promise<void> {
    const { port } = this.options;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (cause: NodeJS.ErrnoException) => reject(listenError(port, cause)));
      this.server.listen(port, '127.0.0.1', resolve);
    });
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('no port to listen on');
    this.uploads.clearAbandoned().catch((error: unknown) => {
      this.options.logError('clearing old uploads', error);
    });
    this.downloads.clearAbandoned().catch((error: unknown) => {
      this.options.logError('clearing old downloads', error);
    });
    this.guard = new RequestGuard(address.port, this.session);
    this.origin = `http://127.0.0.1:${address.port}`;
  }

  /** A new link to enter by; the one before it is over. Only once it listens. */
  link(): EntryLink {
    const { token, over } = this.session.link();
    return { url: `${this.origin}/?token=${token}`, over };
  }

  answerWith(dispatch: Dispatch): void {
    this.dispatch = dispatch;
  }

  async close(): Promise<void> {
    this.session.endLink();
    this.events.close();
    this.later.forgetAll();
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
    await this.downloads.close();
    await this.uploads.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const guard = this.guard;
    if (guard === null) return refuse(response, 503, 'The app is just starting.');
    const problem = guard.addressProblem(request);
    if (problem !== null) return refuse(response, 403, problem);

    const [pathname = '/', search = ''] = (request.url ?? '/').split('?', 2);
    const token = new URLSearchParams(search).get('token');
    if (pathname === '/' && token !== null && request.method === 'GET') {
      return this.enter(guard, token, request, response);
    }
    if (guard.isForeign(request) || !guard.hasCookie(request)) {
      return guard.isVisit(request) ? refuseVisit(response) : refuse(response, 403, NOT_ENTERED);
    }
    // Whatever asks the app, and hears of it.
    if (/^\/(?:(?:call|answer|forget|upload)\/|events$)/.test(pathname) && !guard.hasKey(request)) {
      return refuse(response, 403, NOT_ENTERED);
    }
    return this.route(pathname, request, response);
  }

  private async route(
    pathname: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const call = /^\/call\/([a-z.]+)$/.exec(pathname)?.[1];
    if (call !== undefined) {
      if (this.dispatch === null) return refuse(response, 503, 'The app is just starting.');
      return answerCall(call, request, response, this.dispatch, this.later);
    }
    const later = /^\/(answer|forget)\/([0-9a-f]{32})$/.exec(pathname);
    if (later !== null) {
      const [, what, id = ''] = later;
      return answerLater(what === 'forget' ? what : 'answer', id, request, response, this.later);
    }
    if (pathname === '/events' && request.method === 'GET') {
      // Who hears from here on asks for the state of things, which nobody tells yet.
      if (this.dispatch === null) return refuse(response, 503, 'The app is just starting.');
      if (!this.events.add(response)) refuse(response, 429, 'Too many pages are open.');
      return;
    }
    const upload = /^\/upload\/([0-9a-f]{32})\/(.+)$/.exec(pathname);
    if (upload !== null) {
      const [, id = '', place = ''] = upload;
      return this.uploads.receive(id, place, request, response);
    }
    const download = /^\/download\/([0-9a-f]{32})$/.exec(pathname)?.[1];
    if (download !== undefined && request.method === 'GET') {
      return this.downloads.serve(download, response);
    }
    return servePageFile(pathname, request, response, this.options.folders);
  }

  /** The token for cookie and key. */
  private enter(
    guard: RequestGuard,
    token: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    response.setHeader('cache-control', 'no-store');
    if (this.session.enter(token)) {
      response.setHeader('set-cookie', guard.sessionCookie());
      return sendEntryPage(response, this.session.key);
    }
    // The link once more in the browser that used it: that one is in already.
    if (!guard.isForeign(request) && guard.hasCookie(request)) {
      response.writeHead(303, { location: '/' }).end();
      return;
    }
    refuseVisit(response);
  }
}

const NOT_ENTERED = 'Open a link that pokedex serve prints; pressing Enter there prints a new one.';

function refuseVisit(response: ServerResponse): void {
  sendRefusalPage(
    response,
    'This link does not open the app',
    'A link works once, within two minutes. Press Enter in the terminal where <code>pokedex serve</code> runs: it prints a new one.',
  );
}

function listenError(port: number, cause: NodeJS.ErrnoException): AppError {
  if (cause.code === 'EADDRINUSE') {
    return new AppError('usage', `Port ${port} is in use by another program.`, {
      hint: 'Give another one with --port, or none for any that is free.',
      cause,
    });
  }
  if (cause.code === 'EACCES') {
    return new AppError('usage', `Port ${port} may not be used without more rights.`, {
      hint: 'Give one above 1023 with --port, or none for any that is free.',
      cause,
    });
  }
  return new AppError('internal', `Port ${port} cannot be listened on.`, { cause });
}
