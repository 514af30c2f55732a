import { AppError, cancelled, type ErrorShape } from '../../preload/contract/errors';
import { unreadableDataset } from '../base/published-file';
import { engineLine } from './engine-line';
import type { EngineAnswer, EngineRequest, EngineResult } from './engine-messages';
import { Sandbox, tookTooLong, usedTooMuchMemory } from './sandbox';

/**
 * The engine process's entry. It dies alone: a crash here never takes the app along. It also
 * ends itself where a query cannot be ended otherwise: inside one call of a function DuckDB
 * neither sees an interrupt nor counts the memory (`repeat('x', 4000000000)`).
 */

/** How long a query may take to heed its end. */
const GRACE_MS = 500;
const WATCH_EVERY_MS = 50;
/** What the process takes beside DuckDB's own limit: Node and the rows of an answer. */
const BESIDE_DUCKDB_MB = 768;

interface Running {
  id: number;
  deadline: number;
  /** Set once it was interrupted: by when it has to have ended. */
  interruptedBy: number | null;
  timeLimitMs: number;
}

const line = engineLine();
let sandbox: Sandbox | null = null;
/** Why there is no sandbox. */
let closedBecause = new AppError('no-data', 'No dataset is open.');
let ceilingBytes = Infinity;
let running: Running | null = null;
const waiting: EngineRequest[] = [];
const cancelledIds = new Set<number>();
let working = false;

async function open(request: Extract<EngineRequest, { kind: 'open' }>): Promise<void> {
  sandbox?.close();
  sandbox = null;
  ceilingBytes = (request.memoryMb + BESIDE_DUCKDB_MB) * 1_000_000;
  try {
    sandbox = await Sandbox.open(request.parquet, `${request.memoryMb}MB`, request.threads);
  } catch (error) {
    closedBecause = AppError.fromShape(shapeOf(error));
    throw error;
  }
}

async function query(
  request: Extract<EngineRequest, { kind: 'query' | 'batch' }>,
): Promise<EngineResult> {
  if (cancelledIds.delete(request.id)) throw cancelled();
  if (sandbox === null) throw closedBecause;
  const { id, timeLimitMs } = request;
  const deadline = performance.now() + timeLimitMs + GRACE_MS;
  running = { id, deadline, interruptedBy: null, timeLimitMs };
  const watch = setInterval(endRunaway, WATCH_EVERY_MS);
  try {
    return request.kind === 'query'
      ? await sandbox.query(request.sql, request)
      : await sandbox.batch(request.statements, timeLimitMs);
  } finally {
    clearInterval(watch);
    running = null;
  }
}

function endRunaway(): void {
  if (running === null) return;
  const now = performance.now();
  if (process.memoryUsage.rss() > ceilingBytes) return endWith(running.id, usedTooMuchMemory());
  if (running.interruptedBy !== null && now > running.interruptedBy) {
    return endWith(running.id, cancelled());
  }
  if (now > running.deadline) endWith(running.id, tookTooLong(running.timeLimitMs));
}

function endWith(id: number, error: AppError): void {
  running = null;
  const answer: EngineAnswer = { id, ok: false, error: error.toShape(), last: true };
  line.send(answer, die);
}

/** Not process.exit, which would wait for the thread that cannot be stopped. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function interrupt(id: number): void {
  if (running?.id === id) {
    running.interruptedBy ??= performance.now() + GRACE_MS;
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
