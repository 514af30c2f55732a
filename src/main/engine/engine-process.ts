import { AppError, cancelled, type ErrorShape } from '../../preload/contract/errors';
import { changedFiles } from '../base/file-stamps';
import { fileIdentity, unreadableDataset, versionReplaced } from '../base/published-file';
import type { FileStamp } from '../base/scan';
import { engineLine } from './engine-line';
import type {
  EngineAnswer,
  EngineRequest,
  EngineResult,
  NamedScan,
  Opening,
} from './engine-messages';
import { Sandbox } from './sandbox';
import { Workbench } from './workbench';

/**
 * The engine process's entry. It dies alone: a crash here never takes the app along. Who asked
 * watches it from outside and ends it where a query does not end by itself.
 */

const line = engineLine();
type OpenRequest = Extract<EngineRequest, { kind: 'open' }>;

let engine: Workbench | Sandbox | null = null;
/** Why there is none. */
let closedBecause = new AppError('no-data', 'No dataset is open.');
let runningId: number | null = null;
const waiting: EngineRequest[] = [];
const cancelledIds = new Set<number>();
let working = false;

async function open({ opening, memoryMb, threads }: OpenRequest): Promise<void> {
  engine?.close();
  engine = null;
  const files = scansOf(opening).flatMap((scan) => scan.files);
  try {
    await refuseChanged(files);
    engine = await started(opening, `${memoryMb}MB`, threads);
    // They may have been replaced while they were read.
    await refuseChanged(files);
  } catch (error) {
    engine?.close();
    engine = null;
    closedBecause = AppError.fromShape(shapeOf(error));
    throw error;
  }
}

function scansOf(opening: Opening): readonly NamedScan[] {
  return opening.for === 'sql' ? opening.tables : [opening.table];
}

function started(opening: Opening, memory: string, threads: number): Promise<Workbench | Sandbox> {
  return opening.for === 'sql'
    ? Sandbox.open(opening.tables, memory, threads, opening.results)
    : Workbench.open(opening.table, opening.spill, memory, threads);
}

/** Answers are of the content their asker knows: that is loaded or none. */
async function refuseChanged(files: readonly FileStamp[]): Promise<void> {
  for (const path of await changedFiles(files)) {
    // Of a file that is gone DuckDB says so itself.
    if ((await fileIdentity(path)) !== null) throw versionReplaced();
  }
}

async function query(request: Exclude<EngineRequest, OpenRequest>): Promise<EngineResult> {
  if (cancelledIds.delete(request.id)) throw cancelled();
  if (engine === null) throw closedBecause;
  runningId = request.id;
  try {
    if (engine instanceof Workbench) {
      if (request.kind !== 'batch') throw notLoadedFor(request.kind);
      return await engine.batch(request.statements, request.timeLimitMs);
    }
    if (request.kind === 'batch') throw notLoadedFor(request.kind);
    if (request.kind === 'save') return [[{ rows: await engine.save(request.sql, request) }]];
    if (request.kind === 'query') return await engine.query(request.sql, request);
    await engine.write(request.sql, request, (piece) => line.send({ id: request.id, piece }));
    return null;
  } finally {
    runningId = null;
  }
}

/** SQL never runs where the app's own questions are answered, nor they where it runs. */
function notLoadedFor(kind: string): AppError {
  return new AppError('internal', `This engine answers no ${kind}.`);
}

/** Not process.exit, which would wait for the thread that cannot be stopped. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function interrupt(id: number): void {
  if (runningId === id) {
    engine?.interrupt();
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
