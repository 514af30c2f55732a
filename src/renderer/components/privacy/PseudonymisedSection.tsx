import { ColumnClasses } from './ColumnClasses';
import styles from './privacy.module.css';

/** What of a table leaves without names. */
export default function PseudonymisedSection() {
  return (
    <div className={styles.stack}>
      <ColumnClasses />
    </div>
  );
}
