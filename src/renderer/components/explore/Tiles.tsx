import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import { formatNumber, formatValue } from '../../charts/format';
import { useExplore } from '../../state/explore-store';
import { filtersFor } from '../../state/selections';
import { useRows } from '../../state/use-rows';

const SUMMARY = { kind: 'summary' } as const;

const MEDIANS = [
  ['height_m', 'height'],
  ['weight_kg', 'weight'],
  ['bmi', 'BMI'],
  ['base_experience', 'base experience'],
  ['stat_total', 'stat total'],
] as const;

/** The selection in six numbers: how many, and medians with units. */
export function Tiles() {
  const selections = useExplore((state) => state.selections);
  const filters = useMemo(() => filtersFor(selections, null), [selections]);
  const { rows } = useRows(SUMMARY, filters);
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
        <dt>Pokémon</dt>
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
