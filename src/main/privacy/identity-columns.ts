import { columnOf, type DatasetDescriptor } from '../../preload/contract/descriptor';

/** The columns that a view shows (null: all) and that could name somebody. */
export function identityColumns(
  dataset: Pick<DatasetDescriptor, 'columns'>,
  view: { readonly columns?: readonly string[] | undefined } | null,
): string[] {
  const shown = view?.columns ?? dataset.columns.map(({ name }) => name);
  return shown.filter((name) => columnOf(dataset, name)?.privacy === 'identifies');
}
