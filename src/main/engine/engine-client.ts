import type { ChartRow } from '../../preload/contract/chart-query';
import { AppError, cancelled } from '../../preload/contract/errors';
import type { PlainStatement } from './statements';
import type {
  EngineAnswer,
  EngineMessage,
  EngineRequest,
  EngineResult,
  QueryResult,
} from './engine-messages';
import {
  type Extents,
  EXTENTS_STATEMENT,
  GAME_LISTS_STATEMENT,
  readExtents,
  readGameLists,
} from './extents';
import type { QueryLimits } from './sandbox';
import { type EngineProcess, forkEngine, type SpawnEngine } from './spawn-engine';

const EXTENTS_LIMIT_MS = 20_000;

export interface EngineOptions {
  /** File of the engine process. */
  program: string;
  /** DuckDB's own ceiling; the process as a whole may take some 800 MB more before it is ended. */
  memoryMb: number;
  threads: number;
  /** How the process is started; Node's child_process where not said. */
  spawn?: SpawnEngine | undefined;
  /** Told when the process has died or ended itself, once what it left was settled. */
  onLost?: (() => void) | undefined;
}

type Unsent<T> = T extends unknown ? Omit<T, 'id'> : never;

interface Waiting {
  request: EngineRequest;
  cancelled: boolean;
  resolve(result: EngineResult): void;
  reject(error: AppError): void;
}

/** The engine process seen from outside: started at the first request, again after a crash. */
export class EngineClient {
  private child: EngineProcess | null = null;
  /** In the order sent, which is the order the process works in: the first is the running one. */
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private parquet: string | null = null;
  private known: Promise<Extents> | null = null;
  /** The extents that are complete, or about to be. */
  private learnt: Promise<Extents> | null = null;

  constructor(private readonly options: EngineOptions) {}

  /** Loads a Parquet file as the dataset; later queries see it. */
  async open(parquet: string): Promise<void> {
    this.parquet = parquet;
    this.known = null;
    await this.request(this.openRequest(parquet)).answer;
  }

  /**
   * Queries run one after the other. Rejects with AppError: see Sandbox.query, and
   * `engine-died` where the process went away under this query; those behind it go on in a
   * fresh one. `signal` ends this query alone, within a second.
   */
  async query(sql: string, limits: QueryLimits, signal?: AbortSignal): Promise<QueryResult> {
    if (signal?.aborted) throw cancelled();
    const { id, answer } = this.request({ kind: 'query', sql, ...limits });
    const interrupt = () => this.interrupt(id);
    signal?.addEventListener('abort', interrupt);
    try {
      const result = await answer;
      if (result === null || Array.isArray(result))
        throw new AppError('internal', 'The engine gave no result.');
      return result;
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }

  /**
   * The rows of each statement, which are our own and run unchecked with their values bound.
   * Rejects as `query` does; nothing but `close` ends it early.
   */
  async batch(statements: PlainStatement[], timeLimitMs: number): Promise<ChartRow[][]> {
    const result = await this.request({ kind: 'batch', statements, timeLimitMs }).answer;
    if (!Array.isArray(result)) throw new AppError('internal', 'The engine gave no rows.');
    return result;
  }

  /** What no filter changes; asked once a dataset. Rejects as `batch` does. */
  extents(): Promise<Extents> {
    const asked = (this.known ??= this.batch([EXTENTS_STATEMENT], EXTENTS_LIMIT_MS).then(([rows]) =>
      readExtents(rows ?? []),
    ));
    // A failure is not kept: the next question asks again.
    asked.catch(() => {
      if (this.known === asked) this.known = null;
    });
    return asked;
  }

  /**
   * Makes later extents complete, where they are not. Costs the engine a moment, so that it comes
   * after the first charts. A failure leaves them as they were.
   */
  async learn(): Promise<void> {
    const asked = this.known;
    if (asked === null || this.learnt === asked) return;
    this.learnt = asked;
    const extents = await asked;
    const [rows] = await this.batch([GAME_LISTS_STATEMENT], EXTENTS_LIMIT_MS);
    const gameLists = readGameLists(rows ?? []);
    // Another dataset may have been opened meanwhile.
    if (this.known === asked) this.known = this.learnt = Promise.resolve({ ...extents, gameLists });
  }

  /** Starts the process and loads the dataset again where it died since. */
  async revive(): Promise<void> {
    if (this.parquet !== null) await this.open(this.parquet);
  }

  /** Ends the process; what still waits rejects as cancelled. */
  close(): void {
    const child = this.child;
    this.child = null;
    child?.kill();
    for (const waiting of this.waiting.values()) waiting.reject(cancelled());
    this.waiting.clear();
  }

  private openRequest(parquet: string): Unsent<EngineRequest> {
    const { memoryMb, threads } = this.options;
    return { kind: 'open', parquet, memoryMb, threads };
  }

  private request(unsent: Unsent<EngineRequest>) {
    const id = this.nextId();
    const request: EngineRequest = { ...unsent, id };
    const answer = new Promise<EngineResult>((resolve, reject) => {
      this.waiting.set(id, { request, cancelled: false, resolve, reject });
    });
    this.send(request);
    return { id, answer };
  }

  private nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  private interrupt(id: number): void {
    const waiting = this.waiting.get(id);
    if (waiting === undefined) return;
    waiting.cancelled = true;
    this.send({ kind: 'interrupt', id });
  }

  private send(message: EngineMessage): void {
    const child = this.child ?? this.start(message);
    child.send(message, () => this.lost(child, 'crashed'));
  }

  private start(first: EngineMessage): EngineProcess {
    const spawn = this.options.spawn ?? forkEngine;
    const child: EngineProcess = spawn(this.options.program, {
      answered: (answer) => this.answered(child, answer),
      ended: () => this.lost(child, 'crashed'),
    });
    this.child = child;
    if (first.kind !== 'open' && this.parquet !== null) {
      this.send({ ...this.openRequest(this.parquet), id: this.nextId() });
    }
    return child;
  }

  private answered(child: EngineProcess, answer: EngineAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (answer.ok) waiting?.resolve(answer.result);
    else waiting?.reject(AppError.fromShape(answer.error));
    if (!answer.ok && answer.last) this.lost(child, 'ended itself');
  }

  /** Whoever was being served is told; the others are asked of a fresh process. */
  private lost(child: EngineProcess, how: 'crashed' | 'ended itself'): void {
    if (this.child !== child) return;
    this.child = null;
    child.kill();
    const left = [...this.waiting.entries()];
    for (const [index, [id, waiting]] of left.entries()) {
      if (waiting.cancelled) waiting.reject(cancelled());
      else if (index === 0 && how === 'crashed') waiting.reject(engineDied());
      else {
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
