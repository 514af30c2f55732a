import { memberKeySql } from '../where-sql';
import { knownColumn } from '../column-axis';
import { type AnswerKind, count } from './answer-kind';

export const sets: AnswerKind<'sets'> = ({ column, members }, { dataset, selected, binder }) => {
  knownColumn(dataset, column);
  const key = memberKeySql(column, [...new Set(members)], binder);
  return {
    sql: `SELECT ${key} AS key, count(*)::DOUBLE AS n FROM ${selected}
      GROUP BY key ORDER BY n DESC, key`,
    read: (rows) => ({
      sets: rows.map(({ key: text, n }) => ({
        set: text === '' ? [] : String(text).split('\n'),
        n: count(n),
      })),
    }),
  };
};
