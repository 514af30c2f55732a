import type { EngineAnswer, EngineMessage, EnginePiece } from './engine-messages';

/** The engine process's line to the app that started it. */
export interface EngineLine {
  send(answer: EngineAnswer | EnginePiece): void;
  listen(heard: (message: EngineMessage) => void, hungUp: () => void): void;
}

/** What Electron gives a utility process in place of Node's IPC. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: EngineMessage }) => void): void;
}

/** Node's own IPC, or Electron's port; a utility process ends with its app by itself. */
export function engineLine(): EngineLine {
  const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort | null };
  return parentPort ? portLine(parentPort) : ipcLine();
}

function ipcLine(): EngineLine {
  return {
    send: (answer) => void process.send?.(answer),
    listen(heard, hungUp) {
      process.on('message', heard);
      process.on('disconnect', hungUp);
    },
  };
}

function portLine(port: ParentPort): EngineLine {
  return {
    send: (answer) => port.postMessage(answer),
    listen: (heard) => port.on('message', ({ data }) => heard(data)),
  };
}
