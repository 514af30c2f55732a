import { type AccessEntry, ACCESS_WORDS } from '../../../preload/contract/access-log';
import { useCall } from '../../state/use-call';
import { counted } from '../../words/counts';
import { momentText } from '../../words/moments';
import { ErrorNote } from '../ErrorNote';
import styles from './protection.module.css';

/** Who used identity when, the latest first, and whether the log is as it was written. */
export default function AccessLogSection() {
  const { value: log, error, retry } = useCall('access.log', {}, null);
  if (error !== null) return <ErrorNote error={error} onRetry={retry} />;
  if (log === undefined) return null;
  return (
    <section className={styles.stack} aria-labelledby="access-log-title">
      <div>
        <h2 id="access-log-title">Who used names and numbers, and when</h2>
        <p className={styles.quiet}>
          Exports with columns that name somebody, unlocks, erasures and changes of the protected
          mode. Times are in UTC. No value, file name or query is noted.
        </p>
      </div>
      {log.problems.length === 0 ? (
        <p role="status">
          {log.noted === 0
            ? 'Nothing has been noted yet.'
            : `The log is whole: ${counted(log.noted, 'entry', 'entries')}, as written.`}
        </p>
      ) : (
        <div role="alert" className={styles.broken}>
          <p>The access log is not as it was written.</p>
          <ul>
            {log.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      {log.entries.length > 0 && <Entries entries={[...log.entries].reverse()} />}
    </section>
  );
}

function Entries({ entries }: { entries: readonly AccessEntry[] }) {
  return (
    <table className={styles.entries}>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">How</th>
          <th scope="col">Columns</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ n, at, user, what, how, columns }, index) => (
          // A log that was tampered with may have a number twice.
          <tr key={`${n} ${index}`}>
            <td>{momentText(Date.parse(at), false)}</td>
            <td>{user}</td>
            <td>{ACCESS_WORDS[what]}</td>
            <td>{how}</td>
            <td>{columns?.join(', ') ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
