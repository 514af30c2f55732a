import { EngineClient, type EngineOptions } from './engine-client';
import program from './engine-process?modulePath';

/** The engine of this app's build. */
export function startEngine(options: Partial<Omit<EngineOptions, 'program'>> = {}): EngineClient {
  return new EngineClient({
    program,
    memoryMb: options.memoryMb ?? 1000,
    threads: options.threads ?? 2,
    mayGrowMb: options.mayGrowMb,
    spawn: options.spawn,
    onLost: options.onLost,
  });
}
