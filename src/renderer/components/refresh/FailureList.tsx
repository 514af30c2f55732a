import type { Failure } from '../../../preload/contract/reports';
import { formatNumber } from '../../words/numbers';
import { failureLines } from './missing-words';
import styles from './refresh.module.css';

/** Documents that did not arrive, each with its reason and URL; many in a few lines. */
export function FailureList({ failed }: { failed: readonly Failure[] }) {
  const { lines, more } = failureLines(failed);
  return (
    <ul className={styles.failures} tabIndex={0} aria-label="Documents that did not arrive">
      {lines.map(({ who, reason, url }, index) => (
        <li key={index}>
          <strong>{who}</strong>: {reason}
          {url !== undefined && <span className={styles.url}>{url}</span>}
        </li>
      ))}
      {more > 0 && <li>and {formatNumber(more)} more</li>}
    </ul>
  );
}
