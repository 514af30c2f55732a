import { Database, quotedText } from '../../src/main/base/duckdb';
import type { ServedApp } from '../helpers/served-app';
import { type BenchRow, median, ms } from './bench-table';

const COLUMNS = ['country', 'age', 'rating', 'category', 'delivered_on'];

/**
 * How exposed a million rows are by five columns, and the steps of the slider that reaches k, asked of
 * the running app against a bare DuckDB with two threads that groups the loaded table once.
 */
export async function benchRisk(
  app: ServedApp,
  dataset: string,
  parquet: string,
  rounds: number,
): Promise<BenchRow[]> {
  const bare = await Database.open({ memoryLimit: '2GB', threads: 2 });
  try {
    await bare.run(`CREATE TABLE t AS SELECT * FROM read_parquet(${quotedText(parquet)})`);
    const group = `SELECT n, count(*) FROM (SELECT count(*) AS n FROM t GROUP BY ${COLUMNS.join()}) GROUP BY n`;
    const times: { figures: number; slid: number; theirs: number }[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      // Other columns between, so that each round prepares them again.
      for (const columns of [['items'], ['payment']])
        await app.call('privacy.risk', { dataset, columns });
      const figures = await timed(() => app.call('privacy.risk', { dataset, columns: COLUMNS }));
      const slide = (k: number) => app.call('privacy.generalise', { dataset, columns: COLUMNS, k });
      await slide(5);
      const steps = [];
      for (const k of [6, 8, 10, 20, 50, 20, 10]) steps.push(await timed(() => slide(k)));
      const theirs = await timed(() => bare.rows(group));
      if (round > 0) times.push({ figures, slid: median(steps), theirs });
    }
    const row = (what: string, of: 'figures' | 'slid', limit: string): BenchRow => ({
      what,
      ours: ms(median(times.map((each) => each[of]))),
      against: 'bare DuckDB, one grouping',
      theirs: ms(median(times.map(({ theirs }) => theirs))),
      ratio: median(times.map((each) => each[of] / each.theirs)).toFixed(2),
      limit,
    });
    return [
      row('1,000,000 rows: how exposed by 5 columns', 'figures', '≤ 2000 ms'),
      row('1,000,000 rows: a step of the slider that reaches k', 'slid', '≤ 200 ms'),
    ];
  } finally {
    bare.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
