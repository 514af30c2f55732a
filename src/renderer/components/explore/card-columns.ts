import type { ChartRow } from '../../../preload/contract/chart-query';
import { isNumberColumn } from '../../../preload/contract/dataset';
import { colorLabel } from '../../charts/color-scale';
import {
  columnTitle,
  exactNumber,
  formatNumber,
  formatValue,
  measureTitle,
  titleCase,
} from '../../charts/format';
import type { Card } from '../../../preload/contract/cards';

/** One column of a card's data as a table: what it is called and how its values read. */
export interface CardColumn {
  /** The answer's own name for it. */
  key: string;
  title: string;
  isNumber: boolean;
  text(value: unknown): string;
}

/** The columns of a card's answer, in the words and decimals of the dataset's columns they show. */
export function cardColumns(card: Card): CardColumn[] {
  switch (card.kind) {
    case 'density': {
      const { x, y, color } = card;
      const shown = Object.entries({ x, y, ...(color === undefined ? {} : { color }) });
      return [
        valueColumn('id', 'id'),
        valueColumn('name', 'name'),
        // A column that stands for two things is told once.
        ...shown
          .filter(([, column], at) => shown.findIndex(([, other]) => other === column) === at)
          .map(([key, column]) => valueColumn(key, column)),
      ];
    }
    case 'histogram':
      return [...binColumns('x0', 'x1', card.column), countColumn('n', 'Pokémon')];
    case 'categories':
      return [
        namesColumn('type', 'Type'),
        countColumn('first', 'As first type'),
        countColumn('second', 'As second type'),
      ];
    case 'pairs':
      return [
        namesColumn('type_1', columnTitle('type_1')),
        namesColumn('type_2', columnTitle('type_2')),
        countColumn('n', 'Pokémon'),
      ];
    case 'spread': {
      const taken = (key: string, measure: string) => ({
        ...valueColumn(key, card.column),
        title: measureTitle(measure, card.column),
      });
      return [
        namesColumn('type', 'Type'),
        countColumn('n', 'Pokémon'),
        taken('low', 'lowest'),
        taken('q1', 'lower quartile of'),
        taken('median', 'median'),
        taken('q3', 'upper quartile of'),
        taken('high', 'highest'),
      ];
    }
    case 'sets':
      return [
        { ...namesColumn('combination', 'In exactly'), text: combinationText },
        countColumn('n', 'Pokémon'),
      ];
    case 'group': {
      const { x, y, color, aggregate } = card;
      const grouped = (key: string, column: string) =>
        isNumberColumn(column)
          ? binColumns(key, `${key}1`, column)
          : [
              {
                ...namesColumn(key, columnTitle(column)),
                text: (value: unknown) => colorLabel(column, value),
              },
            ];
      return [
        ...grouped('x', x),
        ...(color === undefined ? [] : grouped('color', color)),
        aggregate === 'count' || y === undefined
          ? countColumn('y', 'Pokémon')
          : { ...valueColumn('y', y), title: measureTitle(aggregate, y) },
      ];
    }
    default: {
      const never: never = card;
      throw new Error(`unknown card ${JSON.stringify(never)}`);
    }
  }
}

/** What stands in a line of the table, as it is, not as it reads: for the clipboard. */
export function cardValues(columns: readonly CardColumn[], rows: readonly ChartRow[]): unknown[][] {
  return rows.map((row) => columns.map(({ key }) => row[key]));
}

function valueColumn(key: string, column: string): CardColumn {
  return {
    key,
    title: columnTitle(column),
    isNumber: isNumberColumn(column),
    text: (value) => formatValue(column, value),
  };
}

/** A bin holds the values from its one edge up to the other, which is the next bin's. */
function binColumns(from: string, below: string, column: string): CardColumn[] {
  const edge = { isNumber: true, text: exactNumber };
  return [
    { ...edge, key: from, title: `${columnTitle(column)} from` },
    { ...edge, key: below, title: 'to below' },
  ];
}

function countColumn(key: string, title: string): CardColumn {
  return { key, title, isNumber: true, text: (value) => formatNumber(value) };
}

function namesColumn(key: string, title: string): CardColumn {
  return {
    key,
    title,
    isNumber: false,
    text: (value) => (typeof value === 'string' ? titleCase(value) : formatValue(key, value)),
  };
}

function combinationText(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return 'none of them';
  return value.map((name) => titleCase(String(name))).join(', ');
}
