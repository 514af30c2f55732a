import { useMemo } from 'react';
import type { ChartRow } from '../../../preload/contract/chart-query';
import { datasetColumn, STATS } from '../../../preload/contract/dataset';
import { formatNumber } from '../../charts/format';
import { radarOption, type RadarShape } from '../../charts/radar-option';
import { useChartTheme } from '../../state/use-chart-theme';
import { EChart } from '../EChart';
import { differenceText, numberOrNull, statValues } from './stat-values';
import classes from './DetailPanel.module.css';

interface Props {
  row: ChartRow;
  /** The medians of the current selection; null while they are asked, or where it is empty. */
  medians: ChartRow | null;
  selected: number | null;
}

/** Six stats against the selection's median: the picture and the numbers. */
export function StatRadar({ row, medians, selected }: Props) {
  const theme = useChartTheme();
  const name = String(row['name']);
  const against = selected === null ? 'median' : `median of ${formatNumber(selected)}`;
  const option = useMemo(() => {
    const own: RadarShape = {
      name,
      values: statValues(row),
      color: theme.accent,
      dash: [],
      symbol: 'circle',
      filled: true,
    };
    const median: RadarShape = {
      name: `The ${against}`,
      values: medians === null ? [] : statValues(medians),
      color: theme.muted,
      dash: [5, 3],
      symbol: 'none',
      filled: false,
    };
    return radarOption(medians === null ? [own] : [median, own], theme);
  }, [row, medians, name, against, theme]);
  return (
    <>
      <p className={classes['legend']}>
        <svg width="20" height="8" aria-hidden="true">
          <path d="M0 4h20" stroke={theme.accent} strokeWidth="2.5" />
        </svg>
        {name}
        <svg width="20" height="8" aria-hidden="true">
          <path d="M0 4h20" stroke={theme.muted} strokeWidth="2" strokeDasharray="5 3" />
        </svg>
        {against}
      </p>
      <EChart option={option} height={240} label={`Base stats of ${name} against the ${against}`} />
      <table className={classes['stats']}>
        <thead>
          <tr>
            <th scope="col">Stat</th>
            <th scope="col">{name}</th>
            <th scope="col">Median</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {STATS.map((stat) => {
            const value = numberOrNull(row[stat]);
            const median = numberOrNull(medians?.[stat]);
            return (
              <tr key={stat}>
                <th scope="row">{datasetColumn(stat)?.label}</th>
                <td>{formatNumber(value, 0)}</td>
                <td>{formatNumber(median, 1)}</td>
                <td>{differenceText(value, median)}</td>
              </tr>
            );
          })}
          <tr>
            <th scope="row">Total</th>
            <td>{formatNumber(row['stat_total'], 0)}</td>
            <td />
            <td />
          </tr>
        </tbody>
      </table>
    </>
  );
}
