import type { Cell } from '../../../preload/contract/value-text';
import { quotedName, TextList } from '../../base/duckdb';
import { knownColumn } from '../column-axis';
import { orderSql } from '../where-sql';
import type { AnswerKind } from './answer-kind';
import { rowIdSql } from './row-id';

export const rows: AnswerKind<'rows'> = ({ columns, sort, from, count }, of) => {
  const names = [...new Set(columns)];
  const listed = names.map((name) => quotedName(knownColumn(of.dataset, name).name));
  const position = quotedName(of.position);
  const order = orderSql(sort, of.dataset, of.position);
  return {
    // Only places are sorted, and the page's rows are read by them.
    sql: `SELECT ${[rowIdSql(of), ...listed].join(', ')} FROM ${of.from}
      WHERE ${position} IN (SELECT ${position} FROM ${of.selected}
        ORDER BY ${order} LIMIT ${count} OFFSET ${from})
      ORDER BY ${order}`,
    cells: true,
    read: (read) => ({ columns: names, rows: read.map(rowOf) }),
  };
};

export const byId: AnswerKind<'byId'> = ({ ids }, of) => {
  const names = of.dataset.columns.map(({ name }) => name);
  return {
    sql: `SELECT ${[rowIdSql(of), ...names.map(quotedName)].join(', ')} FROM ${of.from}
      WHERE list_contains(${of.binder.bind(new TextList(ids))}, ${rowIdSql(of)})
      ORDER BY ${quotedName(of.position)}`,
    cells: true,
    read: (read) => ({ columns: names, rows: read.map(rowOf) }),
  };
};

function rowOf({ cells }: Record<string, unknown>): { id: string; cells: Cell[] } {
  const [id = null, ...rest] = cells as Cell[];
  return { id: String(id), cells: rest };
}
