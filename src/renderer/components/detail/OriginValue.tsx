import type { ColumnDescriptor, DatasetDescriptor } from '../../../preload/contract/descriptor';
import type { Row } from '../../row/row';
import { hasOrigins, showOrigin } from '../origin/origin-store';
import classes from './DetailPanel.module.css';

interface Props {
  described: DatasetDescriptor;
  column: ColumnDescriptor;
  row: Row;
  children: string;
}

/** A value's text, which tells where the value came from where that is known. */
export function OriginValue({ described, column, row, children }: Props) {
  if (!hasOrigins(described)) return children;
  return (
    <button
      type="button"
      className={classes['origin']}
      title="Where this value came from"
      aria-haspopup="dialog"
      onClick={(event) => showOrigin(described, column, row, event.currentTarget)}
    >
      {children}
    </button>
  );
}
