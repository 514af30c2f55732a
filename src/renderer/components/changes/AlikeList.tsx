import { nounNow } from '../../state/noun';
import { type AlikeChange, alikeSentence } from './change-news';
import styles from './changes.module.css';

/** What changed in the same way in many rows, a line each; it opens to say what and in which. */
export function AlikeList({ changes }: { changes: readonly AlikeChange[] }) {
  if (changes.length === 0) return null;
  return (
    <ul className={styles.alike} aria-label={`Changed alike in many ${nounNow().many}`}>
      {changes.map((change) => (
        <li key={`${alikeSentence(change)} ${change.members.join()}`}>
          <details>
            <summary>{alikeSentence(change)}</summary>
            {change.members.length > 0 && <p>{change.members.join(', ')}</p>}
            <p className={styles.quiet}>{change.names.join(', ')}</p>
          </details>
        </li>
      ))}
    </ul>
  );
}
