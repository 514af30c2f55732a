import { quotedName } from '../../base/duckdb';
import { orderSql } from '../where-sql';
import type { AnswerKind, AskedOf } from './answer-kind';
import { rowIdSql } from './row-id';

export const neighbours: AnswerKind<'neighbours'> = ({ id, sort }, of) => ({
  sql:
    sort.length === 0
      ? byPosition(id, of)
      : byOrder(id, orderSql(sort, of.dataset, of.position), of),
  read: ([row]) =>
    row === undefined
      ? null
      : {
          position: Number(row['position']),
          previous: row['previous'] === null ? null : String(row['previous']),
          next: row['next'] === null ? null : String(row['next']),
        },
});

/** Nothing is sorted: the rows before and after are those of the nearest positions. */
function byPosition(id: string, of: AskedOf): string {
  const position = quotedName(of.position);
  const idAt = (wanted: string) =>
    `(SELECT ${rowIdSql(of)} FROM ${of.from} WHERE ${position} = ${wanted})`;
  return `SELECT places::DOUBLE AS position, ${idAt('before')} AS previous, ${idAt('after')} AS next
    FROM (
      SELECT here, count(*) FILTER (place <= here) AS places,
        max(place) FILTER (place < here) AS before, min(place) FILTER (place > here) AS after
      FROM (SELECT ${position} AS place FROM ${of.selected}),
        (SELECT ${position} AS here FROM ${of.selected} WHERE ${rowIdSql(of)} = ${of.binder.bind(id)})
      GROUP BY here)`;
}

function byOrder(id: string, order: string, of: AskedOf): string {
  return `SELECT position, previous, next FROM (
      SELECT ${rowIdSql(of)} AS id, (row_number() OVER place)::DOUBLE AS position,
        lag(${rowIdSql(of)}) OVER place AS previous, lead(${rowIdSql(of)}) OVER place AS next
      FROM ${of.selected} WINDOW place AS (ORDER BY ${order})
    ) WHERE id = ${of.binder.bind(id)}`;
}
