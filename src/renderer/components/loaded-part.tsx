import { type ComponentType, useEffect, useSyncExternalStore } from 'react';
import { ErrorNote } from './ErrorNote';
import { loadCode } from './load-code';
import { LoadedCode } from './loaded-code';

/** A part of the screen whose code comes when it is first shown, and is kept from then on. */
export function loadedPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const code = new LoadedCode<ComponentType<Props>>(() => loadCode(load));
  return function LoadedPart(props: Props) {
    // Not a state of its own: the code may come between a rendering and its effects.
    const { Part, error } = useSyncExternalStore(code.watch, code.now);
    useEffect(() => code.ask(), []);
    if (error !== null) return <ErrorNote error={error} onRetry={() => code.ask()} />;
    return Part === null ? null : <Part {...props} />;
  };
}
