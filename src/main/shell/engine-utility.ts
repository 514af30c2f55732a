import { utilityProcess } from 'electron';
import type { EngineAnswer, EnginePiece } from '../engine/engine-messages';
import { residentMemory } from '../engine/resident-memory';
import { bareEnvironment, type SpawnEngine } from '../engine/spawn-engine';

/**
 * Starts the engine as Electron's own kind of process: the fuse that would let the packaged app's
 * binary run as plain Node is off.
 */
export const forkEngineUtility: SpawnEngine = (program, listener) => {
  const child = utilityProcess.fork(program, [], {
    serviceName: 'Pokédex query engine',
    env: bareEnvironment(),
    stdio: 'ignore',
  });
  // Electron gives the process its number once it has started.
  let memory: () => number | null = () => null;
  child.on('spawn', () => (memory = residentMemory(child.pid)));
  child.on('message', (said: EngineAnswer | EnginePiece) => listener.heard(said));
  child.on('exit', () => listener.ended());
  return {
    send(message) {
      child.postMessage(message);
    },
    kill: () => end(child.pid, () => child.kill()),
    residentBytes: () => memory(),
  };
};

/** Electron's own kill asks the process to end, which one stuck in a query never does. */
function end(pid: number | undefined, ask: () => void): void {
  if (pid === undefined) return ask();
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
