import type { ColumnDescriptor, DatasetDescriptor } from '../../preload/contract/descriptor';
import { cellText } from '../words/values';
import { cellOf, type Row } from './row';
import { RowImage } from './RowImage';
import { ValueChip } from './ValueChip';

interface Props {
  described: DatasetDescriptor;
  column: ColumnDescriptor;
  row: Row;
}

/** A row's value in a column: its picture, a chip where values have colours, or a text. */
export function CellContent({ described, column, row }: Props) {
  if (column.name === described.row.image) {
    return <RowImage described={described} row={row} size={48} />;
  }
  const value = cellOf(row, column.name);
  if (column.palette !== null && typeof value === 'string') {
    return <ValueChip column={column} value={value} />;
  }
  const text = cellText(column, value);
  return <span title={text}>{text}</span>;
}
