import { type ComponentProps, useCallback, useEffect, useState } from 'react';
import type { AppError } from '../../preload/contract/errors';
import { ErrorNote } from '../components/ErrorNote';
import { toAppError } from '../components/help/notices';
import { loadCode } from '../components/load-code';
import type { ColumnList } from './ColumnList';

type List = typeof ColumnList;

/** Kept, so that the side bar is there at once when the explorer is shown again. */
let loaded: List | null = null;

/** The column profile, whose code comes after the first charts. */
export function LoadedColumns(props: ComponentProps<List>) {
  const [List, setList] = useState<List | null>(() => loaded);
  const [error, setError] = useState<AppError | null>(null);
  const load = useCallback(() => {
    setError(null);
    loadCode(() => import('./ColumnList')).then(
      (code) => {
        loaded = code.ColumnList;
        setList(() => code.ColumnList);
      },
      (cause: unknown) => setError(toAppError(cause)),
    );
  }, []);
  useEffect(() => {
    if (loaded === null) load();
  }, [load]);
  if (error !== null) return <ErrorNote error={error} onRetry={load} />;
  return List === null ? null : <List {...props} />;
}
