import { counted } from '../../words/counts';
import type { CardTable } from '../card-table';

const MOST_ROWS = 500;

interface Props {
  table: CardTable;
  caption: string;
}

/** A chart's data as a table: the same numbers for those who cannot see the picture. */
export function DataTable({ table: { columns, rows }, caption }: Props) {
  return (
    <div className="data-table" tabIndex={0} role="region" aria-label={`${caption}: data`}>
      <table>
        <caption>
          {counted(rows.length, 'row')}
          {rows.length > MOST_ROWS && `, the first ${MOST_ROWS} are shown`}
        </caption>
        <thead>
          <tr>
            {columns.map(({ title, isNumber }, at) => (
              <th key={at} scope="col" data-number={isNumber || undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row, index) => (
            <tr key={index}>
              {columns.map(({ isNumber, text }, at) => (
                <td key={at} data-number={isNumber || undefined}>
                  {text(row[at])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
