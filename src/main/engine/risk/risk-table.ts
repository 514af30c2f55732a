import type { Filter } from '../../../preload/contract/filters';
import type { Risk, RiskFigures } from '../../../preload/contract/risk';
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

export type RiskAnswer = Omit<Risk, 'dataset' | 'version'>;

/** Asks a loaded table how exposed its rows are. One thing at a time: what it prepares is kept for the next. */
export class RiskTable {
  private turn: Promise<unknown> = Promise.resolve();
  private made: RiskRows | null = null;
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

  private async chosen(
    columns: readonly string[] | null,
    filters: readonly Filter[],
  ): Promise<readonly string[]> {
    return columns ?? proposedColumns(this.source, filters, await this.candidates(filters));
  }

  private async rowsOf(columns: readonly string[], filters: readonly Filter[]): Promise<RiskRows> {
    const of = riskRowsOf(this.source, columns, filters);
    if (this.made !== null && this.made.rows !== of.rows) {
      await dropRiskRows(this.source, this.made);
    }
    this.made = of;
    await makeRiskRows(this.source, of, filters);
    return of;
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
