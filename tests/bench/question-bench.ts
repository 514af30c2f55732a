import { Database } from '../../src/main/base/duckdb';
import type { Filter } from '../../src/preload/contract/filters';
import type { Question } from '../../src/preload/contract/questions';
import type { ServedApp } from '../helpers/served-app';
import { type BenchRow, median, ms } from './bench-table';

/** What a step of a brush asks, as the app is asked and as a person would write it in SQL. */
export interface Step {
  /** Behind FROM. */
  from: string;
  /** The brushed column and a span that each round moves on. */
  column: string;
  span(round: number): readonly [min: number, max: number];
  asked: readonly { question: Question; sql: string }[];
}

export const POKEMON_STEP = (parquet: string): Step => ({
  from: `read_parquet('${parquet}')`,
  column: 'bmi',
  span: (round) => [10, 40 + round],
  asked: [
    {
      question: { kind: 'summary', of: [{ column: 'stat_total', as: 'mean' }] },
      sql: 'SELECT count(*), avg(stat_total) FROM t WHERE #',
    },
    {
      question: { kind: 'histogram', column: 'stat_total', bins: 30 },
      sql: 'SELECT stat_total // 20, count(*) FROM t WHERE # GROUP BY ALL',
    },
    {
      question: { kind: 'histogram', column: 'base_experience', bins: 30 },
      sql: 'SELECT base_experience // 20, count(*) FROM t WHERE # GROUP BY ALL',
    },
    {
      question: { kind: 'counts', columns: ['type_1'], most: 20 },
      sql: 'SELECT type_1, count(*) AS n FROM t WHERE # GROUP BY ALL ORDER BY n DESC LIMIT 20',
    },
    {
      question: { kind: 'counts', columns: ['type_2'], most: 20 },
      sql: 'SELECT type_2, count(*) AS n FROM t WHERE # GROUP BY ALL ORDER BY n DESC LIMIT 20',
    },
  ],
});

export const ORDERS_STEP = (parquet: string): Step => ({
  from: `read_parquet('${parquet}')`,
  column: 'price_eur',
  span: (round) => [10, 100 + round],
  asked: [
    {
      question: { kind: 'summary', of: [{ column: 'items', as: 'mean' }] },
      sql: 'SELECT count(*), avg(items) FROM t WHERE #',
    },
    {
      question: { kind: 'histogram', column: 'weight_kg', bins: 30 },
      sql: 'SELECT floor(weight_kg / 0.5), count(*) FROM t WHERE # GROUP BY ALL',
    },
    {
      question: { kind: 'counts', columns: ['country'], most: 20 },
      sql: 'SELECT country, count(*) AS n FROM t WHERE # GROUP BY ALL ORDER BY n DESC LIMIT 20',
    },
    {
      question: { kind: 'counts', columns: ['category'], most: 20 },
      sql: 'SELECT category, count(*) AS n FROM t WHERE # GROUP BY ALL ORDER BY n DESC LIMIT 20',
    },
    {
      question: { kind: 'density', x: 'latitude', y: 'longitude', log: false, across: 80, up: 50 },
      sql: 'SELECT floor(latitude), floor(longitude * 0.6), count(*) FROM t WHERE # GROUP BY ALL',
    },
  ],
});

/**
 * The questions of one step, asked over HTTP of the running app, against the same of a bare DuckDB
 * with two threads that holds the table: medians of rounds, each of which moves the brush.
 */
export async function benchStep(
  what: string,
  app: ServedApp,
  dataset: string | undefined,
  step: Step,
  rounds: number,
): Promise<BenchRow> {
  const bare = await Database.open({ memoryLimit: '2GB', threads: 2 });
  try {
    await bare.run(`CREATE TABLE t AS SELECT * FROM ${step.from}`);
    const times: { ours: number; theirs: number }[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const [min, max] = step.span(round);
      const filters: Filter[] = [{ kind: 'range', column: step.column, min, max }];
      const asked = step.asked.map(({ question }) => ({ question, filters }));
      const where = `${step.column} BETWEEN ${min} AND ${max}`;
      const ours = await timed(() =>
        app.call('explore.ask', { asked, ...(dataset === undefined ? {} : { dataset }) }),
      );
      const theirs = await timed(async () => {
        for (const { sql } of step.asked) await bare.rows(sql.replace('#', where));
      });
      if (round > 0) times.push({ ours, theirs });
    }
    return {
      what: `${what}: ${step.asked.length} questions of a brush step`,
      ours: ms(median(times.map(({ ours }) => ours))),
      against: 'bare DuckDB, same queries',
      theirs: ms(median(times.map(({ theirs }) => theirs))),
      ratio: median(times.map(({ ours, theirs }) => ours / theirs)).toFixed(2),
      limit: '',
    };
  } finally {
    bare.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
