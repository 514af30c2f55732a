import type { ReactNode } from 'react';
import type { ColumnDescriptor, DatasetDescriptor } from '../../../preload/contract/descriptor';
import { membersInView, membersOf, membersText } from '../../row/members';
import { cellOf, type Row, titleOfRow } from '../../row/row';
import type { RowParts } from '../../row/row-parts';
import { SlotChips } from '../../row/SlotChips';
import { useDescribed } from '../../state/described';
import { usualColumns } from '../../state/usual-columns';
import { titleOf } from '../../words/column-words';
import { cellText, figureText } from '../../words/values';
import { type ComparedCell, comparedCells, comparedColumns } from './compared-values';
import classes from './CompareScreen.module.css';

interface Props {
  described: DatasetDescriptor;
  parts: RowParts;
  rows: readonly Row[];
}

/** Every value side by side; the highest of a line is marked, the others say how far below it. */
export function DifferencesTable({ described, parts, rows }: Props) {
  const firstView = useDescribed((state) => state.firstView);
  const usual = new Set(usualColumns({ described, firstView }));
  const facts = parts.facts.filter(({ name }) => usual.has(name));
  return (
    <div className={classes['tableFrame']} role="region" aria-label="Differences" tabIndex={0}>
      <table className={classes['table']}>
        <caption>
          <BestMark /> marks the highest of a row; small numbers are the distance to it.
        </caption>
        <thead>
          <tr>
            <th scope="col">Value</th>
            {rows.map((row) => (
              <th key={row.id} scope="col">
                {titleOfRow(described, row)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parts.slots.map((part) => (
            <Line key={part.group.id} title={part.group.label} rows={rows}>
              {(row) => (
                <span className={classes['chips']}>
                  <SlotChips part={part} row={row} />
                </span>
              )}
            </Line>
          ))}
          {comparedColumns(parts).map((column) => (
            <tr key={column.name}>
              <th scope="row">{titleOf(column)}</th>
              {comparedCells(column.name, rows).map((cell, index) => (
                <NumberCell
                  key={index}
                  column={column}
                  cell={cell}
                  text={textIn(column, rows[index])}
                />
              ))}
            </tr>
          ))}
          {facts.map((column) => (
            <Line key={column.name} title={titleOf(column)} rows={rows} words>
              {(row) => textIn(column, row)}
            </Line>
          ))}
          {parts.lists.map((column) => {
            const chosen = membersInView(firstView, column.name);
            return (
              <Line key={column.name} title={column.label} rows={rows} words>
                {(row) => membersText(column, membersOf(row, column), chosen)}
              </Line>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps {
  title: string;
  rows: readonly Row[];
  words?: boolean;
  children(row: Row): ReactNode;
}

function Line({ title, rows, words = false, children }: LineProps) {
  return (
    <tr>
      <th scope="row">{title}</th>
      {rows.map((row) => (
        <td key={row.id} className={words ? classes['words'] : undefined}>
          {children(row)}
        </td>
      ))}
    </tr>
  );
}

function textIn(column: ColumnDescriptor, row: Row | undefined): string {
  return row === undefined ? '' : cellText(column, cellOf(row, column.name));
}

interface CellProps {
  column: ColumnDescriptor;
  cell: ComparedCell;
  text: string;
}

function NumberCell({ column, cell, text }: CellProps) {
  return (
    <td data-best={cell.best || undefined}>
      {cell.best && <BestMark />}
      <span>{text}</span>
      {cell.best && <span className={classes['hidden']}> highest</span>}
      <span className={classes['behind']}>
        {cell.behind !== null && `−${figureText(column, cell.behind)}`}
      </span>
    </td>
  );
}

function BestMark() {
  return (
    <svg className={classes['best']} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      <path d="M5 0 10 5 5 10 0 5z" fill="currentColor" />
    </svg>
  );
}
