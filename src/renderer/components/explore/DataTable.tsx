import type { ChartRow } from '../../../preload/contract/chart-query';
import { columnTitle, formatValue } from '../../charts/format';

const MOST_ROWS = 500;

/** A chart's data as a table: the same numbers for those who cannot see the picture. */
export function DataTable({ rows, caption }: { rows: readonly ChartRow[]; caption: string }) {
  const columns = Object.keys(rows[0] ?? {});
  return (
    <div className="data-table" tabIndex={0} role="region" aria-label={`${caption}: data`}>
      <table>
        <caption>
          {caption}
          {rows.length > MOST_ROWS && `, the first ${MOST_ROWS} of ${rows.length} rows`}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {columnTitle(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <td key={column}>{formatValue(column, row[column])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
