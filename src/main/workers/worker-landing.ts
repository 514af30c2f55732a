import type { DataPaths } from '../base/data-folder';
import type { LandedBody, Landing } from '../pipeline/landing';
import { LandingThread } from './landing-thread';

/** Checking and writing takes more processor time than one core has while documents arrive. */
const THREADS = 2;

/**
 * Lands in threads of its own, so that checking and writing one document does not hold up the
 * transfer of others.
 */
export class WorkerLanding implements Landing {
  private readonly threads: readonly LandingThread[];

  /** @param program the built landing-worker */
  constructor(program: string, paths: DataPaths) {
    this.threads = Array.from({ length: THREADS }, () => new LandingThread(program, paths));
  }

  land(id: number, body: readonly Buffer[], known: string | null): Promise<LandedBody> {
    const idlest = this.threads.reduce((a, b) => (b.waiting < a.waiting ? b : a));
    return idlest.land(id, body, known);
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()));
  }
}
