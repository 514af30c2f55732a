import type { CustomScheme } from 'electron';
import { app } from './app';
import { records } from './records';

type Handler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Handler>();

export const protocol = {
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    if (app.isReady()) throw new Error('schemes have to be registered before the app is ready');
    for (const { scheme, privileges } of schemes) {
      records.schemes.push({ scheme, privileges: privileges ?? {} });
    }
  },
  handle(scheme: string, handler: Handler): void {
    if (handlers.has(scheme)) throw new Error(`${scheme} has a handler already`);
    handlers.set(scheme, handler);
  },
};

/** Null where no handler is there, or it failed: Electron then fails the request. */
export async function answerScheme(request: Request): Promise<Response | null> {
  const handler = handlers.get(new URL(request.url).protocol.slice(0, -1));
  try {
    return (await handler?.(request)) ?? null;
  } catch (error) {
    console.error('a protocol handler threw', error);
    return null;
  }
}
