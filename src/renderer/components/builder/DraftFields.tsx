import { NativeSelect } from '@mantine/core';
import type { BuiltOver, ChartDraft } from '../../cards/card-kind';
import { builderOf, offeredCharts, withChart } from './chart-draft';

interface Props {
  draft: ChartDraft;
  over: BuiltOver;
  onChange(draft: ChartDraft): void;
}

/** The chart, and what its kind lets a person choose. */
export function DraftFields({ draft, over, onChange }: Props) {
  const { Fields } = builderOf(draft.chart, over);
  return (
    <>
      <NativeSelect
        label="Kind of chart"
        value={draft.chart}
        onChange={(event) => onChange(withChart(draft, event.currentTarget.value, over))}
        data={offeredCharts(over).map(({ id, label }) => ({ value: id, label }))}
      />
      <Fields
        key={draft.chart}
        draft={draft}
        over={over}
        put={(part) => onChange({ ...draft, ...part })}
      />
    </>
  );
}
