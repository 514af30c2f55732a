import { create } from 'zustand';
import type { ColumnDescriptor, DatasetDescriptor } from '../../../preload/contract/descriptor';
import { cellOf, type Row, titleOfRow } from '../../row/row';
import { textWithUnit } from '../../words/values';

interface Asked {
  id: number;
  column: ColumnDescriptor;
  /** `HP of Pikachu: 35` */
  title: string;
  /** What it belongs to on the screen. */
  element: HTMLElement;
}

/** The value whose origin is shown; null for none. */
export const useOrigin = create<{ asked: Asked | null }>(() => ({ asked: null }));

/** Whether the app knows where the values of these rows came from. */
export function hasOrigins(described: DatasetDescriptor): boolean {
  return described.can.includes('provenance');
}

export function showOrigin(
  described: DatasetDescriptor,
  column: ColumnDescriptor,
  row: Row,
  element: HTMLElement,
): void {
  const text = textWithUnit(column, cellOf(row, column.name));
  const title = `${column.label} of ${titleOfRow(described, row)}: ${text}`;
  useOrigin.setState({ asked: { id: Number(row.id), column, title, element } });
}

/** Gives the focus back to what it was asked of; a click elsewhere takes it on from there. */
export function closeOrigin(): void {
  useOrigin.getState().asked?.element.focus({ preventScroll: true });
  useOrigin.setState({ asked: null });
}
