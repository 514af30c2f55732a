/**
 * One question is under way at a time, and while it is only the newest waits: what was wanted in
 * between is never asked. `work` tells its answer only while it `isNewest`, so that a late one
 * never replaces a newer one; it must not reject.
 */
export class LatestWins<Wanted> {
  #waiting: { wanted: Wanted } | null = null;
  #busy = false;
  /** Counts what was wanted or let go, so that work knows whether something came after it. */
  #turn = 0;
  readonly #work: (wanted: Wanted, isNewest: () => boolean) => Promise<void>;

  constructor(work: (wanted: Wanted, isNewest: () => boolean) => Promise<void>) {
    this.#work = work;
  }

  want(wanted: Wanted): void {
    this.#turn += 1;
    this.#waiting = { wanted };
    if (!this.#busy) void this.#run();
  }

  /** Nothing is wanted any more: what is under way is told to nobody. */
  letGo(): void {
    this.#turn += 1;
    this.#waiting = null;
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#waiting !== null) {
      const { wanted } = this.#waiting;
      const turn = this.#turn;
      this.#waiting = null;
      await this.#work(wanted, () => turn === this.#turn);
    }
    this.#busy = false;
  }
}
