import { useMemo } from 'react';
import type { DatasetDescriptor } from '../../../preload/contract/descriptor';
import { radarOption, type RadarShape } from '../../charts/radar-option';
import { numberOf, type Row, titleOfRow } from '../../row/row';
import type { Part, RowParts } from '../../row/row-parts';
import { useAsked } from '../../state/answers';
import { useChartTheme } from '../../state/use-chart-theme';
import { DASH, formatNumber } from '../../words/numbers';
import { cellText, figureText } from '../../words/values';
import { EChart } from '../EChart';
import { OriginValue } from './OriginValue';
import { differenceText, medianQuestion, profileValues } from './profile-values';
import { useRadarScale } from './use-radar-scale';
import classes from './DetailPanel.module.css';

interface Props {
  described: DatasetDescriptor;
  part: Part;
  total: RowParts['total'];
  row: Row;
  /** How many rows are selected; null while that is not known. */
  selected: number | null;
}

/** A row's profile against the selection's median: the picture and the numbers. */
export function ProfileRadar({ described, part, total, row, selected }: Props) {
  const theme = useChartTheme();
  const name = titleOfRow(described, row);
  const question = useMemo(() => medianQuestion(part), [part]);
  const asked = useAsked(question, 'all').value;
  const medians = useMemo(
    () =>
      asked === undefined || selected === 0
        ? null
        : asked.values.map((each) => each?.value ?? null),
    [asked, selected],
  );
  const least = useRadarScale(part);
  const against = selected === null ? 'median' : `median of ${formatNumber(selected)}`;
  const option = useMemo(() => {
    const own: RadarShape = {
      name,
      values: profileValues(part, row),
      color: theme.accent,
      dash: [],
      symbol: 'circle',
      filled: true,
    };
    const median: RadarShape = {
      name: `The ${against}`,
      values: medians ?? [],
      color: theme.muted,
      dash: [5, 3],
      symbol: 'none',
      filled: false,
    };
    const axes = part.columns.map(({ label }) => label);
    return radarOption({ axes, least }, medians === null ? [own] : [median, own], theme);
  }, [row, part, medians, name, against, least, theme]);
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
      <EChart
        option={option}
        height={240}
        label={`${part.group.label} of ${name} against the ${against}`}
      />
      <table className={classes['stats']}>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">{name}</th>
            <th scope="col">Median</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {part.columns.map((column, index) => {
            const value = numberOf(row, column.name);
            const median = medians?.[index] ?? null;
            return (
              <tr key={column.name}>
                <th scope="row">{column.label}</th>
                <td>
                  <OriginValue described={described} column={column} row={row}>
                    {value === null ? DASH : cellText(column, value)}
                  </OriginValue>
                </td>
                <td>{figureText(column, median)}</td>
                <td>{differenceText(value, median)}</td>
              </tr>
            );
          })}
          {total !== null && (
            <tr>
              <th scope="row">{total.label}</th>
              <td>
                <OriginValue described={described} column={total} row={row}>
                  {figureText(total, numberOf(row, total.name))}
                </OriginValue>
              </td>
              <td />
              <td />
            </tr>
          )}
        </tbody>
      </table>
    </>
  );
}
