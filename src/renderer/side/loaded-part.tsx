import { type ComponentType, useCallback, useEffect, useState } from 'react';
import type { AppError } from '../../preload/contract/errors';
import { ErrorNote } from '../components/ErrorNote';
import { toAppError } from '../components/help/notices';
import { loadCode } from '../components/load-code';

/** A part of the screen whose code comes when it is first shown, and is kept from then on. */
export function loadedPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function LoadedPart(props: Props) {
    const [Part, setPart] = useState<ComponentType<Props> | null>(() => loaded);
    const [error, setError] = useState<AppError | null>(null);
    const ask = useCallback(() => {
      setError(null);
      loadCode(load).then(
        (part) => {
          loaded = part;
          setPart(() => part);
        },
        (cause: unknown) => setError(toAppError(cause)),
      );
    }, []);
    useEffect(() => {
      if (loaded === null) ask();
    }, [ask]);
    if (error !== null) return <ErrorNote error={error} onRetry={ask} />;
    return Part === null ? null : <Part {...props} />;
  };
}
