import { textOnType, typeColor } from '../../charts/type-colors';
import { titleCase } from '../../charts/format';
import { useChartTheme } from '../../state/use-chart-theme';
import classes from './TypeChip.module.css';

/** A type's name on its colour. */
export function TypeChip({ type }: { type: string }) {
  const { dark } = useChartTheme();
  return (
    <span
      className={classes['chip']}
      style={{ backgroundColor: typeColor(type, dark), color: textOnType(type, dark) }}
    >
      {titleCase(type)}
    </span>
  );
}
