import { DATASET_COLUMNS, type DatasetColumn } from '../../../preload/contract/dataset';
import styles from './sql.module.css';

const COLUMNS: readonly DatasetColumn[] = DATASET_COLUMNS;

/** What can be asked for, while there is no answer to show. */
export function ColumnList() {
  return (
    <section aria-labelledby="sql-columns">
      <h2 id="sql-columns" className={styles.columnsTitle}>
        Columns of pokemon
      </h2>
      <dl className={styles.columns}>
        {COLUMNS.map(({ name, type, unit }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              {type}
              {unit !== undefined && `, in ${unit}`}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
