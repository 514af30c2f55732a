import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { DataPaths } from '../base/data-folder';
import { FetchProblem } from '../pipeline/fetch-problem';
import type { Landing } from '../pipeline/landing';
import { asError, type LandAnswer, type LandingCommand } from './landing-messages';

interface Pending {
  resolve(): void;
  reject(error: Error): void;
}

/**
 * Lands in a thread of its own, so that checking and writing one document does not hold up the
 * transfer of others. A second one takes more processor time to start and warm up than it spares.
 */
export class LandingThread implements Landing {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private ended: Error | null = null;

  /** @param program the built landing-worker */
  constructor(program: string) {
    this.worker = new Worker(program);
    this.worker.on('message', (answer: LandAnswer) => this.settle(answer));
    this.worker.on('error', (error) => this.fail(error));
    this.worker.on('exit', (code) => {
      this.fail(new Error(`The landing thread ended early (code ${code}).`));
    });
  }

  /** Where it lands from now on. */
  open(paths: DataPaths): this {
    this.tell({ kind: 'open', paths });
    return this;
  }

  land(id: number, body: readonly Buffer[]): Promise<void> {
    if (this.ended !== null) return Promise.reject(this.ended);
    const pieces = body.map(transferable);
    // Pieces of one read share their memory, which can be listed once only.
    const memory = new Set(pieces.map((piece) => piece.buffer));
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.tell({ kind: 'land', id, pieces }, [...memory]);
    });
  }

  async close(): Promise<void> {
    if (this.ended !== null) return;
    const exit = once(this.worker, 'exit');
    this.tell({ kind: 'close' });
    await exit;
  }

  private tell(command: LandingCommand, moved: ArrayBuffer[] = []): void {
    this.worker.postMessage(command, moved);
  }

  private settle(answer: LandAnswer): void {
    const pending = this.pending.get(answer.id);
    if (pending === undefined) return;
    this.pending.delete(answer.id);
    if ('landed' in answer) pending.resolve();
    else if ('problem' in answer) {
      pending.reject(new FetchProblem(answer.problem.reason, answer.problem.kind));
    } else pending.reject(asError(answer.error));
  }

  private fail(error: Error): void {
    this.ended ??= error;
    for (const { reject } of this.pending.values()) reject(this.ended);
    this.pending.clear();
  }
}

/** Small Buffers share a pool that must stay in this thread: they are copied out of it. */
function transferable(piece: Buffer): Uint8Array<ArrayBuffer> {
  const { buffer } = piece;
  const pooled = buffer.byteLength <= Buffer.poolSize;
  if (pooled || !(buffer instanceof ArrayBuffer)) return Uint8Array.from(piece);
  return new Uint8Array(buffer, piece.byteOffset, piece.byteLength);
}
