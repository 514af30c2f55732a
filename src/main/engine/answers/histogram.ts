import { isNumberColumn } from '../../../preload/contract/descriptor';
import type { QuestionOf } from '../../../preload/contract/questions';
import { type Binning, binningOver } from '../binning';
import { axisSql, knownColumn } from '../column-axis';
import { clippedBinning, logBinning } from '../uneven-bins';
import { type AnswerKind, type AskedOf, count } from './answer-kind';

export const histogram: AnswerKind<'histogram'> = async (question, of) => {
  const binning = await binningOf(question, of);
  const bin = binning?.numberSql ?? 'NULL::BIGINT';
  return {
    sql: `SELECT ${bin} AS bin, count(*)::DOUBLE AS n FROM ${of.selected} GROUP BY bin`,
    read: (rows) => {
      const edges = binning?.edges ?? [];
      const counts = Array.from({ length: Math.max(0, edges.length - 1) }, () => 0);
      let leftOut = 0;
      for (const { bin: at, n } of rows) {
        if (at === null) leftOut += count(n);
        else counts[Number(at)] = (counts[Number(at)] ?? 0) + count(n);
      }
      return { edges, counts, leftOut };
    },
    byNumber: {
      sql: bin,
      rows: (counted) => counted.map(({ code, n }) => ({ bin: code, n })),
    },
  };
};

/** Over the whole table, whatever is selected. Moments have only their natural widths. */
async function binningOf(
  { column: name, bins, axis: kind = 'linear' }: QuestionOf<'histogram'>,
  of: AskedOf,
): Promise<Binning | null> {
  const column = knownColumn(of.dataset, name);
  const axis = axisSql(of.dataset, name);
  if (kind === 'log' && isNumberColumn(column))
    return logBinning(column, axis, bins, await of.extentOf(name, true));
  const extent = await of.extentOf(name);
  if (kind !== 'clipped' || !isNumberColumn(column)) return binningOver(column, axis, bins, extent);
  return clippedBinning(column, axis, bins, extent, await of.nearOf(name));
}
