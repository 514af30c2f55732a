import type { ChartRow } from '../../../preload/contract/chart-query';
import { columnTitle, formatValue } from '../../charts/format';
import { useApp } from '../../state/app-store';
import { cellText } from '../table/cell-text';
import { TypeChip } from '../table/TypeChip';
import { textsOf, typesOf } from '../detail/stat-values';
import { COMPARED_COLUMNS, type ComparedCell, comparedCells, gamesText } from './compared-values';
import classes from './CompareScreen.module.css';

/** Every value side by side; the highest of a row is marked, the others say how far below it. */
export function DifferencesTable({ rows }: { rows: readonly ChartRow[] }) {
  const games = useApp((state) => state.dataset?.games);
  const chosen = Array.isArray(games) ? games : [];
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
              <th key={Number(row['id'])} scope="col">
                {String(row['name'])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Types</th>
            {rows.map((row) => (
              <td key={Number(row['id'])}>
                <span className={classes['chips']}>
                  {typesOf(row).map((type) => (
                    <TypeChip key={type} type={type} />
                  ))}
                </span>
              </td>
            ))}
          </tr>
          {COMPARED_COLUMNS.map((column) => (
            <tr key={column}>
              <th scope="row">{columnTitle(column)}</th>
              {comparedCells(column, rows).map((cell, index) => (
                <NumberCell key={index} column={column} cell={cell} />
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">Abilities</th>
            {rows.map((row) => (
              <td key={Number(row['id'])} className={classes['words']}>
                {formatValue('abilities', row['abilities'])}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">Games</th>
            {rows.map((row) => (
              <td key={Number(row['id'])} className={classes['words']}>
                {gamesText(textsOf(row['games']), chosen)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function NumberCell({ column, cell }: { column: string; cell: ComparedCell }) {
  return (
    <td data-best={cell.best || undefined}>
      {cell.best && <BestMark />}
      <span>{cellText(column, cell.value)}</span>
      {cell.best && <span className={classes['hidden']}> highest</span>}
      <span className={classes['behind']}>
        {cell.behind !== null && `−${cellText(column, cell.behind)}`}
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
