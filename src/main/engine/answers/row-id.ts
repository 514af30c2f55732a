import { quotedName } from '../../base/duckdb';
import type { Table } from './answer-kind';

type RowsTable = Pick<Table, 'dataset' | 'position'>;

/** SQL of a row's id: its key as text, or `#` and its position. */
export function rowIdSql({ dataset, position }: RowsTable): string {
  const { key } = dataset.row;
  return key === null ? `'#' || ${quotedName(position)}` : `${quotedName(key)}::VARCHAR`;
}

/** SQL of what a row is called; its id where no column says. */
export function rowTitleSql(of: RowsTable): string {
  const { title } = of.dataset.row;
  const id = rowIdSql(of);
  return title === null ? id : `coalesce(${quotedName(title)}::VARCHAR, ${id})`;
}
