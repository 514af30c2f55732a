import type { ColumnDescriptor } from '../../preload/contract/descriptor';
import { shapeOfSqlType } from '../../preload/contract/sql-type-shape';
import { type Cell, type Shape, valueText } from '../../preload/contract/value-text';
import type { NewView } from '../../preload/contract/view-format';
import { withinSentence } from '../words/column-words';
import { DASH, formatNumber } from '../words/numbers';
import { nameOf } from '../words/values';
import { cellOf, type Row } from './row';

/** A row's members in a list column, in the order that the column has, if any. */
export function membersOf(row: Row, { name, sqlType, order }: ColumnDescriptor): string[] {
  const cell = cellOf(row, name);
  const shape = shapeOfSqlType(sqlType);
  const of: Shape = 'of' in shape ? shape.of : { kind: 'text' };
  const members = Array.isArray(cell)
    ? (cell as readonly Cell[]).map((each) => valueText(each, of) ?? 'NULL')
    : [];
  if (order === null) return members;
  const places = new Map(order.map((member, place) => [member, place]));
  const place = (member: string) => places.get(member) ?? order.length;
  return members.sort((a, b) => place(a) - place(b) || (a < b ? -1 : a > b ? 1 : 0));
}

/** Those of a column's members that the first view is about: the sets it draws. */
export function membersInView(view: NewView | null, column: string): readonly string[] {
  const card = view?.cards?.find((each) => each.kind === 'sets' && each.column === column);
  return card?.kind === 'sets' ? card.members : [];
}

/** More members than these are counted. */
const MOST_NAMED = 6;

/** The members that matter by name, the others by number: `Red, White and 30 more`. */
export function membersText(
  column: Pick<ColumnDescriptor, 'label' | 'labels' | 'slugs'>,
  members: readonly string[],
  chosen: readonly string[],
): string {
  if (members.length === 0) return DASH;
  if (chosen.length === 0 && members.length <= MOST_NAMED) {
    return members.map((member) => nameOf(column, member)).join(', ');
  }
  const named = chosen.filter((member) => members.includes(member));
  const others = members.length - named.length;
  if (named.length === 0) return `${formatNumber(others)} ${withinSentence(column.label)}`;
  const names = named.map((member) => nameOf(column, member)).join(', ');
  return others === 0 ? names : `${names} and ${formatNumber(others)} more`;
}
