import { orderSql } from '../where-sql';
import type { AnswerKind } from './answer-kind';
import { rowIdSql } from './row-id';

export const neighbours: AnswerKind<'neighbours'> = ({ id, sort }, of) => ({
  sql: `SELECT position, previous, next FROM (
      SELECT ${rowIdSql(of)} AS id, (row_number() OVER place)::DOUBLE AS position,
        lag(${rowIdSql(of)}) OVER place AS previous, lead(${rowIdSql(of)}) OVER place AS next
      FROM ${of.selected} WINDOW place AS (ORDER BY ${orderSql(sort, of.dataset, of.position)})
    ) WHERE id = ${of.binder.bind(id)}`,
  read: ([row]) =>
    row === undefined
      ? null
      : {
          position: Number(row['position']),
          previous: row['previous'] === null ? null : String(row['previous']),
          next: row['next'] === null ? null : String(row['next']),
        },
});
