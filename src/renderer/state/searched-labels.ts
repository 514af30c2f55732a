import type { DatasetDescriptor } from '../../preload/contract/descriptor';
import { columnLabel } from './column-words';

/** What is looked through, columns that share a vocabulary by their one name. */
export function searchedLabels({
  searched,
  groups,
}: Pick<DatasetDescriptor, 'searched' | 'groups'>): string[] {
  const labels = searched.map(
    (name) =>
      groups.find(({ kind, columns: of }) => kind === 'slots' && of.includes(name))?.label ??
      columnLabel(name),
  );
  return [...new Set(labels)];
}
