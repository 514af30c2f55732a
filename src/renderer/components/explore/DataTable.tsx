import { counted } from '../../../preload/contract/counts';
import type { ChartRow } from '../../../preload/contract/chart-query';
import type { CardColumn } from './card-columns';

const MOST_ROWS = 500;

interface Props {
  columns: readonly CardColumn[];
  rows: readonly ChartRow[];
  caption: string;
}

/** A chart's data as a table: the same numbers for those who cannot see the picture. */
export function DataTable({ columns, rows, caption }: Props) {
  return (
    <div className="data-table" tabIndex={0} role="region" aria-label={`${caption}: data`}>
      <table>
        <caption>
          {counted(rows.length, 'row')}
          {rows.length > MOST_ROWS && `, the first ${MOST_ROWS} are shown`}
        </caption>
        <thead>
          <tr>
            {columns.map(({ key, title, isNumber }) => (
              <th key={key} scope="col" data-number={isNumber || undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row, index) => (
            <tr key={index}>
              {columns.map(({ key, isNumber, text }) => (
                <td key={key} data-number={isNumber || undefined}>
                  {text(row[key])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
