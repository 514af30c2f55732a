import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { SqlResult } from '../../../preload/contract/calls';
import { isNumberShape } from '../../../preload/contract/value-text';
import { slugWords } from '../../words/slug';
import { useChartTheme } from '../../state/use-chart-theme';
import { EChart } from '../EChart';
import { chartFor, leftOut, RESULT_CHARTS, type ResultChart, resultOption } from './result-chart';
import styles from './sql.module.css';

/** A result as a picture: first what its columns suggest, then whatever the person picks. */
export function ResultChartView({ result }: { result: SqlResult }) {
  const [chart, setChart] = useState(() => chartFor(result.columns));
  if (chart === null) {
    return (
      <p className={styles.empty}>
        A chart needs a number column and another column beside it; add one to the query.
      </p>
    );
  }
  return <Drawn result={result} chart={chart} onChange={setChart} />;
}

function Drawn(props: {
  result: SqlResult;
  chart: ResultChart;
  onChange(chart: ResultChart): void;
}) {
  const { result, chart, onChange } = props;
  const theme = useChartTheme();
  const option = useMemo(() => resultOption(result, chart, theme), [result, chart, theme]);
  const omitted = useMemo(() => leftOut(result, chart), [result, chart]);
  const columns = result.columns.map(({ name, shape }, index) => ({ name, shape, index }));
  const label = `${columns[chart.y]?.name ?? ''} by ${columns[chart.x]?.name ?? ''}`;
  const choices = (of: typeof columns) =>
    of.map(({ name, index }) => ({ value: String(index), label: name }));
  return (
    <div className={styles.chart}>
      <div className={styles.tools}>
        <NativeSelect
          size="xs"
          aria-label="Kind of chart"
          value={chart.kind}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            onChange({ ...chart, kind: RESULT_CHARTS.find((kind) => kind === chosen) ?? 'bar' });
          }}
          data={RESULT_CHARTS.map((kind) => ({ value: kind, label: slugWords(kind) }))}
        />
        <NativeSelect
          size="xs"
          aria-label="Across (x)"
          value={String(chart.x)}
          onChange={(event) => onChange({ ...chart, x: Number(event.currentTarget.value) })}
          data={choices(columns)}
        />
        <NativeSelect
          size="xs"
          aria-label="Up (y)"
          value={String(chart.y)}
          onChange={(event) => onChange({ ...chart, y: Number(event.currentTarget.value) })}
          data={choices(columns.filter(({ shape }) => isNumberShape(shape)))}
        />
        {omitted !== null && <span className={styles.quiet}>{omitted}</span>}
      </div>
      <div className={styles.plot}>
        {/* Another kind of axis is another chart: ECharts would keep parts of the old one. */}
        <EChart key={`${chart.kind} ${chart.x} ${chart.y}`} option={option} label={label} />
      </div>
    </div>
  );
}
