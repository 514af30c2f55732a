import { loadavg } from 'node:os';
import { type BenchRow, median, ms, quantile } from './bench-table';
import type { Probe } from './probe-page';

/** Drags over charts as the probe saw them, and what they come to. */
export class Drags {
  /** Each pointer move to the first frame that shows its selection or a newer one. */
  private readonly moves: number[] = [];
  /** Only the last move of a drag, to the frame that shows exactly its selection. */
  private readonly lasts: number[] = [];
  private readonly tasks: number[] = [];
  private readonly loads: number[] = [];

  add({ selected, painted, tasks, lastCanvasPaint }: Probe): void {
    const last = selected.at(-1);
    const end = painted.at(-1);
    if (last === undefined || end === undefined || end.turn < last.turn) {
      throw new Error('the last selection of a drag was never painted');
    }
    // The table's rows follow once the drag rests.
    if (lastCanvasPaint > end.at) {
      throw new Error('something was painted after all was said to be painted');
    }
    for (const { turn, at } of selected) {
      const shown = painted.find((frame) => frame.turn >= turn);
      if (shown !== undefined) this.moves.push(shown.at - at);
    }
    this.lasts.push(end.at - last.at);
    this.tasks.push(...tasks.map((task) => task.ms));
    this.loads.push(loadavg()[0] ?? NaN);
  }

  rows(when: string, empty: readonly number[], limit = '≤ 50 ms'): BenchRow[] {
    const against = 'empty page, one text changed';
    const timed = (what: string, times: readonly number[], share: number, limit: string) => ({
      what: `${what}${when}`,
      ours: ms(quantile(times, share)),
      against,
      theirs: ms(quantile(empty, share)),
      ratio: (quantile(times, share) / quantile(empty, share)).toFixed(1),
      limit,
    });
    const count = `${this.moves.length} moves in ${this.lasts.length} drags`;
    return [
      timed(`brush to all painted, median of ${count}`, this.moves, 0.5, ''),
      timed(`brush to all painted, p95`, this.moves, 0.95, limit),
      timed(`last move of a drag to all painted, median`, this.lasts, 0.5, ''),
      timed(`last move of a drag to all painted, p95`, this.lasts, 0.95, limit),
      {
        what: `main-thread tasks over 50 ms${when}`,
        ours: String(this.tasks.length),
        against: 'longest of them',
        theirs: ms(Math.max(0, ...this.tasks)),
        ratio: '',
        limit: `0; load ${median(this.loads).toFixed(1)}`,
      },
    ];
  }
}
