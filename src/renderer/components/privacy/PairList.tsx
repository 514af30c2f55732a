import type { Risk } from '../../../preload/contract/risk';
import { columnTitle } from '../../state/column-words';
import { chooseQuasi } from '../../state/risk';
import { formatShare } from '../../words/numbers';
import { ShareBar } from './ShareBar';
import styles from './privacy.module.css';

const MOST_PAIRS = 6;

/** Two columns that single out most together; choosing one shows what these two give away. */
export function PairList({ figures }: { figures: Risk['figures'] }) {
  const pairs = figures.by_column.filter(({ columns }) => columns.length === 2);
  if (pairs.length === 0) return null;
  return (
    <section aria-labelledby="pairs-title">
      <h2 id="pairs-title">Two together</h2>
      <ul className={styles.candidates}>
        {pairs.slice(0, MOST_PAIRS).map(({ columns, unique_rows }) => {
          const words = columns.map(columnTitle).join(' + ');
          return (
            <li key={columns.join('\n')}>
              <button
                type="button"
                className={styles.link}
                aria-label={`${words}: ${formatShare(unique_rows, figures.rows)} singled out. Choose only these`}
                title="Choose only these"
                onClick={() => chooseQuasi(columns)}
              >
                {words}
              </button>
              <ShareBar part={unique_rows / figures.rows} tone="exposed" />
              <span className={styles.figureText}>{formatShare(unique_rows, figures.rows)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
