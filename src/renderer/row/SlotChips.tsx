import type { Part } from './row-parts';
import { cellOf, type Row } from './row';
import { ValueChip } from './ValueChip';

/** A row's values in columns that share a vocabulary, first slot first. */
export function SlotChips({ part, row }: { part: Part; row: Row }) {
  return part.columns.map((column) => {
    const value = cellOf(row, column.name);
    return value === null ? null : (
      <ValueChip key={column.name} column={column} value={String(value)} />
    );
  });
}
