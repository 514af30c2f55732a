import { fork } from 'node:child_process';
import { residentMemory } from './resident-memory';
import type { EngineAnswer, EngineMessage, EnginePiece } from './engine-messages';

/** A started engine process, whatever started it. */
export interface EngineProcess {
  /** `failed` is called where the message could not be handed over. */
  send(message: EngineMessage, failed: () => void): void;
  kill(): void;
  /** The memory it holds now, or held a moment ago; null where the system does not tell. */
  residentBytes(): number | null;
}

export interface EngineListener {
  heard(said: EngineAnswer | EnginePiece): void;
  /** Called when the process ended or could not be started; perhaps more than once. */
  ended(): void;
}

/** Starts the program as a process of its own. Electron has one of its own (shell/engine-utility). */
export type SpawnEngine = (program: string, listener: EngineListener) => EngineProcess;

export const forkEngine: SpawnEngine = (program, listener) => {
  const child = fork(program, {
    serialization: 'advanced',
    env: bareEnvironment(),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.on('message', (said: EngineAnswer | EnginePiece) => listener.heard(said));
  child.on('exit', () => listener.ended());
  child.on('error', () => listener.ended());
  return {
    send(message, failed) {
      child.send(message, (error) => {
        if (error !== null) failed();
      });
    },
    kill: () => child.kill('SIGKILL'),
    residentBytes: residentMemory(child.pid),
  };
};

/**
 * Nothing of the person's shell reaches a place SQL runs in, but where programs are, their time
 * zone, and what Windows starts nothing without.
 */
export function bareEnvironment(): Record<string, string> {
  const environment: Record<string, string> = { PATH: process.env['PATH'] ?? '' };
  for (const name of ['SystemRoot', 'TZ']) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}
