import { memo } from 'react';
import type { DatasetDescriptor } from '../../../preload/contract/descriptor';
import { CellContent } from '../../row/CellContent';
import { hasCell, type Row } from '../../row/row';
import type { ColumnSpec } from './column-specs';
import { cellStyle } from './HeaderCell';
import type { DrawnColumn } from './use-column-range';
import { ComparedIcon, NotComparedIcon } from '../icons';
import classes from './RowTable.module.css';

interface Props {
  described: DatasetDescriptor;
  /** Undefined while it is fetched. */
  row: Row | undefined;
  index: number;
  top: number;
  height: number;
  specs: readonly ColumnSpec[];
  drawn: readonly DrawnColumn[];
  frozen: number;
  /** The column with the grid's focus, counted with the compare column; null in other rows. */
  active: number | null;
  selected: boolean;
  compared: boolean;
  opened: boolean;
}

/** One row of the table. Clicks and keys are taken by the grid, by `data-row` and `data-action`. */
export const TableRow = memo(function TableRow(props: Props) {
  const { row, index, specs, frozen, active } = props;
  return (
    <div
      role="row"
      className={classes['tr']}
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      aria-busy={row === undefined || undefined}
      data-row={index}
      data-odd={index % 2 === 1 || undefined}
      data-opened={props.opened || undefined}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
    >
      <div
        role="gridcell"
        className={classes['compareCell']}
        aria-colindex={1}
        tabIndex={active === 0 ? 0 : -1}
        data-cell={`${index} 0`}
        data-action="compare"
        data-pinned
        data-on={props.compared || undefined}
        aria-label={props.compared ? 'compared' : 'not compared'}
        title={props.compared ? 'Take out of the comparison' : 'Compare'}
      >
        {props.compared ? <ComparedIcon /> : <NotComparedIcon />}
      </div>
      {props.drawn.map((place) => {
        const at = place.index;
        const spec = specs[at];
        if (spec === undefined) return null;
        return (
          <div
            key={spec.name}
            role="gridcell"
            className={classes['td']}
            aria-colindex={at + 2}
            tabIndex={active === at + 1 ? 0 : -1}
            data-cell={`${index} ${at + 1}`}
            data-column={spec.name}
            data-kind={spec.kind}
            data-pinned={at < frozen || undefined}
            data-edge={at === frozen - 1 || undefined}
            style={cellStyle(place, at < frozen)}
          >
            {row === undefined || (spec.kind !== 'image' && !hasCell(row, spec.name)) ? (
              <span className={classes['bone']} />
            ) : (
              <CellContent described={props.described} column={spec.column} row={row} />
            )}
          </div>
        );
      })}
    </div>
  );
});
