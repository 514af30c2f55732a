import type { Frame, WebContents } from './web-contents';

export interface Sender {
  sender: WebContents;
  senderFrame: Frame | null;
}

type Handler = (event: Sender, ...args: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

export const ipcMain = {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  /** Not Electron's: every channel a page could reach. */
  channels: () => [...handlers.keys()],
};

export type InvokeAnswer = { result: unknown } | { error: string };

export async function answerInvoke(
  event: Sender,
  channel: string,
  args: unknown[],
): Promise<InvokeAnswer> {
  const handler = handlers.get(channel);
  if (handler === undefined) return { error: `No handler registered for '${channel}'` };
  try {
    return { result: structuredClone(await handler(event, ...structuredClone(args))) };
  } catch (error) {
    return { error: `Error invoking remote method '${channel}': ${String(error)}` };
  }
}
