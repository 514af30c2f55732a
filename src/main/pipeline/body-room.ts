/** What holds a place; given back once. */
interface Waiting {
  granted(): void;
}

/** A number of places. When all are taken, callers wait in order. */
class Places {
  private readonly queue: Waiting[] = [];

  constructor(private free: number) {}

  /** True where a place was free. Otherwise `waiting` is told when it has one. */
  take(waiting: Waiting): boolean {
    if (this.free > 0) {
      this.free -= 1;
      return true;
    }
    this.queue.push(waiting);
    return false;
  }

  /** Takes back a request that was not granted yet. */
  forget(waiting: Waiting): void {
    const at = this.queue.indexOf(waiting);
    if (at >= 0) this.queue.splice(at, 1);
  }

  giveBack(): void {
    const next = this.queue.shift();
    if (next === undefined) this.free += 1;
    else next.granted();
  }
}

/** A body up to here is an ordinary one; PokéAPI's own are up to 560 kB. */
export const ORDINARY_BYTES = 1024 * 1024;

const ORDINARY_BODIES = 48;
const LARGE_BODIES = 4;

/**
 * Bounds the memory of bodies in transfer, from their first byte until they have landed, whatever
 * the concurrency: a number of ordinary bodies, a few of which may be larger. In pieces, joined and
 * decoded that is at most 48 × 3 MiB and 4 × 24 MiB. A body that waits is not read further, so the
 * source waits too.
 */
export class BodyRoom {
  readonly ordinary = new Places(ORDINARY_BODIES);
  readonly large = new Places(LARGE_BODIES);

  hold(): BodyHold {
    return new BodyHold(this);
  }
}

/** One body's place. A large body holds both kinds, so two bodies never wait for each other. */
export class BodyHold {
  private readonly held: Places[] = [];
  private wish: { places: Places; waiting: Waiting } | null = null;

  constructor(private readonly room: BodyRoom) {}

  /**
   * True where the body may be read up to `bytes` now. False where it has to wait: `granted` is
   * called once it may, never after `release`.
   */
  reserve(bytes: number, granted: () => void): boolean {
    const wanted =
      bytes > ORDINARY_BYTES ? [this.room.ordinary, this.room.large] : [this.room.ordinary];
    const places = wanted.find((each) => !this.held.includes(each));
    if (places === undefined) return true;
    if (this.wish !== null) return false;
    const take = () => {
      this.held.push(places);
      this.wish = null;
    };
    const waiting: Waiting = {
      granted: () => {
        take();
        if (this.reserve(bytes, granted)) granted();
      },
    };
    if (places.take(waiting)) {
      take();
      return this.reserve(bytes, granted);
    }
    this.wish = { places, waiting };
    return false;
  }

  /** Resolves once the body may be read up to `bytes`. */
  async reserved(bytes: number): Promise<void> {
    await new Promise<void>((resolve) => {
      if (this.reserve(bytes, resolve)) resolve();
    });
  }

  release(): void {
    this.wish?.places.forget(this.wish.waiting);
    this.wish = null;
    for (const places of this.held.splice(0)) places.giveBack();
  }
}
