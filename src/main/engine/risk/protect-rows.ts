import { type ColumnDescriptor, isTimeColumn } from '../../../preload/contract/descriptor';
import type { Filter } from '../../../preload/contract/filters';
import type { GeneralStep, RiskClasses } from '../../../preload/contract/risk';
import { quotedName } from '../../base/duckdb';
import { knownColumn } from '../column-axis';
import { plainStatement } from '../statements';
import { selectedRows } from './propose-columns';
import { classesOf } from './figures';
import { Generaliser } from './generalise';
import { makeRiskRows, type RiskRows, riskRowsOf, type RiskSource, toldNames } from './risk-rows';
import { type SampledColumn, sampledColumns } from './sampled-rows';
import { type Relation, relationOf, tellingTogether } from './same-columns';
import { multipleSql, multipliedStep, stepSql, stepType, utcSql } from './step-sql';
import { toldKind, toldSql } from './told-values';

/** How a column is given. */
export interface ProtectedColumn {
  column: ColumnDescriptor;
  /** The chosen column that tells the same. */
  same_as: string | null;
  step: GeneralStep;
  loss: number;
  /** SQL of what is given for a row, and its type; null where nothing is. */
  given: { sql: string; sqlType: string } | null;
}

export interface Protection {
  k: number;
  /** The chosen columns first, then those that tell the same. */
  columns: ProtectedColumn[];
  of: RiskRows;
  /** Of `of`'s columns. */
  steps: GeneralStep[];
  /** The table of the classes that they make; see ChosenSteps. */
  given: string;
  /** Rows in classes smaller than k, which are to be left out. */
  suppressed: number;
  loss: number;
  before: RiskClasses;
  after: RiskClasses;
}

/** A chosen column that is another one's multiple is treated with it, like any other. */
interface Multiple {
  column: ColumnDescriptor;
  of: number;
  factor: number;
}

/** Finds for some columns, and all that tell the same, how they have to be given for any k. */
export class Protector {
  private bits: Promise<number[]> | null = null;
  private readonly related = new Map<string, Relation | null>();
  private readonly told = new Map<string, boolean>();
  private readonly telling = new Map<string, string[]>();

  private constructor(
    private readonly source: RiskSource,
    private readonly filters: readonly Filter[],
    private readonly beside: readonly ColumnDescriptor[],
    private readonly known: ReadonlyMap<string, SampledColumn>,
    private readonly multiples: readonly Multiple[],
    private readonly search: Generaliser,
    private readonly before: RiskClasses,
  ) {}

  /**
   * @param quasi what somebody may know
   * @param beside what else is given of the rows
   */
  static async of(
    source: RiskSource,
    filters: readonly Filter[],
    quasi: readonly string[],
    beside: readonly string[],
  ): Promise<Protector> {
    const columns = quasi.map((name) => knownColumn(source.dataset, name));
    const others = beside
      .filter((name) => !quasi.includes(name))
      .map((name) => knownColumn(source.dataset, name));
    const known = await sampledValues(source, filters, [...columns, ...others]);
    const searched: ColumnDescriptor[] = [];
    const multiples: Multiple[] = [];
    for (const column of columns) {
      const factors = searched.map(({ name }) => factorBetween(known, name, column.name));
      const at = factors.findIndex((factor) => factor !== null);
      const factor = factors[at] ?? null;
      if (factor === null) searched.push(column);
      else multiples.push({ column, of: at, factor });
    }
    const of = riskRowsOf(
      source,
      searched.map(({ name }) => name),
      filters,
    );
    await makeRiskRows(source, of, filters);
    const search = await Generaliser.of(source, of);
    const before = await classesOf(source, `SELECT n FROM ${of.classes}`);
    return new Protector(source, filters, others, known, multiples, search, before);
  }

  get of(): RiskRows {
    return this.search.of;
  }

  async reach(k: number): Promise<Protection> {
    const { of } = this;
    // Its engine may have been started again since.
    await makeRiskRows(this.source, of, this.filters);
    const { steps, suppressed, given } = await this.search.reach(k);
    const [losses, after] = await Promise.all([
      this.losses(given),
      classesOf(this.source, `SELECT n FROM ${given} WHERE n >= ${k}`),
    ]);
    const chosen = of.columns.map((column, at) => {
      const step = steps[at] ?? { kind: 'dropped' };
      return ownStep(column, step, losses[at] ?? 1);
    });
    const columns = [...chosen, ...this.multiples.map((one) => multipleOf(one, chosen[one.of]))];
    const { rows } = this.before;
    const lost = chosen.reduce((sum, { loss }) => sum + loss, 0) / Math.max(1, chosen.length);
    const left = rows === 0 ? 1 : 1 - suppressed / rows;
    return {
      k,
      columns: [...columns, ...(await this.alsoTelling(chosen))],
      of,
      steps,
      given,
      suppressed,
      loss: 1 - left * (1 - lost),
      before: this.before,
      after,
    };
  }

  /** The other columns that tell of a treated one, and how they are given. */
  private async alsoTelling(chosen: readonly ProtectedColumn[]): Promise<ProtectedColumn[]> {
    const treated = chosen.filter(({ step }) => step.kind !== 'exact');
    const found: ProtectedColumn[] = [];
    for (const column of this.beside) {
      const one = await this.besideOf(column, treated);
      if (one !== null) found.push(one);
    }
    const names = found.map(({ column }) => column.name);
    const isLeft = ({ name }: ColumnDescriptor) => !names.includes(name);
    const exact = chosen.filter(({ step }) => step.kind === 'exact').map(({ column }) => column);
    const numbers = (column: ColumnDescriptor) => this.known.get(column.name)?.numbers ?? EMPTY;
    const key = JSON.stringify([treated.map(({ column }) => column.name), names]);
    const telling =
      this.telling.get(key) ??
      tellingTogether(
        treated.map(({ column }) => numbers(column)).filter(isNumeric),
        this.beside
          .filter((column) => isLeft(column) && isNumeric(numbers(column)))
          .slice(0, MOST_SUMMED)
          .flatMap(({ name }) => {
            const sampled = this.known.get(name);
            return sampled === undefined ? [] : [{ ...sampled, name }];
          }),
        exact.map(numbers).filter(isNumeric),
      );
    this.telling.set(key, telling);
    const [first] = treated;
    return [
      ...found,
      ...this.beside
        .filter(({ name }) => telling.includes(name))
        .map((column) => dropped(column, first?.column.name ?? null)),
    ];
  }

  private async besideOf(
    column: ColumnDescriptor,
    treated: readonly ProtectedColumn[],
  ): Promise<ProtectedColumn | null> {
    const related = treated.flatMap((one) => {
      const relation = this.relation(one.column.name, column.name);
      return relation === null ? [] : [{ one, relation }];
    });
    const multiple = related.find(({ relation }) => relation.factor !== null);
    if (multiple !== undefined && multiple.relation.factor !== null) {
      return multipleOf({ column, factor: multiple.relation.factor }, multiple.one);
    }
    for (const { one } of related) {
      if (!(await this.isToldBy(column, one))) return dropped(column, one.column.name);
    }
    return null;
  }

  private relation(column: string, other: string): Relation | null {
    const key = JSON.stringify([column, other]);
    const known = this.related.get(key);
    if (known !== undefined) return known;
    const [a, b] = [this.known.get(column), this.known.get(other)];
    const relation = a === undefined || b === undefined ? null : relationOf(a, b);
    this.related.set(key, relation);
    return relation;
  }

  /** Whether what is given of the chosen column tells the other one as it is: then it hides nothing. */
  private async isToldBy(column: ColumnDescriptor, { given }: ProtectedColumn): Promise<boolean> {
    if (given === null) return false;
    const key = JSON.stringify([column.name, given.sql]);
    const known = this.told.get(key);
    if (known !== undefined) return known;
    const { sql, values } = selectedRows(this.source, this.filters);
    const [[row] = []] = await this.source.run([
      plainStatement({
        sql: `SELECT count(*) = count(DISTINCT {g: g}) AS told
          FROM (SELECT DISTINCT ${given.sql} AS g, ${toldSql(column)} AS c FROM ${sql})`,
        values,
      }),
    ]);
    const isTold = row?.['told'] === true;
    this.told.set(key, isTold);
    return isTold;
  }

  /** Of each searched column's entropy. */
  private async losses(given: string): Promise<number[]> {
    const { of, source } = this;
    this.bits ??= entropies(source, of.classes, toldNames(of));
    const before = await this.bits;
    const after = await entropies(
      source,
      given,
      of.columns.map((_, at) => `g${at}`),
    );
    return before.map((bits, at) =>
      bits === 0 ? 0 : Math.min(1, Math.max(0, 1 - (after[at] ?? 0) / bits)),
    );
  }
}

/** Of the columns of a table of classes, in bits. */
async function entropies(
  { run }: RiskSource,
  table: string,
  names: readonly string[],
): Promise<number[]> {
  const read = await run(
    names.map((name) => ({
      sql: `SELECT coalesce(-sum(p * log2(p)), 0)::DOUBLE AS bits
        FROM (SELECT sum(n) / sum(sum(n)) OVER () AS p FROM ${table} GROUP BY ${name})`,
      values: {},
    })),
  );
  return read.map(([row]) => Number(row?.['bits'] ?? 0));
}

const EMPTY = new Float64Array();
/** Columns that are tried in sums. */
const MOST_SUMMED = 60;

function isNumeric(numbers: Float64Array): boolean {
  return numbers.some((number) => !Number.isNaN(number));
}

function ownStep(column: ColumnDescriptor, step: GeneralStep, loss: number): ProtectedColumn {
  const given =
    step.kind === 'dropped'
      ? null
      : { sql: stepSql(column, step), sqlType: stepType(column, step) };
  return { column, same_as: null, step, loss, given };
}

function dropped(column: ColumnDescriptor, same_as: string | null): ProtectedColumn {
  return { column, same_as, step: { kind: 'dropped' }, loss: 1, given: null };
}

/** Given as the column is of which it is a multiple, in its own unit. */
function multipleOf(
  { column, factor }: Pick<Multiple, 'column' | 'factor'>,
  of: ProtectedColumn | undefined,
): ProtectedColumn {
  const step = of === undefined ? null : multipliedStep(of.step, factor);
  if (of === undefined || of.given === null || step === null) {
    return dropped(column, of?.column.name ?? null);
  }
  const given = {
    sql: multipleSql(column, of.column, of.step, factor),
    sqlType: stepType(column, step),
  };
  return { column, same_as: of.column.name, step, loss: of.loss, given };
}

function factorBetween(
  known: ReadonlyMap<string, SampledColumn>,
  name: string,
  other: string,
): number | null {
  const [a, b] = [known.get(name), known.get(other)];
  return a === undefined || b === undefined ? null : (relationOf(a, b)?.factor ?? null);
}

const [MOST_ROWS, MOST_VALUES] = [5_000, 400_000];

async function sampledValues(
  source: RiskSource,
  filters: readonly Filter[],
  columns: readonly ColumnDescriptor[],
): Promise<Map<string, SampledColumn>> {
  const { sql, values } = selectedRows(source, filters);
  const [[counted] = []] = await source.run([
    plainStatement({ sql: `SELECT count(*)::DOUBLE AS n FROM ${sql}`, values }),
  ]);
  const most = Math.min(MOST_ROWS, MOST_VALUES / Math.max(1, columns.length));
  const every = Math.max(1, Math.ceil(Number(counted?.['n'] ?? 0) / most));
  const position = quotedName(source.position);
  const sampled = await sampledColumns(
    source.run,
    columns.map((column) => ({ value: toldSql(column), number: numberOf(column) })),
    {
      from: `(SELECT * FROM ${sql} WHERE hash(${position}) % ${every} = 0)`,
      order: position,
      values: plainStatement({ sql, values }).values,
    },
  );
  return new Map(
    columns.flatMap(({ name }, at) => {
      const one = sampled[at];
      return one === undefined ? [] : [[name, one] as const];
    }),
  );
}

function numberOf(column: ColumnDescriptor): string | null {
  const told = toldSql(column);
  if (toldKind(column) === 'number') {
    return `CASE WHEN isfinite(${told}::DOUBLE) THEN ${told}::DOUBLE END`;
  }
  if (!isTimeColumn(column)) return null;
  return `CASE WHEN isfinite(${told}) THEN epoch_us(${utcSql(told, column.sqlType)}) END`;
}
