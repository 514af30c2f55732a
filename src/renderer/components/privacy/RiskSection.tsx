import { Button, Skeleton } from '@mantine/core';
import { useChosenQuasi, useGeneralisation, useRisk, useRiskChoice } from '../../state/risk';
import { useExplore } from '../../state/explore-store';
import { useNoun } from '../../state/noun';
import { ChipBar } from '../../side/ChipBar';
import { ErrorNote } from '../ErrorNote';
import { ClassSizes } from './ClassSizes';
import { ExposedRows } from './ExposedRows';
import { Generalise } from './Generalise';
import { PairList } from './PairList';
import { QuasiPicker } from './QuasiPicker';
import { Spoken } from './Spoken';
import { Verdict } from './Verdict';
import { WantedK } from './WantedK';
import { verdictWords } from './verdict-words';
import styles from './privacy.module.css';

/** How easily the rows that are seen are recognised, and what it takes that nobody is. */
export default function RiskSection() {
  const chosen = useChosenQuasi();
  const k = useRiskChoice((state) => state.k);
  const hasFilters = useExplore((state) => state.selections.length + state.switchedOff.length > 0);
  const noun = useNoun();
  const risk = useRisk(chosen);
  const columns = chosen ?? risk.value?.figures.columns ?? null;
  const isEmpty = risk.value?.figures.rows === 0;
  // While columns are still being chosen, the costly question waits for the cheap one.
  const generalised = useGeneralisation(isEmpty || !risk.isCurrent ? null : columns, k);
  if (risk.error !== null) return <ErrorNote error={risk.error} onRetry={risk.retry} />;
  if (risk.value === undefined) return <Waiting />;
  const { figures, candidates } = risk.value;
  return (
    <div className={styles.risk} aria-busy={!risk.isCurrent}>
      {hasFilters ? (
        <ChipBar />
      ) : (
        <p className={styles.quiet}>All {noun.many}; filters set in Explore count here too.</p>
      )}
      {isEmpty ? (
        <Empty />
      ) : candidates.length === 0 ? (
        <p>Every column names a subject outright, so there is nothing else to know it by.</p>
      ) : (
        <div className={styles.meter}>
          <div className={styles.choice}>
            <QuasiPicker risk={risk.value} chosen={columns ?? []} />
            <PairList figures={figures} />
          </div>
          {columns?.length === 0 ? (
            <p>Choose at least one column: what would somebody know of a {noun.one}?</p>
          ) : (
            <>
              <div className={styles.figures}>
                <Verdict figures={figures} />
                <WantedK k={k} />
                <ClassSizes figures={figures} generalised={generalised.value ?? null} wanted={k} />
                <Spoken text={verdictWords(figures, noun)} />
              </div>
              <Generalise k={k} answer={generalised} />
              <ExposedRows risk={risk.value} />
            </>
          )}
        </div>
      )}
    </div>
  );
}

function Waiting() {
  return (
    <div className={styles.meter} role="img" aria-label="Loading">
      <Skeleton height={480} />
      <Skeleton height={480} />
    </div>
  );
}

function Empty() {
  const noun = useNoun();
  return (
    <div className={styles.stack}>
      <p>The filters leave no {noun.many}.</p>
      <div>
        <Button size="xs" variant="default" onClick={() => useExplore.getState().clearAll()}>
          Clear all filters
        </Button>
      </div>
    </div>
  );
}
