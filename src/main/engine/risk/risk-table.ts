import { AppError } from '../../../preload/contract/errors';
import type { Filter } from '../../../preload/contract/filters';
import type { Generalisation, Risk, RiskFigures } from '../../../preload/contract/risk';
import { Protector } from './protect-rows';
import { barsBefore, riskBars } from './risk-bars';
import { exposedRows } from './exposed-rows';
import { riskFigures } from './figures';
import { type Candidate, identifying, proposedColumns, riskCandidates } from './propose-columns';
import {
  dropRiskRows,
  makeRiskRows,
  type RiskRows,
  riskRowsOf,
  type RiskSource,
} from './risk-rows';

/** What is kept in the engine for the next question. */
const MOST_MADE = 2;

interface Kept {
  key: string;
  protector: Protector;
  /** What charts show of the rows as they are. */
  bars: ReturnType<typeof barsBefore> | null;
}

export type GeneralisedAnswer = Omit<Generalisation, 'dataset' | 'version'>;
export type RiskAnswer = Omit<Risk, 'dataset' | 'version'>;

/** Asks a loaded table how exposed its rows are. One thing at a time: what it prepares is kept for the next. */
export class RiskTable {
  private turn: Promise<unknown> = Promise.resolve();
  private made: readonly RiskRows[] = [];
  private protector: Kept | null = null;
  private readonly known = new Map<string, Promise<Candidate[]>>();

  constructor(private readonly source: RiskSource) {}

  /** @param columns null for those that the app proposes */
  risk(columns: readonly string[] | null, filters: readonly Filter[]): Promise<RiskAnswer> {
    return this.inTurn(async () => {
      const candidates = await this.candidates(filters);
      const of = await this.rowsOf(await this.chosen(columns, filters), filters);
      const figures = await riskFigures(this.source, of);
      return {
        figures,
        proposed: columns === null,
        candidates,
        left_out: identifying(this.source.dataset),
        exposed: await exposedRows(this.source, of, figures),
      };
    });
  }

  /** The figures alone. */
  figures(columns: readonly string[] | null, filters: readonly Filter[]): Promise<RiskFigures> {
    return this.inTurn(async () => {
      const of = await this.rowsOf(await this.chosen(columns, filters), filters);
      return riskFigures(this.source, of);
    });
  }

  /** What reaches `k`; of all columns but the identifying ones those that tell the same are treated too. */
  generalise(
    columns: readonly string[],
    filters: readonly Filter[],
    k: number,
  ): Promise<GeneralisedAnswer> {
    return this.inTurn(async () => {
      const protector = await this.protectorOf(columns, filters);
      const protection = await protector.reach(k);
      const kept = this.protector;
      if (kept !== null) kept.bars ??= barsBefore(this.source, protection.of);
      const bars = await riskBars(this.source, protection, (await kept?.bars) ?? []);
      return {
        wanted: k,
        k: protection.after.k,
        rows: protection.after.rows,
        suppressed: protection.suppressed,
        loss: protection.loss,
        columns: protection.columns.map(({ column, same_as, step, loss }) => ({
          column: column.name,
          same_as,
          step,
          loss,
          bars: bars[protection.of.columns.indexOf(column)] ?? null,
        })),
        before: protection.before,
        after: protection.after,
      };
    });
  }

  private async protectorOf(
    columns: readonly string[],
    filters: readonly Filter[],
  ): Promise<Protector> {
    const key = JSON.stringify([columns, filters]);
    if (this.protector?.key !== key) {
      const left = identifying(this.source.dataset);
      const naming = columns.find((name) => left.includes(name));
      if (naming !== undefined) throw identifiesItself(naming);
      const beside = this.source.dataset.columns
        .map(({ name }) => name)
        .filter((name) => !left.includes(name));
      const protector = await Protector.of(this.source, filters, columns, beside);
      await this.keep(protector.of);
      this.protector = { key, protector, bars: null };
    }
    return this.protector.protector;
  }

  private async chosen(
    columns: readonly string[] | null,
    filters: readonly Filter[],
  ): Promise<readonly string[]> {
    return columns ?? proposedColumns(this.source, filters, await this.candidates(filters));
  }

  private async rowsOf(columns: readonly string[], filters: readonly Filter[]): Promise<RiskRows> {
    const of = riskRowsOf(this.source, columns, filters);
    await this.keep(of);
    await makeRiskRows(this.source, of, filters);
    return of;
  }

  /** The figures and what generalises them may be of columns that differ by one that tells the same. */
  private async keep(of: RiskRows): Promise<void> {
    const kept = [of, ...this.made.filter(({ rows }) => rows !== of.rows)];
    for (const old of kept.slice(MOST_MADE)) await dropRiskRows(this.source, old);
    this.made = kept.slice(0, MOST_MADE);
  }

  private candidates(filters: readonly Filter[]): Promise<Candidate[]> {
    const key = JSON.stringify(filters);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    // Only the last selection is looked at again, as other columns are chosen.
    this.known.clear();
    const found = riskCandidates(this.source, filters);
    this.known.set(key, found);
    found.catch(() => this.known.delete(key));
    return found;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.turn.then(work);
    this.turn = next.catch(() => {});
    return next;
  }
}

export function identifiesItself(column: string): AppError {
  return new AppError('usage', `“${column}” identifies by itself and cannot be made coarser.`, {
    hint: 'Leave it out of the columns; it is not given at all.',
  });
}
