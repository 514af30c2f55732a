import { useEffect } from 'react';
import { create } from 'zustand';
import { CHANGES_COLUMNS, CHANGES_VIEW } from '../../../preload/contract/changes-dataset';
import type { ColumnDescriptor } from '../../../preload/contract/descriptor';
import { call } from '../../bridge';
import { useDatasets } from '../../state/datasets';
import { publishedColumns } from '../../state/described';
import { sayFailed } from '../help/notices';
import type { SqlTable } from './sql-completion';

export const PUBLISHED = 'pokemon';

/** The published data and what changed in them first, then every open table as it was opened. */
export const useSqlTables = create<{ tables: readonly SqlTable[] }>(() => ({ tables: [] }));

/** Columns of the open tables by their keys; another content has another key. */
const known = new Map<string, readonly ColumnDescriptor[]>();

/** Keeps the tables as they are while a screen shows them. */
export function useFollowedTables(): readonly SqlTable[] {
  const open = useDatasets((state) => state.open);
  useEffect(() => {
    let gone = false;
    tablesOf(open)
      .then((tables) => {
        if (!gone) useSqlTables.setState({ tables });
      })
      .catch(sayFailed);
    return () => {
      gone = true;
    };
  }, [open]);
  return useSqlTables((state) => state.tables);
}

async function tablesOf(
  open: readonly { key: string; sqlName: string; changed: boolean }[],
): Promise<SqlTable[]> {
  const tables: SqlTable[] = [
    { name: PUBLISHED, columns: publishedColumns() },
    { name: CHANGES_VIEW, columns: CHANGES_COLUMNS },
  ];
  for (const { key, sqlName } of open) {
    // Open as a dataset or not, it is there as a view.
    if (sqlName === CHANGES_VIEW) continue;
    const columns =
      known.get(key) ?? (await call('datasets.describe', { dataset: key })).described.columns;
    known.set(key, columns);
    tables.push({ name: sqlName, columns });
  }
  return tables;
}
