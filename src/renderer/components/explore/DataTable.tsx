import type { ChartRow } from '../../../preload/contract/chart-query';
import { columnTitle, formatNumber, formatValue, titleCase } from '../../charts/format';

const MOST_ROWS = 500;

/** A chart's data as a table: the same numbers for those who cannot see the picture. */
export function DataTable({ rows, caption }: { rows: readonly ChartRow[]; caption: string }) {
  const columns = Object.keys(rows[0] ?? {});
  const isNumber = (column: string) => rows.some((row) => typeof row[column] === 'number');
  return (
    <div className="data-table" tabIndex={0} role="region" aria-label={`${caption}: data`}>
      <table>
        <caption>
          {rows.length === 1 ? '1 row' : `${formatNumber(rows.length)} rows`}
          {rows.length > MOST_ROWS && `, the first ${MOST_ROWS} are shown`}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" data-number={isNumber(column) || undefined}>
                {headerOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <td key={column} data-number={isNumber(column) || undefined}>
                  {cellOf(column, row[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the engine calls its measures, in words. */
const MEASURES: Record<string, string> = {
  n: 'Pokémon',
  x0: 'From',
  x1: 'To',
  first: 'As first type',
  second: 'As second type',
  value: 'Value',
  type: 'Type',
  combination: 'In exactly',
  q1: 'Lower quartile',
  q3: 'Upper quartile',
  median: 'Median',
  low: 'Lowest',
  high: 'Highest',
};
const TITLES: ReadonlySet<string> = new Set(['type', 'type_1', 'type_2', 'combination', 'color']);

function headerOf(column: string): string {
  return MEASURES[column] ?? columnTitle(column);
}

function cellOf(column: string, value: unknown): string {
  if (!TITLES.has(column)) return formatValue(column, value);
  if (typeof value === 'string') return titleCase(value);
  if (!Array.isArray(value)) return formatValue(column, value);
  return value.length === 0
    ? 'none of them'
    : value.map((name) => titleCase(String(name))).join(', ');
}
