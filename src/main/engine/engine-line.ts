import type { EngineAnswer, EngineMessage } from './engine-messages';

/** The engine process's line to the app that started it. */
export interface EngineLine {
  /** `sent` is called once the answer is on its way. */
  send(answer: EngineAnswer, sent?: () => void): void;
  listen(heard: (message: EngineMessage) => void, hungUp: () => void): void;
}

/** What Electron gives a utility process in place of Node's IPC. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: EngineMessage }) => void): void;
}

/** How long an answer given to Electron's port takes at most to leave; it does not tell. */
const POSTED_MS = 100;

/** Node's own IPC, or Electron's port; a utility process ends with its app by itself. */
export function engineLine(): EngineLine {
  const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort | null };
  return parentPort ? portLine(parentPort) : ipcLine();
}

function ipcLine(): EngineLine {
  return {
    send: (answer, sent) => process.send?.(answer, () => sent?.()),
    listen(heard, hungUp) {
      process.on('message', heard);
      process.on('disconnect', hungUp);
    },
  };
}

function portLine(port: ParentPort): EngineLine {
  return {
    send(answer, sent) {
      port.postMessage(answer);
      if (sent !== undefined) setTimeout(sent, POSTED_MS);
    },
    listen: (heard) => port.on('message', ({ data }) => heard(data)),
  };
}
