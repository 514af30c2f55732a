import { AppError, type ErrorShape } from '../../preload/contract/errors';
import type { EngineAnswer, EngineMessage, EngineRequest, QueryResult } from './engine-messages';
import { Sandbox } from './sandbox';

/** The engine process's entry. It dies alone: a crash here never takes the app along. */
let sandbox: Sandbox | null = null;

async function handle(request: EngineRequest): Promise<QueryResult | null> {
  if (request.kind === 'open') {
    sandbox?.close();
    sandbox = null;
    sandbox = await Sandbox.open(request.parquet, request.memoryLimit, request.threads);
    return null;
  }
  if (sandbox === null) throw new AppError('no-data', 'No dataset is open.');
  return sandbox.query(request.sql, request.maxRows, request.timeLimitMs);
}

function shapeOf(error: unknown): ErrorShape {
  if (error instanceof AppError) return error.toShape();
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return { code: 'not-readable', message, hint: 'Run refresh to publish the dataset again.' };
}

async function answer(request: EngineRequest): Promise<EngineAnswer> {
  try {
    return { id: request.id, ok: true, result: await handle(request) };
  } catch (error) {
    return { id: request.id, ok: false, error: shapeOf(error) };
  }
}

let queue: Promise<void> = Promise.resolve();

process.on('message', (message: EngineMessage) => {
  if (message.kind === 'interrupt') {
    sandbox?.interrupt();
    return;
  }
  queue = queue.then(async () => {
    process.send?.(await answer(message));
  });
});

process.on('disconnect', () => process.exit(0));
