import { Fragment, memo } from 'react';
import type { ChartRow } from '../../../preload/contract/chart-query';
import { cellText } from './cell-text';
import type { ColumnSpec } from './column-specs';
import { cellStyle } from './HeaderCell';
import { Sprite } from './Sprite';
import { ComparedIcon, NotComparedIcon } from '../icons';
import { TypeChip } from './TypeChip';
import classes from './PokemonTable.module.css';

interface Props {
  /** Undefined while it is fetched. */
  row: ChartRow | undefined;
  index: number;
  top: number;
  height: number;
  specs: readonly ColumnSpec[];
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
      {specs.map((spec, at) => (
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
          style={cellStyle(spec.name, at < frozen)}
        >
          {row === undefined ? (
            <span className={classes['bone']} />
          ) : (
            <CellContent spec={spec} row={row} />
          )}
        </div>
      ))}
    </div>
  );
});

function CellContent({ spec, row }: { spec: ColumnSpec; row: ChartRow }) {
  const value = row[spec.name];
  if (spec.kind === 'sprite') {
    const types = [textOrNull(row['type_1']), textOrNull(row['type_2'])];
    return <Sprite id={Number(row['id'])} types={types} size={48} />;
  }
  if (spec.kind === 'type' && typeof value === 'string') return <TypeChip type={value} />;
  const text = cellText(spec.name, value);
  const long = spec.kind === 'list' || spec.kind === 'text';
  if (long) return <span title={text}>{text}</span>;
  return <Fragment>{text}</Fragment>;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
