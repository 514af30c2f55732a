import { AppError, cancelled } from '../../preload/contract/errors';
import type { Row } from '../base/duckdb';
import type { PlainStatement } from './statements';
import type {
  EngineAnswer,
  EngineMessage,
  EngineRequest,
  EngineResult,
  Opening,
  QueryLimits,
  QueryResult,
  Saving,
} from './engine-messages';
import { tookTooLong, usedTooMuchMemory } from './query-errors';
import { type EngineProcess, forkEngine, type SpawnEngine } from './spawn-engine';

const WATCH_EVERY_MS = 50;
/** How long the process may take to heed the end of a query: its time limit, or a cancel. */
const HEEDS_LIMIT_MS = 1_000;
const HEEDS_CANCEL_MS = 500;
/** What the process takes beside DuckDB's own limit: Node and the rows of an answer. */
const BESIDE_DUCKDB_MB = 768;
/**
 * A process that has grown by more since it loaded its data is ended once nothing is asked: neither
 * V8 nor DuckDB gives back what a large answer took, and the next question starts a small one.
 */
const MAY_GROW_MB = 100;

export interface EngineOptions {
  /** File of the engine process. */
  program: string;
  /** DuckDB's own ceiling; the process as a whole may take some 800 MB more before it is ended. */
  memoryMb: number;
  threads: number;
  /** By how much it may grow and stay: what takes long to load is not given up for little. 100 if not said. */
  mayGrowMb?: number | undefined;
  /** How the process is started; Node's child_process where not said. */
  spawn?: SpawnEngine | undefined;
  /** Told when the process has died or ended itself, once what it left was settled. */
  onLost?: (() => void) | undefined;
}

type Unsent<T> = T extends unknown ? Omit<T, 'id'> : never;

interface Waiting {
  request: EngineRequest;
  /** When the process was first seen to work on it. */
  since: number | null;
  /** When it was cancelled while the process worked on it. */
  cancelledAt: number | null;
  /** Of the JSON that is being written. */
  pieces: Uint8Array<ArrayBuffer>[];
  resolve(result: EngineResult): void;
  reject(error: AppError): void;
}

/**
 * The engine process seen from outside: started at the first request, again after a crash. It is
 * watched from here, because its own thread may be busy with one call that takes minutes or all
 * memory: inside a function DuckDB neither sees an interrupt nor counts what it takes
 * (`repeat('x', 4000000000)`), and an answer is made and sent in one go.
 */
export class EngineClient {
  private child: EngineProcess | null = null;
  /** In the order sent, which is the order the process works in: the first is the running one. */
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private watch: NodeJS.Timeout | null = null;
  private opening: Opening | null = null;
  /** What the process held once it had loaded its data; 0 while that is not known. */
  private loadedBytes = 0;

  constructor(private readonly options: EngineOptions) {}

  /**
   * Loads what is named; later requests see it, also where the process has to be started again.
   * Rejects with `version-replaced` where a file is no longer as it was when it was described.
   */
  async open(opening: Opening): Promise<void> {
    this.opening = opening;
    await this.request(this.openRequest(opening)).answer;
  }

  /**
   * Queries run one after the other. Rejects with AppError: see Sandbox.query, and
   * `engine-died` where the process went away under this query; those behind it go on in a
   * fresh one. `signal` ends this query alone, within a second.
   */
  async query(sql: string, limits: QueryLimits, signal?: AbortSignal): Promise<QueryResult> {
    const { result } = await this.ended({ kind: 'query', sql, ...limits }, signal);
    if (result === null || Array.isArray(result))
      throw new AppError('internal', 'The engine gave no result.');
    return result;
  }

  /**
   * As `query`: the result as JSON, in pieces, for who only hands it on. It is written in the engine's
   * process, so that a large one holds nobody up and leaves nothing behind here.
   */
  async write(
    sql: string,
    limits: QueryLimits,
    signal?: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>[]> {
    return (await this.ended({ kind: 'write', sql, ...limits }, signal)).pieces;
  }

  /**
   * Writes the whole result to a file in the folder for results, and tells how many rows it has.
   * Rejects as `query` does; what is left in the file then is worth nothing.
   */
  async save(
    sql: string,
    saving: Saving & { timeLimitMs: number },
    signal?: AbortSignal,
  ): Promise<number> {
    const { result } = await this.ended({ kind: 'save', sql, ...saving }, signal);
    const rows = Array.isArray(result) ? result[0]?.[0]?.['rows'] : undefined;
    if (typeof rows !== 'number') throw new AppError('internal', 'The engine told no rows.');
    return rows;
  }

  /**
   * The rows of each statement, which are our own and run unchecked with their values bound.
   * Rejects as `query` does; nothing but `close` ends it early.
   */
  async batch(statements: PlainStatement[], timeLimitMs: number): Promise<Row[][]> {
    const result = await this.request({ kind: 'batch', statements, timeLimitMs }).answer;
    if (!Array.isArray(result)) throw new AppError('internal', 'The engine gave no rows.');
    return result;
  }

  /** Starts the process and loads the dataset again where it died since. */
  async revive(): Promise<void> {
    if (this.opening !== null) await this.open(this.opening);
  }

  /** Ends the process; what still waits rejects as cancelled. */
  close(): void {
    const child = this.child;
    this.child = null;
    child?.kill();
    if (this.watch !== null) clearInterval(this.watch);
    this.watch = null;
    for (const waiting of this.waiting.values()) waiting.reject(cancelled());
    this.waiting.clear();
  }

  /** What a request is answered with, which `signal` ends. */
  private async ended(unsent: Unsent<EngineRequest>, signal: AbortSignal | undefined) {
    if (signal?.aborted) throw cancelled();
    const { id, pieces, answer } = this.request(unsent);
    const interrupt = () => this.interrupt(id);
    signal?.addEventListener('abort', interrupt);
    try {
      return { result: await answer, pieces };
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }

  private openRequest(opening: Opening): Unsent<EngineRequest> {
    const { memoryMb, threads } = this.options;
    return { kind: 'open', opening, memoryMb, threads };
  }

  private request(unsent: Unsent<EngineRequest>) {
    const id = this.nextId();
    const request: EngineRequest = { ...unsent, id };
    const pieces: Waiting['pieces'] = [];
    const answer = new Promise<EngineResult>((resolve, reject) => {
      this.waiting.set(id, { request, since: null, cancelledAt: null, pieces, resolve, reject });
    });
    this.send(request);
    this.watch ??= setInterval(() => this.look(), WATCH_EVERY_MS);
    return { id, pieces, answer };
  }

  private nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  private interrupt(id: number): void {
    const waiting = this.waiting.get(id);
    if (waiting === undefined) return;
    this.send({ kind: 'interrupt', id });
    const [first] = this.waiting.keys();
    if (first === id) {
      waiting.cancelledAt ??= performance.now();
    } else {
      // Not begun: nobody has to wait for the queries before it.
      this.waiting.delete(id);
      waiting.reject(cancelled());
    }
  }

  /** Ends the process where the request it works on takes more than it may. */
  private look(): void {
    const child = this.child;
    const [first] = this.waiting;
    if (child === null || first === undefined) return this.rest();
    const [id, waiting] = first;
    waiting.since ??= performance.now();
    const problem = this.problemOf(child, waiting, waiting.since);
    if (problem === null) return;
    this.waiting.delete(id);
    waiting.reject(problem);
    this.lost(child, 'was ended');
  }

  private problemOf(child: EngineProcess, waiting: Waiting, since: number): AppError | null {
    const now = performance.now();
    const { request, cancelledAt } = waiting;
    if (cancelledAt !== null && now > cancelledAt + HEEDS_CANCEL_MS) return cancelled();
    const ceiling = (this.options.memoryMb + BESIDE_DUCKDB_MB) * 1_000_000;
    if ((child.residentBytes() ?? 0) > ceiling) return usedTooMuchMemory();
    if (request.kind === 'open') return null;
    return now > since + request.timeLimitMs + HEEDS_LIMIT_MS
      ? tookTooLong(request.timeLimitMs)
      : null;
  }

  /** Nothing is asked: what a large answer left in the process is given back to the system. */
  private rest(): void {
    if (this.watch !== null) clearInterval(this.watch);
    this.watch = null;
    const grown = (this.child?.residentBytes() ?? 0) - this.loadedBytes;
    if (this.loadedBytes === 0 || grown < (this.options.mayGrowMb ?? MAY_GROW_MB) * 1_000_000)
      return;
    this.child?.kill();
    this.child = null;
  }

  private send(message: EngineMessage): void {
    const child = this.child ?? this.start(message);
    child.send(message, () => this.lost(child, 'crashed'));
  }

  private start(first: EngineMessage): EngineProcess {
    const spawn = this.options.spawn ?? forkEngine;
    const child: EngineProcess = spawn(this.options.program, {
      heard: (said) => {
        // What an ended process had still said is asked again of another.
        if (this.child !== child) return;
        if ('piece' in said) this.waiting.get(said.id)?.pieces.push(said.piece);
        else this.answered(said);
      },
      ended: () => this.lost(child, 'crashed'),
    });
    this.child = child;
    this.loadedBytes = 0;
    if (first.kind !== 'open' && this.opening !== null) {
      this.send({ ...this.openRequest(this.opening), id: this.nextId() });
    }
    return child;
  }

  private answered(answer: EngineAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    // The first answer of a process is that it has loaded its data.
    if (this.loadedBytes === 0) this.loadedBytes = this.child?.residentBytes() ?? 0;
    if (answer.ok) waiting?.resolve(answer.result);
    else waiting?.reject(AppError.fromShape(answer.error));
  }

  /** Whoever was being served is told; the others are asked of a fresh process. */
  private lost(child: EngineProcess, how: 'crashed' | 'was ended'): void {
    if (this.child !== child) return;
    this.child = null;
    child.kill();
    const left = [...this.waiting.entries()];
    for (const [index, [id, waiting]] of left.entries()) {
      if (waiting.cancelledAt !== null) waiting.reject(cancelled());
      else if (index === 0 && how === 'crashed') waiting.reject(engineDied());
      else {
        waiting.since = null;
        waiting.pieces.length = 0;
        this.send(waiting.request);
        continue;
      }
      this.waiting.delete(id);
    }
    this.options.onLost?.();
  }
}

function engineDied(): AppError {
  return new AppError('engine-died', 'The query engine stopped unexpectedly.', {
    hint: 'It has been restarted; try again with a smaller query.',
  });
}
