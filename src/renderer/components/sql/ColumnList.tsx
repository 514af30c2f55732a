import { formatNumber } from '../../words/numbers';
import type { SqlTable } from './sql-completion';
import { useSqlTables } from './sql-tables';
import styles from './sql.module.css';

/** More columns than these are only counted. */
const MOST_SHOWN = 200;

/** What can be asked for, while there is no answer to show. */
export function ColumnList() {
  const tables = useSqlTables((state) => state.tables);
  return tables.map((table) => <Columns key={table.name} table={table} />);
}

function Columns({ table: { name, columns } }: { table: SqlTable }) {
  const id = `sql-columns-${name}`;
  const left = columns.length - MOST_SHOWN;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles.columnsTitle}>
        Columns of {name}
      </h2>
      <dl className={styles.columns}>
        {columns.slice(0, MOST_SHOWN).map((column) => (
          <div key={column.name}>
            <dt>
              <code>{column.name}</code>
            </dt>
            <dd>
              {column.sqlType}
              {column.unit !== null && `, in ${column.unit}`}
            </dd>
          </div>
        ))}
      </dl>
      {left > 0 && <p className={styles.quiet}>and {formatNumber(left)} more columns</p>}
    </section>
  );
}
