import { join } from 'node:path';
import { expect } from 'vitest';
import { queryRows } from '../helpers/parquet-rows';
import type { ExplorerPage } from './explorer-page';

/** How long a screen may take to show what it should, on a busy machine. */
export const PATIENCE = { timeout: 30_000, interval: 50 };

/** The tiles after the first, and the last place they show. */
const MEDIANS = [
  ['height_m', 0.1],
  ['weight_kg', 0.1],
  ['bmi', 0.1],
  ['base_experience', 1],
  ['stat_total', 1],
] as const;

/** The published file, asked by a DuckDB of the tests' own, and the screen held against it. */
export class PublishedFile {
  constructor(
    readonly data: string,
    private readonly explorer: ExplorerPage,
  ) {}

  /** `columns` as JSON, row by row. */
  async rows(columns: string, where = 'TRUE', tail = ''): Promise<unknown[]> {
    const rows = await queryRows<{ row: string }>(
      `SELECT to_json(picked)::VARCHAR AS row FROM (
         SELECT ${columns} FROM read_parquet($path) WHERE ${where} ${tail}
       ) AS picked`,
      { path: join(this.data, 'pokemon.parquet') },
    );
    return rows.map(({ row }): unknown => JSON.parse(row));
  }

  async number(what: string, where = 'TRUE'): Promise<number> {
    const [row] = await queryRows<{ value: number }>(
      `SELECT CAST(${what} AS DOUBLE) AS value FROM read_parquet($path) WHERE ${where}`,
      { path: join(this.data, 'pokemon.parquet') },
    );
    return row?.value ?? Number.NaN;
  }

  /** Count, table and tiles come to show the rows under `where`; resolves with how many. */
  async isShown(where: string): Promise<number> {
    const { explorer } = this;
    const expected = await this.number('count(*)', where);
    const medians = await Promise.all(
      MEDIANS.map(([column]) => this.number(`median(${column})`, where)),
    );
    await expect.poll(() => explorer.count(), PATIENCE).toBe(expected);
    await expect.poll(() => explorer.tableRows(), PATIENCE).toBe(expected);
    await expect
      .poll(async () => {
        const [count, ...shown] = (await explorer.tiles()).map(firstNumber);
        const wrong = MEDIANS.filter(
          ([, unit], index) =>
            !(Math.abs((shown[index] ?? NaN) - (medians[index] ?? NaN)) <= unit / 2 + 1e-9),
        );
        return { count, wrong };
      }, PATIENCE)
      .toEqual({ count: expected, wrong: [] });
    return expected;
  }
}

function firstNumber(text: string): number {
  return parseFloat(text.replaceAll(',', ''));
}
