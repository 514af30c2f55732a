import { AppError, cancelled } from '../../preload/contract/errors';
import type { EngineClient } from '../engine/engine-client';
import type { Opening } from '../engine/engine-messages';

/** Starts an engine that tells when its process was lost. */
export type StartEngine = (onLost: () => void) => EngineClient;

/** An engine that has loaded something, and what it is. */
export interface Slot<Info> {
  client: EngineClient;
  info: Info;
  uses: number;
  retired: boolean;
}

/**
 * An engine that always answers: a new version is loaded by a second process while the first one
 * still serves, and a process that died is started again at once.
 */
export class LiveEngine<Info> {
  private current: Slot<Info> | null = null;
  private reviving = false;
  private closed = false;
  private readonly opening = new Set<EngineClient>();

  constructor(
    private readonly start: StartEngine,
    private readonly told: {
      restarted(): void;
      /** Called where a process that died could not be started again. */
      failed(error: unknown): void;
    },
  ) {}

  /** What the engine that answers has loaded; null while there is none. */
  get info(): Info | null {
    return this.current?.info ?? null;
  }

  /** Loads something beside what answers; `take` then makes it what does. */
  async prepare(opening: Opening, info: Info): Promise<Slot<Info>> {
    try {
      return await this.open(opening, info);
    } catch (error) {
      // Killed while it loaded, perhaps for the memory of others: worth one more try.
      if (error instanceof AppError && error.code === 'engine-died') {
        return this.open(opening, info);
      }
      throw error;
    }
  }

  take(slot: Slot<Info>): void {
    const old = this.current;
    this.current = slot;
    if (old !== null) retire(old);
    if (this.closed) this.close();
  }

  /** Throws `no-data` while nothing is loaded. */
  async use<T>(work: (client: EngineClient, info: Info) => Promise<T>): Promise<T> {
    const slot = this.current;
    if (slot === null) {
      throw new AppError('no-data', 'There is no data yet.', {
        hint: 'The first data are being prepared; if that failed, press Refresh data.',
      });
    }
    slot.uses += 1;
    try {
      return await work(slot.client, slot.info);
    } finally {
      slot.uses -= 1;
      if (slot.retired) retire(slot);
    }
  }

  /** For good, also for an engine that is still loading: its `load` rejects as cancelled. */
  close(): void {
    this.closed = true;
    for (const client of this.opening) client.close();
    this.current?.client.close();
    this.current = null;
  }

  private async open(opening: Opening, info: Info): Promise<Slot<Info>> {
    if (this.closed) throw cancelled();
    const client = this.start(() => this.lost(client));
    this.opening.add(client);
    try {
      await client.open(opening);
      if (this.closed) throw cancelled();
    } catch (error) {
      client.close();
      throw error;
    } finally {
      this.opening.delete(client);
    }
    return { client, info, uses: 0, retired: false };
  }

  private lost(client: EngineClient): void {
    // One try: an engine that cannot start is started again by the next question only.
    if (this.current?.client !== client || this.reviving) return;
    this.reviving = true;
    client
      .revive()
      .then(this.told.restarted, this.told.failed)
      .finally(() => {
        this.reviving = false;
      });
  }
}

/** Ends an engine that a newer one replaced, once its last question is answered. */
function retire<Info>(slot: Slot<Info>): void {
  slot.retired = true;
  if (slot.uses === 0) slot.client.close();
}
