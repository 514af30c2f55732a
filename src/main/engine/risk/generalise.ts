import type { ColumnDescriptor } from '../../../preload/contract/descriptor';
import type { GeneralStep, RiskClasses } from '../../../preload/contract/risk';
import { classesOf } from './figures';
import { ladderOf } from './ladder';
import { quotedName } from '../../base/duckdb';
import { isMade, type RiskRows, type RiskSource, toldNames } from './risk-rows';
import { sampledColumns } from './sampled-rows';
import {
  type Levels,
  type Losses,
  lossesOf,
  steppedBack,
  type SteppedRows,
  wayToNothing,
} from './search-steps';
import { stepSql } from './step-sql';

/** Rows that may be left out rather than make all others coarser. */
export const MOST_SUPPRESSED = 0.05;

/** Steps are chosen by so many rows, times the steps that are tried. */
const TRIED_ROWS = 6_000_000;
const [FEWEST_SAMPLED, MOST_SAMPLED] = [1_000, 10_000];

export interface ChosenSteps {
  steps: GeneralStep[];
  /** The table of the classes that they make, `g0`, `g1` … and `n`; its name is SQL. */
  given: string;
  suppressed: number;
}

/** Tables of classes that are kept for a slider that goes back and forth. */
const MOST_GIVEN = 6;

/** Finds how coarse columns have to be. What it has looked up is kept for the next k. */
export class Generaliser {
  private readonly counted = new Map<string, Promise<RiskClasses>>();
  /** The last ones first. */
  private tables: readonly string[] = [];

  private constructor(
    private readonly source: RiskSource,
    readonly of: RiskRows,
    private readonly ladders: readonly (readonly GeneralStep[])[],
    private readonly sample: SteppedRows,
    private readonly losses: Losses,
    private readonly way: readonly Levels[],
    private readonly rows: number,
  ) {}

  static async of(source: RiskSource, of: RiskRows): Promise<Generaliser> {
    const ladders = await Promise.all(of.columns.map((_, at) => ladderOf(source, of, at)));
    const [[counted] = []] = await source.run([
      { sql: `SELECT count(*)::DOUBLE AS n FROM ${of.rows}`, values: {} },
    ]);
    const rows = Number(counted?.['n'] ?? 0);
    const sample = await sampled(source, of, ladders, rows);
    const losses = lossesOf(sample);
    return new Generaliser(source, of, ladders, sample, losses, wayToNothing(sample, losses), rows);
  }

  /** The finest steps with which all but a few rows are in classes of `k`. */
  async reach(k: number): Promise<ChosenSteps> {
    const most = Math.floor(this.rows * MOST_SUPPRESSED);
    const isEnough = async (at: number) => {
      const levels = this.way[at];
      return levels !== undefined && inSmaller(await this.classes(levels), k) <= most;
    };
    let [low, high] = [0, this.way.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (await isEnough(middle)) high = middle;
      else low = middle + 1;
    }
    const found = this.way[low] ?? [];
    const isWhole = this.sample[0]?.[0]?.length === this.rows;
    const levels = isWhole ? steppedBack(this.sample, this.losses, found, k, most) : found;
    return {
      steps: this.steps(levels),
      given: await this.given(levels),
      suppressed: inSmaller(await this.classes(levels), k),
    };
  }

  private steps(levels: Levels): GeneralStep[] {
    return levels.map((level, at) => this.ladders[at]?.[level] ?? { kind: 'dropped' });
  }

  private async given(levels: Levels): Promise<string> {
    const name = quotedName(`#given ${this.of.hash} ${levels.join(' ')}`);
    this.tables = [name, ...this.tables.filter((other) => other !== name)];
    const old = this.tables.slice(MOST_GIVEN);
    this.tables = this.tables.slice(0, MOST_GIVEN);
    await this.source.run(
      old.map((table) => ({ sql: `DROP TABLE IF EXISTS ${table}`, values: {} })),
    );
    if (!(await isMade(this.source, name))) {
      const sql = `CREATE TABLE ${name} AS ${givenSql(this.of, this.steps(levels))}`;
      await this.source.run([{ sql, values: {} }]);
    }
    return name;
  }

  private classes(levels: Levels): Promise<RiskClasses> {
    const key = levels.join();
    const known = this.counted.get(key);
    if (known !== undefined) return known;
    const counted = this.given(levels).then((given) =>
      classesOf(this.source, `SELECT n FROM ${given}`),
    );
    this.counted.set(key, counted);
    counted.catch(() => this.counted.delete(key));
    return counted;
  }
}

/** Rows in classes of fewer than `k`. */
export function inSmaller({ sizes }: Pick<RiskClasses, 'sizes'>, k: number): number {
  return sizes.reduce((sum, { size, classes }) => (size < k ? sum + size * classes : sum), 0);
}

/** The classes that the steps make, as `g0`, `g1` … and `n`. */
export function givenSql(of: RiskRows, steps: readonly GeneralStep[]): string {
  const given = of.columns.map((column, at) => {
    const step = steps[at] ?? { kind: 'dropped' };
    return `${steppedTold(column, of, at, step, 'c')} AS g${at}`;
  });
  return `SELECT ${given.join(', ')}, sum(c.n) AS n FROM ${of.classes} c ${valueJoins(of, steps)}
    GROUP BY ${given.map((_, at) => `g${at}`).join(', ')}`;
}

/** What a step makes of the value, or of the number of one, that `rows` and `classes` have. */
function steppedTold(
  column: ColumnDescriptor,
  of: RiskRows,
  at: number,
  step: GeneralStep,
  table: string,
): string {
  const own = `${table}.${toldNames(of)[at] ?? ''}`;
  const isNumbered = of.values[at] !== null;
  return stepSql(column, step, isNumbered && step.kind !== 'exact' ? `w${at}.v` : own);
}

function valueJoins(of: RiskRows, steps: readonly GeneralStep[]): string {
  return of.values
    .flatMap((values, at) =>
      values === null || ['exact', 'dropped'].includes(steps[at]?.kind ?? 'dropped')
        ? []
        : [`LEFT JOIN ${values} w${at} ON w${at}.code = c.t${at}`],
    )
    .join(' ');
}

async function sampled(
  { run }: RiskSource,
  of: RiskRows,
  ladders: readonly (readonly GeneralStep[])[],
  rows: number,
): Promise<SteppedRows> {
  const steps = ladders.reduce((sum, ladder) => sum + ladder.length, 0);
  const most = TRIED_ROWS / (steps * ladders.length);
  const every = Math.ceil(rows / Math.min(MOST_SAMPLED, Math.max(FEWEST_SAMPLED, most))) || 1;
  const read: Int32Array[][] = [];
  for (const [at, ladder] of ladders.entries()) {
    const column = of.columns[at];
    if (column === undefined) continue;
    const joined = valueJoins(
      of,
      of.columns.map((_, one): GeneralStep => ({ kind: one === at ? 'size' : 'exact' })),
    );
    const columns = ladder.map((step) => ({
      value: steppedTold(column, of, at, step, 'c'),
      number: null,
    }));
    const found = await sampledColumns(run, columns, {
      from: `(SELECT * FROM ${of.rows} WHERE hash(place) % ${every} = 0) c ${joined}`,
      order: 'c.place',
      values: {},
    });
    read.push(found.map(({ tokens }) => tokens));
  }
  return read;
}
