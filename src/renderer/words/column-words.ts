import type { ColumnDescriptor } from '../../preload/contract/descriptor';

/** What a column is called, where it stands alone and within sentences. */
type Named = Pick<ColumnDescriptor, 'label' | 'unit'>;

/** A column's label with its unit: `Weight (kg)`. */
export function titleOf({ label, unit }: Named): string {
  return unit === null ? label : `${label} (${unit})`;
}

/** A label within a sentence; BMI and HP stay as they are written. */
export function withinSentence(label: string): string {
  return label === label.toUpperCase() ? label : label.toLowerCase();
}

/** What is taken of a column, with the column's unit: `Lowest weight (kg)`. */
export function measureTitleOf(measure: string, { label, unit }: Named): string {
  const capital = `${measure.charAt(0).toUpperCase()}${measure.slice(1)}`;
  return titleOf({ label: `${capital} ${withinSentence(label)}`, unit });
}
