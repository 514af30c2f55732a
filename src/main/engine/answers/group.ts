import { isBinnedColumn, isNumberColumn } from '../../../preload/contract/descriptor';
import {
  COLOR_BINS,
  MOST_COLORS,
  OTHER_COLOR,
  type QuestionOf,
} from '../../../preload/contract/questions';
import { AppError } from '../../../preload/contract/errors';
import { quotedName, TextList } from '../../base/duckdb';
import { type Binning, binningOver } from '../binning';
import { axisSql, eachValueSql, knownColumn, numberSql, scalarOf } from '../column-axis';
import { freeName } from '../free-name';
import { type AnswerKind, type AskedOf, count, figure } from './answer-kind';
import { AGGREGATE_SQL } from './summary';

/** Groups of a text column: those of the most rows of the whole dataset. */
const MOST_GROUPS = 1000;

export const group: AnswerKind<'group'> = async (question, of) => {
  const x = await keyOf('x', question.x, question.bins, MOST_GROUPS, null, of);
  const color =
    question.color === undefined
      ? null
      : await keyOf('color', question.color, COLOR_BINS, MOST_COLORS, OTHER_COLOR, of);
  const from = color === null ? x.over(of.selected) : color.over(x.over(of.selected));
  return {
    sql: `
      SELECT ${x.sql} AS x, ${color?.sql ?? 'NULL'} AS color, count(*)::DOUBLE AS n,
        ${valueSql(question, of)} AS y, ${unmeasuredSql(question, of)} AS unmeasured
      FROM ${from}
      GROUP BY 1, 2 ORDER BY ${orderOf(question.x, x, of)}x NULLS LAST,
        ${color === null ? '' : orderOf(question.color, color, of)}color NULLS LAST`,
    read: (rows) => {
      const shown = rows.filter((row) => x.binning === undefined || row['x'] !== null);
      const out = rows.filter((row) => !shown.includes(row));
      return {
        groups: shown.map((row) => {
          const [xFrom, xTo] = x.read(row['x']);
          const [colorFrom, colorTo] = color?.read(row['color']) ?? [null, undefined];
          return {
            x: xFrom,
            ...(xTo === undefined ? {} : { x1: xTo }),
            color: colorFrom,
            ...(colorTo === undefined ? {} : { color1: colorTo }),
            y: question.aggregate === 'count' ? count(row['n']) : figure(row['y']),
          };
        }),
        edges: x.binning?.edges ?? [],
        leftOut: out.reduce((sum, row) => sum + count(row['n']), 0),
        unmeasured: count(rows[0]?.['unmeasured']),
      };
    },
  };
};

/** Numbers that are told apart one by one are keys as text, and stand in their own order. */
function orderOf(name: string | undefined, { sql }: Key, of: AskedOf): string {
  const column = name === undefined ? undefined : knownColumn(of.dataset, name);
  const isText = isNumberColumn(column) && !isBinnedColumn(column);
  return isText ? `min(TRY_CAST(${sql} AS DOUBLE)) NULLS LAST, ` : '';
}

function valueSql({ aggregate, y }: QuestionOf<'group'>, of: AskedOf): string {
  if (aggregate === 'count') return 'NULL';
  if (y !== undefined) return AGGREGATE_SQL[aggregate](numberSql(of.dataset, y));
  throw new AppError('bad-view', `The ${aggregate} needs a column to be taken of.`, {
    hint: 'Choose a column for y, or count.',
  });
}

/** Rows without a value to aggregate; each once, also where a list puts it in several groups. */
function unmeasuredSql({ aggregate, y }: QuestionOf<'group'>, of: AskedOf): string {
  if (aggregate === 'count' || y === undefined) return '0';
  return `(SELECT count(*) FROM ${of.selected} WHERE ${numberSql(of.dataset, y)} IS NULL)::DOUBLE`;
}

/** What rows are grouped by: bins of an ordered column, values of any other. */
interface Key {
  sql: string;
  /** Null where the column has no finite value, absent where it is not ordered. */
  binning?: Binning | null;
  over(selected: string): string;
  read(key: unknown): [from: string | number | boolean | null, to?: number];
}

async function keyOf(
  as: 'x' | 'color',
  name: string,
  bins: number,
  most: number,
  other: string | null,
  of: AskedOf,
): Promise<Key> {
  const column = knownColumn(of.dataset, name);
  if (isBinnedColumn(column)) {
    const axis = axisSql(of.dataset, name);
    const binning = binningOver(column, axis, bins, await of.extentOf(name));
    return {
      sql: binning?.numberSql ?? 'NULL::BIGINT',
      binning,
      over: (selected) => selected,
      read: (key) => {
        const at = Number(key);
        const from = binning?.edges[at];
        if (key === null || from === undefined) return [null];
        return [from, binning?.edges[at + 1] ?? from];
      },
    };
  }
  const names = of.dataset.columns.map((each) => each.name);
  const each = quotedName(freeName(names, `#value of ${as}`));
  const over = (selected: string) =>
    `(SELECT *, ${eachValueSql(of.dataset, [name])} AS ${each} FROM ${selected})`;
  const element = column.type === 'list' ? { ...column, type: 'text' as const } : column;
  const frequent = await of.frequentOf(name, most);
  const isFrequent = () =>
    `${each} IN (SELECT unnest(${of.binder.bind(new TextList(frequent.values))}))`;
  return {
    sql: frequent.all
      ? each
      : `CASE WHEN ${each} IS NULL OR ${isFrequent()} THEN ${each}
          ELSE ${of.binder.bind(other ?? OTHER_COLOR)} END`,
    over,
    read: (key) => [key === OTHER_COLOR ? OTHER_COLOR : scalarOf(key, element)],
  };
}
