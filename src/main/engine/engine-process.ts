import { AppError, cancelled, type ErrorShape } from '../../preload/contract/errors';
import { fileIdentity, unreadableDataset, versionReplaced } from '../base/published-file';
import { engineLine } from './engine-line';
import type { DatasetFile, EngineAnswer, EngineRequest, EngineResult } from './engine-messages';
import { Sandbox } from './sandbox';

/**
 * The engine process's entry. It dies alone: a crash here never takes the app along. Who asked
 * watches it from outside and ends it where a query does not end by itself.
 */

const line = engineLine();
let sandbox: Sandbox | null = null;
/** Why there is no sandbox. */
let closedBecause = new AppError('no-data', 'No dataset is open.');
let runningId: number | null = null;
const waiting: EngineRequest[] = [];
const cancelledIds = new Set<number>();
let working = false;

async function open(request: Extract<EngineRequest, { kind: 'open' }>): Promise<void> {
  sandbox?.close();
  sandbox = null;
  try {
    await refuseOther(request);
    const { parquet, memoryMb, threads, tables } = request;
    sandbox = await Sandbox.open(parquet, `${memoryMb}MB`, threads, tables);
    // It may have been replaced while it was read.
    await refuseOther(request);
  } catch (error) {
    closedBecause = AppError.fromShape(shapeOf(error));
    throw error;
  }
}

/** Answers are of the version their asker knows: that file is loaded or none. */
async function refuseOther({ parquet, identity }: DatasetFile): Promise<void> {
  const found = parquet === null ? null : await fileIdentity(parquet);
  // Of a file that is gone DuckDB says so itself.
  if (identity === null || found === null || found === identity) return;
  sandbox?.close();
  sandbox = null;
  throw versionReplaced();
}

async function query(
  request: Extract<EngineRequest, { kind: 'query' | 'write' | 'batch' }>,
): Promise<EngineResult> {
  if (cancelledIds.delete(request.id)) throw cancelled();
  if (sandbox === null) throw closedBecause;
  runningId = request.id;
  try {
    if (request.kind === 'query') return await sandbox.query(request.sql, request);
    if (request.kind === 'batch') {
      return await sandbox.batch(request.statements, request.timeLimitMs);
    }
    await sandbox.write(request.sql, request, (piece) => line.send({ id: request.id, piece }));
    return null;
  } finally {
    runningId = null;
  }
}

/** Not process.exit, which would wait for the thread that cannot be stopped. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function interrupt(id: number): void {
  if (runningId === id) {
    sandbox?.interrupt();
  } else if (waiting.some((request) => request.id === id)) {
    cancelledIds.add(id);
  }
}

function shapeOf(error: unknown): ErrorShape {
  if (error instanceof AppError) return error.toShape();
  return unreadableDataset(error).toShape();
}

async function answer(request: EngineRequest): Promise<EngineAnswer> {
  try {
    if (request.kind !== 'open') return { id: request.id, ok: true, result: await query(request) };
    await open(request);
    return { id: request.id, ok: true, result: null };
  } catch (error) {
    return { id: request.id, ok: false, error: shapeOf(error) };
  }
}

async function work(): Promise<void> {
  if (working) return;
  working = true;
  for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
    line.send(await answer(request));
  }
  working = false;
}

line.listen((message) => {
  if (message.kind === 'interrupt') return interrupt(message.id);
  waiting.push(message);
  void work();
}, die);
// Ctrl-C reaches every process of the terminal; the one that asked decides what ends.
process.on('SIGINT', () => {});
