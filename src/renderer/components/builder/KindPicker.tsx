import { useId } from 'react';
import type { BuiltOver, ChartDraft } from '../../cards/card-kind';
import { chartsToChoose } from './chart-draft';
import styles from './builder.module.css';

interface Props {
  draft: ChartDraft;
  over: BuiltOver;
  onChoose(chart: string): void;
}

/**
 * The kinds of chart as small pictures. One that does not go with the columns that are chosen, or with
 * any of the data, is grey and says why; only the latter cannot be chosen.
 */
export function KindPicker({ draft, over, onChoose }: Props) {
  const id = useId();
  const charts = chartsToChoose(draft, over);
  const reasons = [...new Set(charts.flatMap(({ reason }) => reason ?? []))];
  return (
    <fieldset className={styles.kinds}>
      <legend className={styles.label}>Kind of chart</legend>
      <div className={styles.kindGrid}>
        {charts.map(({ id: chart, label, thumbnail, reason, isPossible }) => (
          <label
            key={chart}
            className={styles.kind}
            data-unfit={reason !== null || undefined}
            title={reason ?? undefined}
          >
            <input
              type="radio"
              name={id}
              value={chart}
              checked={draft.chart === chart}
              disabled={!isPossible}
              aria-describedby={reason === null ? undefined : `${id}-${reasons.indexOf(reason)}`}
              onChange={() => onChoose(chart)}
            />
            <svg viewBox="0 0 48 32" width="48" height="32" aria-hidden="true">
              <path d={thumbnail} />
            </svg>
            <span>{label}</span>
          </label>
        ))}
      </div>
      {reasons.map((reason, at) => (
        <p key={reason} id={`${id}-${at}`} className={styles.reason}>
          {charts
            .filter((chart) => chart.reason === reason)
            .map(({ label }) => label)
            .join(', ')}
          {': '}
          {reason}
        </p>
      ))}
    </fieldset>
  );
}
