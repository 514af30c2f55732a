import { EngineClient } from './engine-client';
import program from './engine-process?modulePath';

/** The engine of this app's build. */
export function startEngine(options: { memoryMb?: number; threads?: number } = {}): EngineClient {
  return new EngineClient({
    program,
    memoryMb: options.memoryMb ?? 1000,
    threads: options.threads ?? 2,
  });
}
