/** At most this many documents are asked for before the first good answer. */
const FIRST_ASKED = 32;
/** After this many failures in a row, with no answer in between, the source is in doubt. */
const DOUBT_AFTER = 8;
/** In doubt at most this many documents are tried at a time, each to the end of its retries. */
const TRIED_IN_DOUBT = 8;
/** After this many failed requests in a row, and one full round, no further document is tried. */
const REFUSES_AFTER = 24;

/**
 * Whether a source can be trusted to answer. A source that refuses everything must not be asked
 * for a thousand documents one after the other, while one that refuses some, or for a while, must
 * not lose the others: few documents are asked for at the beginning, fewer in doubt, and one good
 * answer ends both.
 */
export class SourceTrust {
  private trusted = true;
  private hasAnswered = false;
  private readonly first = new Set<string>();
  private failures = 0;
  private allFailures = 0;
  /** Documents being tried in doubt, and how many there were since it began. */
  private readonly tried = new Set<string>();
  private everTried = 0;
  private waiting: (() => void)[] = [];

  /** Failed requests since the last good answer. */
  get failuresInARow(): number {
    return this.failures;
  }

  /** Whether a request for this document may be made now. */
  mayAsk(document: string): boolean {
    if (this.trusted) return this.hasAnswered || this.isAmongFirst(document);
    if (this.tried.has(document)) return true;
    if (this.tried.size >= TRIED_IN_DOUBT || this.hasTriedEnough) return false;
    this.tried.add(document);
    this.everTried += 1;
    return true;
  }

  private get hasTriedEnough(): boolean {
    return this.failures >= REFUSES_AFTER && this.everTried >= TRIED_IN_DOUBT;
  }

  private isAmongFirst(document: string): boolean {
    if (this.first.size < FIRST_ASKED) this.first.add(document);
    return this.first.has(document);
  }

  /** Resolves once `mayAsk` may have another answer. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** The time something arrived, as `answered` takes it. */
  get moment(): number {
    return this.allFailures;
  }

  /** A good answer. It may have arrived a while ago: failures since then still count. */
  answered(arrived: number): void {
    this.failures = Math.min(this.failures, this.allFailures - arrived);
    if (this.failures >= DOUBT_AFTER || (this.trusted && this.hasAnswered)) return;
    this.hasAnswered = true;
    this.trusted = true;
    this.tried.clear();
    this.wake();
  }

  failed(): void {
    this.failures += 1;
    this.allFailures += 1;
    if (!this.trusted || this.failures < DOUBT_AFTER) return;
    this.trusted = false;
    this.everTried = 0;
    this.wake();
  }

  /** The document is finished, whether it arrived or not. */
  left(document: string): void {
    if (this.tried.delete(document)) this.wake();
  }

  /** Whether enough tries failed to conclude that the source refuses everything. */
  get seemsToRefuse(): boolean {
    return !this.trusted && this.hasTriedEnough && this.tried.size === 0;
  }

  wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
