import type { ChartRequest, ChartRow } from '../../preload/contract/chart-query';
import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import { type PlainStatement, plainStatement } from './statements';
import { chartSql } from './chart-sql';
import type { Extents } from './extents';
import type { Bindings } from './binder';
import { whereSql } from './where-sql';
import { type Tally, tallyOf } from './tally-sql';

/** The statements that answer some questions, and how the answers are read from their rows. */
export interface ChartPlan {
  statements: PlainStatement[];
  /** @param results the rows of each statement @returns the answer to each question, in order */
  read(results: readonly ChartRow[][]): ChartRow[][];
}

/**
 * As few statements as answer the questions: what tallies answer shares one for each selection.
 * Throws `bad-view` for what cannot be asked. Pure.
 */
export function planCharts(
  requests: readonly ChartRequest[],
  extents: Extents,
  dataset: DatasetDescriptor,
): ChartPlan {
  const shared = new Map<string, SharedStatement>();
  const statements: PlainStatement[] = [];
  const readers = requests.map((request) => {
    const key = JSON.stringify(request.filters);
    const tallies = shared.get(key) ?? new SharedStatement(request.filters, dataset);
    const tally = tallyOf(request.query, extents, tallies.bind);
    if (tally === null) {
      const at = statements.push(plainStatement(chartSql(request, extents, dataset))) - 1;
      return (results: readonly ChartRow[][]) => results[at] ?? [];
    }
    shared.set(key, tallies);
    const names = tallies.add(tally);
    return (results: readonly ChartRow[][]) => {
      const row = results[statements.length + [...shared.keys()].indexOf(key)]?.[0];
      return tally.read(names.map((name) => row?.[name]));
    };
  });
  return {
    statements: [...statements, ...[...shared.values()].map((tallies) => tallies.statement())],
    read: (results) => readers.map((read) => read(results)),
  };
}

/** One SELECT of aggregates over one selection. */
class SharedStatement {
  private readonly condition;
  private readonly bound: Bindings = {};
  /** Each aggregate once, whoever asks for it. */
  private readonly aggregates = new Map<string, string>();

  constructor(filters: ChartRequest['filters'], dataset: DatasetDescriptor) {
    this.condition = whereSql(filters, dataset, 'pokemon');
  }

  readonly bind = (value: string): string => {
    const known = Object.entries(this.bound).find(([, bound]) => bound === value);
    const name = known?.[0] ?? `t${Object.keys(this.bound).length + 1}`;
    this.bound[name] = value;
    return `$${name}`;
  };

  /** The names its aggregates have in the row. */
  add({ aggregates }: Tally): string[] {
    return aggregates.map((sql) => {
      const name = this.aggregates.get(sql) ?? `a${this.aggregates.size + 1}`;
      this.aggregates.set(sql, name);
      return name;
    });
  }

  statement(): PlainStatement {
    const columns = [...this.aggregates].map(([sql, name]) => `${sql} AS ${name}`);
    return plainStatement({
      sql: `SELECT ${columns.join(', ')} FROM pokemon WHERE ${this.condition.sql}`,
      values: { ...this.condition.values, ...this.bound },
    });
  }
}
