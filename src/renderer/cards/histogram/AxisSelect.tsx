import { NativeSelect } from '@mantine/core';
import type { BinAxisKind } from '../../../preload/contract/questions';

const AXES: readonly { value: BinAxisKind; label: string }[] = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Logarithmic' },
  { value: 'clipped', label: 'Clipped' },
];

interface Props {
  /** Shown where it does not stand in a card's head. */
  label?: string;
  axis: BinAxisKind;
  onChange(axis: BinAxisKind): void;
}

/** How a histogram's axis is cut: by equal steps, by equal factors, or with what is far off in one bin. */
export function AxisSelect({ label, axis, onChange }: Props) {
  return (
    <NativeSelect
      size={label === undefined ? 'xs' : 'sm'}
      label={label}
      aria-label={label ?? 'Axis'}
      title="Linear; logarithmic; or clipped, with all that is far off in one bin"
      value={axis}
      onChange={(event) => {
        const next = AXES.find(({ value }) => value === event.currentTarget.value);
        if (next !== undefined) onChange(next.value);
      }}
      data={[...AXES]}
    />
  );
}
