import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { AtTestEnd } from '../helpers/temporary-folder';
import type { Commands } from './control';

const ROOT = resolve(import.meta.dirname, '../..');
const MAIN = resolve(ROOT, process.env['POKEDEX_OUT'] ?? 'out', 'main/index.js');

/** How long the app may take to show a page. */
const PAGE_TIMEOUT_MS = 50_000;

type CommandArgs<Name extends keyof Commands> = Parameters<Commands[Name]>;
type CommandResult<Name extends keyof Commands> = Awaited<ReturnType<Commands[Name]>>;

export interface RunningApp {
  /** The window's page, driven by the test's own Playwright; again after a reload. */
  page(): Promise<Page>;
  ask<Name extends keyof Commands>(
    name: Name,
    ...request: CommandArgs<Name>
  ): Promise<CommandResult<Name>>;
  /** The process's exit code. */
  exited: Promise<number | null>;
  /** What it wrote to standard error so far. */
  errors(): string;
  pid: number;
}

/** Starts the built main bundle under the stand-in, as `electron . ARGS` would. */
export function launchStandIn(
  options: { userData: string; args?: string[]; env?: NodeJS.ProcessEnv },
  atEnd: AtTestEnd,
): RunningApp {
  const args = [MAIN, `--user-data-dir=${options.userData}`, ...(options.args ?? [])];
  const child = fork(join(import.meta.dirname, 'start.mjs'), args, {
    cwd: ROOT,
    execArgv: [],
    env: { ...process.env, ...options.env },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.on('data', (text) => (errors += String(text)));
  child.stdout?.resume();
  const exited = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);

  let lastId = 0;
  const waiting = new Map<number, (answer: { result?: unknown; error?: string }) => void>();
  child.on('message', (message: { id: number; result?: unknown; error?: string }) => {
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  child.on('exit', () => {
    for (const settle of waiting.values()) settle({ error: `the app has ended\n${errors}` });
  });

  const ask: RunningApp['ask'] = (command, ...[request]) =>
    new Promise((answered, refused) => {
      lastId += 1;
      waiting.set(lastId, ({ result, error }) => {
        if (error === undefined) answered(result as CommandResult<typeof command>);
        else refused(new Error(error));
      });
      child.send({ id: lastId, command, request }, (error) => {
        if (error !== null) refused(new Error(`the app has ended\n${errors}`));
      });
    });

  let browser: Promise<Browser> | null = null;
  const connect = () => (browser ??= ask('endpoint').then((url) => chromium.connectOverCDP(url)));

  atEnd(async () => {
    if (browser !== null) await (await browser).close().catch(() => {});
    if (child.exitCode === null && child.signalCode === null) {
      if (child.connected) child.disconnect();
      await exited;
    }
  });

  return {
    ask,
    exited,
    errors: () => errors,
    pid: child.pid ?? -1,
    async page() {
      const connected = await connect();
      const deadline = Date.now() + PAGE_TIMEOUT_MS;
      while (Date.now() < deadline) {
        const pages = connected.contexts().flatMap((context) => context.pages());
        const page = pages.find((one) => one.url().startsWith('https://pokedex.app-scheme.test/'));
        if (page !== undefined) return page;
        await new Promise((wait) => setTimeout(wait, 50));
      }
      throw new Error(`no page appeared\n${errors}`);
    },
  };
}
