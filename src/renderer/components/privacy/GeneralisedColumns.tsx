import type { Generalisation, GeneralisedColumn } from '../../../preload/contract/risk';
import { columnTitle, nameIn } from '../../state/column-words';
import { useNoun } from '../../state/noun';
import { counted } from '../../words/counts';
import { capital, countedNoun } from '../../words/noun';
import { formatShare } from '../../words/numbers';
import { BeforeAfter } from './BeforeAfter';
import { ShareBar } from './ShareBar';
import { columnStepWords } from './step-words';
import styles from './privacy.module.css';

/** Values that are listed one by one, at most. */
const MOST_LISTED = 40;

/** What becomes of each column: what would be given away, and what is lost. */
export function GeneralisedColumns({ columns }: { columns: Generalisation['columns'] }) {
  return (
    <ul className={styles.generalised}>
      {columns
        .filter(({ same_as }) => same_as === null)
        .map((column) => (
          <li key={column.column}>
            <Column
              generalised={column}
              alike={columns.filter(({ same_as }) => same_as === column.column)}
            />
          </li>
        ))}
    </ul>
  );
}

interface Props {
  generalised: GeneralisedColumn;
  /** Those that tell the same. */
  alike: readonly GeneralisedColumn[];
}

function Column({ generalised, alike }: Props) {
  const { column, step, loss, bars } = generalised;
  return (
    <>
      <div className={styles.columnWords}>
        <h3>{columnTitle(column)}</h3>
        <p>{capital(columnStepWords(column, step))}</p>
        {alike.map((other) => (
          <p key={other.column} className={styles.quiet}>
            {columnTitle(other.column)} tells the same: {columnStepWords(other.column, other.step)}
          </p>
        ))}
      </div>
      <div>
        {bars !== null && <BeforeAfter bars={bars} />}
        {bars !== null && bars.after.length > 0 && <Given column={column} bars={bars.after} />}
      </div>
      <div className={styles.lost}>
        <ShareBar part={loss} tone="lost" />
        <span className={styles.figureText}>{formatShare(loss, 1)} lost</span>
      </div>
    </>
  );
}

/** The values that would be given away, by name. */
function Given({
  column,
  bars,
}: {
  column: string;
  bars: NonNullable<Props['generalised']['bars']>['after'];
}) {
  const noun = useNoun();
  return (
    <details className={styles.given}>
      <summary>{counted(bars.length, 'value')}</summary>
      <ul>
        {bars.slice(0, MOST_LISTED).map(({ label, rows }, at) => (
          <li key={at}>
            {label === null ? 'No value' : nameIn(column, label)}: {countedNoun(noun, rows)}
          </li>
        ))}
        {bars.length > MOST_LISTED && <li>and {counted(bars.length - MOST_LISTED, 'more')}</li>}
      </ul>
    </details>
  );
}
