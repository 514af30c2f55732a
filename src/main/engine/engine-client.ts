import { type ChildProcess, fork } from 'node:child_process';
import { AppError, cancelled } from '../../preload/contract/errors';
import type { EngineAnswer, EngineMessage, EngineRequest, QueryResult } from './engine-messages';

export interface EngineOptions {
  /** File of the engine process. */
  program: string;
  memoryLimit: string;
  threads: number;
}

type Unsent<T> = T extends unknown ? Omit<T, 'id'> : never;

interface Waiting {
  resolve(result: QueryResult | null): void;
  reject(error: AppError): void;
}

/** The engine process seen from outside: started at the first request, again after a crash. */
export class EngineClient {
  private child: ChildProcess | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private parquet: string | null = null;

  constructor(private readonly options: EngineOptions) {}

  /** Loads a Parquet file as the dataset; later queries see it. */
  async open(parquet: string): Promise<void> {
    this.parquet = parquet;
    const { memoryLimit, threads } = this.options;
    await this.request({ kind: 'open', parquet, memoryLimit, threads });
  }

  /** Rejects with AppError; see Sandbox.query. `engine-died` where the process went away. */
  async query(
    sql: string,
    limits: { maxRows: number; timeLimitMs: number },
    signal?: AbortSignal,
  ): Promise<QueryResult> {
    if (signal?.aborted) throw cancelled();
    const interrupt = () => this.send({ kind: 'interrupt' });
    signal?.addEventListener('abort', interrupt);
    try {
      if (this.child === null && this.parquet !== null) await this.open(this.parquet);
      const result = await this.request({ kind: 'query', sql, ...limits });
      if (result === null) throw new AppError('internal', 'The engine gave no result.');
      return result;
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }

  close(): void {
    this.child?.kill();
    this.child = null;
  }

  private request(request: Unsent<EngineRequest>): Promise<QueryResult | null> {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.send({ ...request, id });
    });
  }

  private send(message: EngineMessage): void {
    this.child ??= this.start();
    this.child.send(message);
  }

  private start(): ChildProcess {
    // An environment of its own: nothing of the person's shell reaches a place SQL runs in.
    const child = fork(this.options.program, {
      serialization: 'advanced',
      env: { PATH: process.env['PATH'] ?? '' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (answer: EngineAnswer) => {
      const waiting = this.waiting.get(answer.id);
      this.waiting.delete(answer.id);
      if (answer.ok) waiting?.resolve(answer.result);
      else waiting?.reject(AppError.fromShape(answer.error));
    });
    child.on('exit', () => this.died(child));
    child.on('error', () => this.died(child));
    return child;
  }

  private died(child: ChildProcess): void {
    if (this.child === child) this.child = null;
    for (const waiting of this.waiting.values()) {
      waiting.reject(
        new AppError('engine-died', 'The query engine stopped unexpectedly.', {
          hint: 'It has been restarted; try again with a smaller query.',
        }),
      );
    }
    this.waiting.clear();
  }
}
