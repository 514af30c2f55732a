import { useEffect } from 'react';
import { create } from 'zustand';
import type { ColumnDescriptor } from '../../../preload/contract/descriptor';
import { call } from '../../bridge';
import { useDatasets } from '../../state/datasets';
import { publishedColumns } from '../../state/described';
import { sayFailed } from '../help/notices';
import type { SqlTable } from './sql-completion';

export const PUBLISHED = 'pokemon';

/** The published data first, then every open table as it was opened. */
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
  const tables: SqlTable[] = [{ name: PUBLISHED, columns: publishedColumns() }];
  for (const { key, sqlName } of open) {
    const columns =
      known.get(key) ?? (await call('datasets.describe', { dataset: key })).described.columns;
    known.set(key, columns);
    tables.push({ name: sqlName, columns });
  }
  return tables;
}
