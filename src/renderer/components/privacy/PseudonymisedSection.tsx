import { ProtectedExportForm } from '../export/ProtectedExportForm';
import { ColumnClasses } from './ColumnClasses';
import styles from './privacy.module.css';

/** What of a table leaves without names. */
export default function PseudonymisedSection() {
  return (
    <div className={styles.stack}>
      <ColumnClasses />
      <section className={`${styles.card} ${styles.form}`} aria-labelledby="export-title">
        <h2 id="export-title">Export</h2>
        <ProtectedExportForm />
      </section>
    </div>
  );
}
