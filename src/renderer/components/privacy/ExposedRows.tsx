import type { ExposedRow, Risk } from '../../../preload/contract/risk';
import { columnLabel, formatValue, holdsNumbers, nameIn } from '../../state/column-words';
import { openRow } from '../../state/open-row';
import { useNoun } from '../../state/noun';
import { capital, countedNoun } from '../../words/noun';
import { DASH, isPlain } from '../../words/numbers';
import styles from './privacy.module.css';

/** The rows that are recognised most easily, each with as few facts as that takes. */
export function ExposedRows({ risk }: { risk: Risk }) {
  const noun = useNoun();
  const { exposed, figures } = risk;
  if (exposed.length === 0) return null;
  return (
    <section className={styles.exposed} aria-labelledby="exposed-title">
      <h2 id="exposed-title">Most exposed</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{capital(noun.one)}</th>
            <th scope="col">Alike</th>
            <th scope="col">Enough to know</th>
          </tr>
        </thead>
        <tbody>
          {exposed.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <button type="button" className={styles.link} onClick={() => openRow(row.id)}>
                  {row.title}
                </button>
              </th>
              <td>{row.size === 1 ? 'alone' : countedNoun(noun, row.size)}</td>
              <td>
                <ul className={styles.facts}>
                  {row.enough.map((column) => (
                    <li key={column}>
                      <span className={styles.quiet}>{columnLabel(column)}</span>{' '}
                      {valueWords(column, valueIn(row, figures.columns, column))}
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function valueIn(row: ExposedRow, columns: readonly string[], column: string): string | null {
  return row.values[columns.indexOf(column)] ?? null;
}

function valueWords(column: string, value: string | null): string {
  if (value === null) return DASH;
  if (holdsNumbers(column) && isPlain(value)) return formatValue(column, Number(value));
  return nameIn(column, value);
}
