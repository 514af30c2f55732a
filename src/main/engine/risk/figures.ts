import type { RiskClasses, RiskFigures } from '../../../preload/contract/risk';
import { type RiskRows, type RiskSource, toldNames } from './risk-rows';

/** How many rows are alike in all columns, and which columns single them out. */
export async function riskFigures(source: RiskSource, of: RiskRows): Promise<RiskFigures> {
  const columns = of.columns.map(({ name }) => name);
  const classes = await classesOf(source, `SELECT n FROM ${of.classes}`);
  const by_column = await singledOut(source, of, classes);
  const { rows, k, unique_rows, sizes } = classes;
  return { rows, columns, k, classes: classes.classes, unique_rows, sizes, by_column };
}

/** @param sql gives `n`, the rows of each class */
export async function classesOf(
  { run }: Pick<RiskSource, 'run'>,
  sql: string,
): Promise<RiskClasses> {
  const [read = []] = await run([
    {
      sql: `SELECT n::DOUBLE AS size, count(*)::DOUBLE AS classes FROM (${sql}) GROUP BY n ORDER BY n`,
      values: {},
    },
  ]);
  const sizes = read.map(({ size, classes }) => ({ size: Number(size), classes: Number(classes) }));
  return {
    rows: sizes.reduce((sum, { size, classes }) => sum + size * classes, 0),
    k: sizes[0]?.size ?? null,
    classes: sizes.reduce((sum, { classes }) => sum + classes, 0),
    unique_rows: sizes[0]?.size === 1 ? sizes[0].classes : 0,
    sizes,
  };
}

/** By each column and each two of them; more columns never single out fewer rows. */
async function singledOut(
  source: RiskSource,
  of: RiskRows,
  all: RiskClasses,
): Promise<RiskFigures['by_column']> {
  const names = toldNames(of);
  const label = (at: readonly number[]) => at.map((one) => of.columns[one]?.name ?? '');
  const singles = names.map((_, at) => [at]);
  const alone = await uniqueRows(source, of, singles);
  const pairs = names.flatMap((_, a) => names.slice(a + 1).map((__, b) => [a, a + 1 + b]));
  const known = (pair: readonly number[]): number | null => {
    if (names.length === 2) return all.unique_rows;
    return pair.some((at) => alone[at] === all.unique_rows) ? all.unique_rows : null;
  };
  const open = pairs.filter((pair) => known(pair) === null);
  const counts = await uniqueRows(source, of, open);
  const counted = new Map(open.map((pair, at) => [pair, counts[at] ?? 0]));
  return [
    ...singles.map((at, index) => ({ columns: label(at), unique_rows: alone[index] ?? 0 })),
    ...pairs.map((pair) => ({
      columns: label(pair),
      unique_rows: known(pair) ?? counted.get(pair) ?? 0,
    })),
  ].sort((a, b) => b.unique_rows - a.unique_rows || a.columns.length - b.columns.length);
}

async function uniqueRows(
  { run }: RiskSource,
  of: RiskRows,
  sets: readonly (readonly number[])[],
): Promise<number[]> {
  if (sets.length === 0) return [];
  const names = toldNames(of);
  const read = await run(
    sets.map((set) => ({
      sql: `SELECT count(*)::DOUBLE AS n FROM (SELECT 1 FROM ${of.classes}
        GROUP BY ${set.map((at) => names[at] ?? '').join(', ')} HAVING sum(n) = 1)`,
      values: {},
    })),
  );
  return read.map(([row]) => Number(row?.['n'] ?? 0));
}
