import { EngineClient } from './engine-client';
import program from './engine-process?modulePath';

/** The engine of this app's build. */
export function startEngine(
  options: { memoryLimit?: string; threads?: number } = {},
): EngineClient {
  return new EngineClient({
    program,
    memoryLimit: options.memoryLimit ?? '1GB',
    threads: options.threads ?? 2,
  });
}
