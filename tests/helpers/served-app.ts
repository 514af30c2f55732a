import { execFileSync } from 'node:child_process';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import type {
  CallAnswer,
  CallInput,
  CallName,
  CallResults,
  Events,
  EventName,
} from '../../src/preload/contract/calls';
import { AppError } from '../../src/preload/contract/errors';
import { KEY_HEADER } from '../../src/preload/contract/host-session';
import { CLI } from './run-cli';
import type { AtTestEnd } from './temporary-folder';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export type ToldEvent = { [Name in EventName]: { name: Name; payload: Events[Name] } }[EventName];

/** A running `pokedex serve`, spoken to as its page speaks to it. */
export class ServedApp {
  readonly events: ToldEvent[] = [];
  private readonly heard = new Set<() => void>();

  constructor(
    readonly pid: number,
    /** A link that nobody has used yet: a browser may enter by it, once and within two minutes. */
    public url: string,
    readonly cookie: string,
    readonly key: string,
    private readonly newLink: () => Promise<string>,
    readonly ended: Promise<{ code: number | null; stderr: string }>,
  ) {}

  get origin(): string {
    return new URL(this.url).origin;
  }

  /** Any HTTP request, exactly with these headers (and Host, unless given). */
  send(
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
  ): Promise<Answer> {
    return send(this.origin, path, options);
  }

  /** As a page would: with cookie and key. */
  page(path: string, options: Parameters<ServedApp['send']>[1] = {}): Promise<Answer> {
    const secrets = { cookie: this.cookie, [KEY_HEADER]: this.key };
    return this.send(path, { ...options, headers: { ...secrets, ...options.headers } });
  }

  /** Another link, for another browser; the one before it is over. */
  async link(): Promise<string> {
    this.url = await this.newLink();
    return this.url;
  }

  async answer<Name extends CallName>(
    name: Name,
    request: CallInput<Name>,
  ): Promise<CallAnswer<Name>> {
    const { body } = await this.page(`/call/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return JSON.parse(body.toString('utf8')) as CallAnswer<Name>;
  }

  /** Rejects with the app's own error. */
  async call<Name extends CallName>(
    name: Name,
    request: CallInput<Name>,
  ): Promise<CallResults[Name]> {
    const answer = await this.answer(name, request);
    if (answer.ok) return answer.result;
    throw AppError.fromShape(answer.error);
  }

  /** Resolves with the first event, past or to come, that `wanted` accepts. */
  async event(wanted: (event: ToldEvent) => boolean, after = 0): Promise<ToldEvent> {
    for (;;) {
      const found = this.events.slice(after).find(wanted);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.heard.add(resolve));
    }
  }

  /** Starts a refresh and resolves with how it ended. */
  async refresh(
    force = false,
  ): Promise<Extract<ToldEvent, { name: 'refresh.changed' }>['payload']> {
    const after = this.events.length;
    await this.call('refresh.start', { force });
    const event = await this.event(
      ({ name, payload }) =>
        name === 'refresh.changed' && (payload.state === 'done' || payload.state === 'failed'),
      after,
    );
    return event.payload as Extract<ToldEvent, { name: 'refresh.changed' }>['payload'];
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Numbers of the engine processes it has started and that still run. */
  engines(): number[] {
    return enginesOf(this.pid);
  }

  /** As when the browser is closed. Set once it listens. */
  stopListening = () => {};

  tell(event: ToldEvent): void {
    this.events.push(event);
    for (const resolve of this.heard) resolve();
    this.heard.clear();
  }
}

/** Numbers of the engine processes that a program has started and that still run. */
export function enginesOf(program: number): number[] {
  return processes()
    .filter(({ parent, command }) => parent === program && command.includes('engine-process'))
    .map(({ pid }) => pid);
}

export function processes(): { pid: number; parent: number; command: string }[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
      if (match === null) return [];
      return [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3] ?? '' }];
    });
}

/** Starts `pokedex serve` on a data folder and takes its cookie; it ends with the test. */
export async function serveApp(
  data: string,
  atEnd: AtTestEnd = onTestFinished,
  args: readonly string[] = [],
  cli = CLI,
): Promise<ServedApp> {
  const child = spawn(process.execPath, [cli, 'serve', '--no-open', '--data', data, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stderr }));
  });
  atEnd(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const links = () => [...stdout.matchAll(/http:\/\/\S+\/\?token=[0-9a-f]+(?=\s)/g)].map(String);
  const nextLink = (printed: number) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const link = links()[printed];
        if (link !== undefined) resolve(link);
        else child.stdout.once('data', look);
      };
      look();
      void ended.then(() => reject(new Error(`serve ended early: ${stderr}`)));
    });
  const newLink = () => {
    const next = nextLink(links().length);
    child.stdin.write('\n');
    return next;
  };
  const { origin, pathname, search } = new URL(await nextLink(0));
  const entered = await send(origin, pathname + search);
  const cookie = entered.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  const key = /data-key="([0-9a-f]+)"/.exec(entered.body.toString('utf8'))?.[1] ?? '';
  const app = new ServedApp(child.pid ?? -1, await newLink(), cookie, key, newLink, ended);
  listen(app, atEnd);
  return app;
}

/** As serveApp, once there is data. */
export async function serveReadyApp(
  data: string,
  atEnd: AtTestEnd = onTestFinished,
  args: readonly string[] = [],
  cli = CLI,
): Promise<ServedApp> {
  const app = await serveApp(data, atEnd, args, cli);
  await app.event(
    ({ name, payload }) =>
      name === 'dataset.changed' || (name === 'refresh.changed' && payload.state === 'failed'),
  );
  // The first data may have taken longer than a link lasts.
  await app.link();
  return app;
}

function listen(app: ServedApp, atEnd: AtTestEnd): void {
  const request = httpRequest(`${app.origin}/events`, {
    headers: { cookie: app.cookie, [KEY_HEADER]: app.key },
  });
  request.on('response', (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const messages = text.split('\n\n');
      text = messages.pop() ?? '';
      for (const message of messages) {
        if (message.startsWith('data: ')) app.tell(JSON.parse(message.slice(6)) as ToldEvent);
      }
    });
    response.on('error', () => {});
  });
  request.on('error', () => {});
  request.end();
  app.stopListening = () => void request.destroy();
  atEnd(async () => app.stopListening());
}

function send(
  origin: string,
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    // The path goes out as it is: `..` and the like must reach the server.
    const request = httpRequest({ hostname, port, path, method, headers, agent: false });
    request.on('error', reject);
    request.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(pieces),
        }),
      );
    });
    request.end(body);
  });
}
