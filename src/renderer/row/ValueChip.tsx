import type { ColumnDescriptor } from '../../preload/contract/descriptor';
import { useChartTheme } from '../state/use-chart-theme';
import { nameOf } from '../words/values';
import { textOn } from '../charts/contrast';
import { valueColor } from '../charts/value-color';
import classes from './ValueChip.module.css';

interface Props {
  column: Pick<ColumnDescriptor, 'palette' | 'labels' | 'slugs'>;
  value: string;
}

/** A value's name on its colour in the column's palette. */
export function ValueChip({ column, value }: Props) {
  const { dark } = useChartTheme();
  const color = valueColor(column.palette, value, dark);
  return (
    <span className={classes['chip']} style={{ backgroundColor: color, color: textOn(color) }}>
      {nameOf(column, value)}
    </span>
  );
}
