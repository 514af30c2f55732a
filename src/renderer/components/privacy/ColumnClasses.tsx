import type { ColumnDescriptor } from '../../../preload/contract/descriptor';
import { columnTitle } from '../../state/column-words';
import { useDescribed } from '../../state/described';
import styles from './privacy.module.css';

const CLASSES: readonly [of: ColumnDescriptor['privacy'], title: string, says: string][] = [
  ['identifies', 'Names a subject', 'Left out of a pseudonymised file.'],
  [
    'quasi',
    'May single one out with others',
    'Stays. Together these values can be as telling as a name.',
  ],
  ['open', 'Says little about a subject', 'Stays.'],
];

/** The columns of the table that is shown, by what they give away. */
export function ColumnClasses() {
  const columns = useDescribed(({ described }) => described?.columns ?? NONE);
  return (
    <dl className={styles.classes}>
      {CLASSES.map(([privacy, title, says]) => {
        const those = columns.filter((column) => column.privacy === privacy);
        return those.length === 0 ? null : (
          <div key={privacy} className={styles.card}>
            <dt>{title}</dt>
            <dd className={styles.quiet}>{says}</dd>
            <dd>
              <ul className={styles.names}>
                {those.map(({ name }) => (
                  <li key={name}>{columnTitle(name)}</li>
                ))}
              </ul>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

const NONE: readonly ColumnDescriptor[] = [];
