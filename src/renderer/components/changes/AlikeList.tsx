import { type AlikeChange, alikeSentence } from './change-news';
import styles from './changes.module.css';

/** What changed in the same way in many Pokémon, a line each; it opens to say what and in which. */
export function AlikeList({ changes }: { changes: readonly AlikeChange[] }) {
  if (changes.length === 0) return null;
  return (
    <ul className={styles.alike} aria-label="Changed alike in many Pokémon">
      {changes.map((change) => (
        <li key={`${alikeSentence(change)} ${change.members.join()}`}>
          <details>
            <summary>{alikeSentence(change)}</summary>
            {change.members.length > 0 && <p>{change.members.join(', ')}</p>}
            <p className={styles.quiet}>{change.pokemon.join(', ')}</p>
          </details>
        </li>
      ))}
    </ul>
  );
}
