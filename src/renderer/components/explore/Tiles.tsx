import { Skeleton } from '@mantine/core';
import { formatNumber, formatShare, formatValue } from '../../charts/format';
import { useAnswer } from '../../state/answers';

const SUMMARY = { kind: 'summary' } as const;

const MEDIANS = [
  ['height_m', 'height'],
  ['weight_kg', 'weight'],
  ['bmi', 'BMI'],
  ['base_experience', 'base exp.'],
  ['stat_total', 'stat total'],
] as const;

/** The selection in six numbers: how many, and medians with units. */
export function Tiles() {
  const { rows } = useAnswer(SUMMARY, 'all');
  const summary = rows?.[0];
  if (summary === undefined) {
    return (
      <div className="tiles" aria-hidden="true">
        {[0, 1, 2, 3, 4, 5].map((tile) => (
          <Skeleton key={tile} className="tile-skeleton" />
        ))}
      </div>
    );
  }
  return (
    <dl className="tiles">
      <div className="tile">
        <dd>{formatNumber(summary['n'])}</dd>
        <dt>{shareOf(summary['n'], summary['total'])}</dt>
      </div>
      {MEDIANS.map(([column, label]) => (
        <div className="tile" key={column}>
          <dd>{formatValue(column, summary[column])}</dd>
          <dt>median {label}</dt>
        </div>
      ))}
    </dl>
  );
}

/** `28 % of 649`; the whole is just `Pokémon`. One line, or the charts below jump as a drag begins. */
function shareOf(n: unknown, total: unknown): string {
  if (typeof n !== 'number' || typeof total !== 'number' || n === total) return 'Pokémon';
  return `${formatShare(n, total)} of ${formatNumber(total)}`;
}
