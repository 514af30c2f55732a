import { binningOver } from '../binning';
import { axisSql, knownColumn } from '../column-axis';
import { type AnswerKind, count } from './answer-kind';

export const histogram: AnswerKind<'histogram'> = async ({ column, bins }, of) => {
  const axis = axisSql(of.dataset, column);
  const extent = await of.extentOf(column);
  const binning = binningOver(knownColumn(of.dataset, column), axis, bins, extent);
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
  };
};
