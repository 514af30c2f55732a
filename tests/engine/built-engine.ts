import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EngineClient } from '../../src/main/engine/engine-client';
import { CLI } from '../helpers/run-cli';

/** A client of the engine process as it was built: what the app starts. */
export function builtEngine(options: { memoryMb?: number } = {}): EngineClient {
  const chunks = join(dirname(CLI), 'chunks');
  const file = readdirSync(chunks).find((name) => /^engine-process.*\.js$/.test(name));
  if (file === undefined) throw new Error(`no engine process in ${chunks}; build first`);
  return new EngineClient({
    program: join(chunks, file),
    memoryMb: options.memoryMb ?? 256,
    threads: 2,
  });
}
