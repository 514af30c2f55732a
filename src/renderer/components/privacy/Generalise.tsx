import { Button, Skeleton } from '@mantine/core';
import type { Generalisation } from '../../../preload/contract/risk';
import { useNoun } from '../../state/noun';
import type { Latest } from '../../state/use-latest';
import { ErrorNote } from '../ErrorNote';
import { openProtectedExport } from '../export/protected-export-store';
import { GeneralisedColumns } from './GeneralisedColumns';
import { outcomeWords } from './outcome-words';
import { Spoken } from './Spoken';
import styles from './privacy.module.css';

/** What of each column would still be given away so that nobody stands out, and what is lost. */
export function Generalise({ k, answer }: { k: number; answer: Latest<Generalisation> }) {
  const noun = useNoun();
  const { value, error, isCurrent, retry } = answer;
  return (
    <section className={styles.part} aria-labelledby="generalise-title" aria-busy={!isCurrent}>
      <div className={styles.partHead}>
        <h2 id="generalise-title">Give away less</h2>
        {!isCurrent && error === null && <p className={styles.working}>Working it out…</p>}
        <Button
          size="compact-sm"
          disabled={value === undefined || value.rows === 0}
          onClick={() => openProtectedExport({ k })}
        >
          Export like this…
        </Button>
      </div>
      {error !== null ? (
        <ErrorNote error={error} onRetry={retry} />
      ) : value === undefined ? (
        <Skeleton height={240} role="img" aria-label="Loading" />
      ) : (
        <>
          <p className={styles.outcome}>{outcomeWords(value, noun)}</p>
          {value.suppressed > 0 && (
            <p className={styles.quiet}>
              Being left out is no protection: anyone who knows that a {noun.one} was in the data
              learns that it stood out.
            </p>
          )}
          <GeneralisedColumns columns={value.columns} />
          <Spoken text={outcomeWords(value, noun)} />
        </>
      )}
    </section>
  );
}
