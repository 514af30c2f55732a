import styles from './help.module.css';
import { keyNames } from './shortcut-keys';

/** A shortcut as its keys: Ctrl K, or ⌘ K on a Mac. */
export function Keys({ shortcut }: { shortcut: string }) {
  return (
    <span className={styles.keys}>
      {keyNames(shortcut, isMac()).map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </span>
  );
}

function isMac(): boolean {
  return /mac/i.test(navigator.userAgent);
}
