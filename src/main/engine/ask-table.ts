import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import type { Filter } from '../../preload/contract/filters';
import { type Asked, type AnswerTo, type Question } from '../../preload/contract/questions';
import { quotedName } from '../base/duckdb';
import { ANSWER_KINDS } from './answers/index';
import type {
  AnswerKind,
  AskedOf,
  ByNumber,
  Frequent,
  Numbered,
  Plan,
  Table,
} from './answers/answer-kind';
import { Binder } from './binder';
import type { Extent } from './binning';
import { axisSql, eachValueSql, knownColumn, knownValue } from './column-axis';
import { freeName } from './free-name';
import { placesSql } from './row-numbers';
import { type CountedStatement, type PlainStatement, plainStatement } from './statements';
import { FAR_OFF } from './uneven-bins';
import { PlacedColumns, whereSql } from './where-sql';

/** Runs statements of the app's own side by side; the rows of each. */
export type RunStatements = (statements: PlainStatement[]) => Promise<Record<string, unknown>[][]>;

/** What was asked once, and from how many rows it was read. */
interface Known {
  answer: Promise<unknown>;
  rows: number;
}

/** Rows of all answers that are kept. */
const MOST_KEPT_ROWS = 200_000;

/** Beyond these what is kept per row is more than a process should have. */
const MOST_NUMBERED = 5_000_000;

/** The table that a dataset is loaded as, and its column of positions; see `positionName`. */
export const TABLE = 'dataset';

export function positionName(columns: readonly { readonly name: string }[]): string {
  return freeName(
    columns.map(({ name }) => name),
    '#position',
  );
}

/** A loaded dataset that questions are asked of; what no filter changes is asked once. */
export class AskedTable implements Table {
  readonly from = quotedName(TABLE);
  readonly position: string;
  /** What was asked once, by its SQL. */
  private readonly known = new Map<string, Known>();

  constructor(
    readonly dataset: DatasetDescriptor,
    readonly run: RunStatements,
    /** Larger tables are counted by SQL. */
    private readonly mostNumbered = MOST_NUMBERED,
  ) {
    this.position = positionName(dataset.columns);
  }

  /** The answer to each question. Rejects with `bad-view` for what cannot be asked, and as `run` does. */
  async ask(asked: readonly Asked[]): Promise<AnswerTo<Question>[]> {
    const plans = await Promise.all(asked.map((each) => this.plan(each)));
    // A column's shape and the card of it ask the same; how much of it each shows is read later.
    const keys = plans.map(({ statement }) => JSON.stringify(statement));
    const statements = new Map(plans.map(({ statement }, at) => [keys[at], statement]));
    const results = await this.run([...statements.values()]);
    const byKey = new Map([...statements.keys()].map((key, at) => [key, results[at]]));
    return plans.map(({ read }, at) => read(byKey.get(keys[at]) ?? []));
  }

  async extentOf(column: string, positive = false): Promise<Extent> {
    const axis = axisSql(this.dataset, column);
    const placed = positive ? `CASE WHEN ${axis} > 0 THEN ${axis} END` : axis;
    return this.once(
      `SELECT min(v) AS low, max(v) AS high FROM (SELECT ${placed} AS v FROM ${this.from})`,
      ([{ low, high } = {}]) => {
        if (typeof low !== 'number' || typeof high !== 'number') return null;
        const known = knownColumn(this.dataset, column);
        return [knownValue(low, known), knownValue(high, known)];
      },
    );
  }

  async nearOf(column: string): Promise<Extent> {
    const axis = axisSql(this.dataset, column);
    return this.once(
      `WITH placed AS (SELECT ${axis} AS v FROM ${this.from}),
        quartiles AS (SELECT quantile_cont(v, [0.25, 0.75]) AS q FROM placed),
        fences AS (
          SELECT q[1] - ${FAR_OFF} * (q[2] - q[1]) AS lower, q[2] + ${FAR_OFF} * (q[2] - q[1]) AS upper
          FROM quartiles
        )
      SELECT min(v) FILTER (v >= lower) AS low, max(v) FILTER (v <= upper) AS high
      FROM placed, fences`,
      ([{ low, high } = {}]) =>
        typeof low === 'number' && typeof high === 'number' ? [low, high] : null,
    );
  }

  async frequentOf(column: string, most: number): Promise<Frequent> {
    const each = eachValueSql(this.dataset, [column]);
    return this.once(
      `SELECT value FROM (SELECT ${each} AS value FROM ${this.from}) WHERE value IS NOT NULL
        GROUP BY ALL ORDER BY count(*) DESC, value LIMIT ${most + 1}`,
      (rows) => {
        const values = rows.map(({ value }) => String(value));
        return { values: values.slice(0, most), all: values.length <= most };
      },
    );
  }

  private once<T>(sql: string, read: (rows: readonly Record<string, unknown>[]) => T): Promise<T> {
    const known = this.known.get(sql);
    if (known !== undefined) {
      // Taken out and put back: the map's order is then the order of use.
      this.known.delete(sql);
      this.known.set(sql, known);
      return known.answer as Promise<T>;
    }
    const kept: Known = { answer: Promise.resolve(), rows: 0 };
    this.known.set(sql, kept);
    const answer = this.run([{ sql, values: {} }]).then(([rows = []]) => {
      kept.rows = rows.length;
      this.makeRoom();
      return read(rows);
    });
    kept.answer = answer;
    // A failure is not kept: the next question asks again.
    answer.catch(() => this.known.delete(sql));
    return answer;
  }

  /** The dots of a chart are as many as its rows, and a person may look at many charts. */
  private makeRoom(): void {
    let rows = [...this.known.values()].reduce((sum, kept) => sum + kept.rows, 0);
    for (const [sql, kept] of this.known) {
      if (rows <= MOST_KEPT_ROWS) return;
      // An extent takes next to nothing, and is asked for more often.
      if (kept.rows <= 1) continue;
      this.known.delete(sql);
      rows -= kept.rows;
    }
  }

  /** Whether what the numbers take is little. */
  private get isNumbered(): boolean {
    return this.dataset.rows <= this.mostNumbered;
  }

  private numbered(
    { sql, values = {} }: Pick<ByNumber, 'sql' | 'values'>,
    filters: readonly Filter[],
  ): CountedStatement {
    const among = filters.map((filter) => {
      const placed = new PlacedColumns(this.dataset);
      const where = whereSql([filter], this.dataset, this.from, placed);
      return plainStatement({
        sql: `SELECT ${placesSql(this.position, this.dataset.rows)} FROM ${placed.beside(this.from)} WHERE ${where.sql}`,
        values: where.values,
      });
    });
    return { ...plainStatement({ sql, values }), among };
  }

  private async plan({ question, filters }: Asked): Promise<{
    statement: PlainStatement;
    read(rows: readonly Record<string, unknown>[]): AnswerTo<Question>;
  }> {
    const placed = new PlacedColumns(this.dataset);
    const where = whereSql(filters, this.dataset, this.from, placed);
    const binder = Binder.beside(where.values);
    const of: AskedOf = {
      dataset: this.dataset,
      from: this.from,
      position: this.position,
      extentOf: (column, positive) => this.extentOf(column, positive),
      nearOf: (column) => this.nearOf(column),
      frequentOf: (column, most) => this.frequentOf(column, most),
      selected: placed.selected(this.from, where.sql),
      binder,
      counted: this.isNumbered
        ? async (sql) => counted((await this.run([this.numbered({ sql }, filters)]))[0] ?? [])
        : null,
      once: (sql, read) => this.once(sql, read),
      ask: async (sql, values) => (await this.run([plainStatement({ sql, values })]))[0] ?? [],
    };
    const kind = ANSWER_KINDS[question.kind] as AnswerKind<Question['kind']>;
    const plan: Plan<Question['kind']> = await kind(question as never, of);
    const { byNumber } = plan;
    if (this.isNumbered && byNumber !== undefined) {
      return {
        statement: this.numbered(byNumber, filters),
        read: (rows) => plan.read(byNumber.rows(counted(rows))),
      };
    }
    const statement = plainStatement({ sql: plan.sql, values: usedIn(plan.sql, binder.values) });
    return {
      statement: plan.cells === true ? { ...statement, cells: true } : statement,
      read: (rows) => plan.read(rows),
    };
  }
}

function counted(rows: readonly Record<string, unknown>[]): Numbered[] {
  return rows.map(({ code, n }) => ({ code: code === null ? null : Number(code), n: Number(n) }));
}

/** A question of named rows has no use for the filters' values, and DuckDB refuses unused ones. */
function usedIn<T>(sql: string, values: Record<string, T>): Record<string, T> {
  const named = new Set(sql.match(/\$[a-z]\w*/g) ?? []);
  return Object.fromEntries(Object.entries(values).filter(([name]) => named.has(`$${name}`)));
}
