import { useEffect, useState } from 'react';
import type { Provenance } from '../../../preload/contract/calls';
import { AppError } from '../../../preload/contract/errors';
import { call } from '../../bridge';
import { useApp } from '../../state/app-store';

interface Answer {
  provenance: Provenance | null;
  error: AppError | null;
}

/** Where a Pokémon's row came from, asked anew as the data change. */
export function useProvenance(id: number): Answer & { retry(): void } {
  const version = useApp((state) => state.dataset?.version ?? null);
  const [answer, setAnswer] = useState<Answer>({ provenance: null, error: null });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    const show = (next: Answer) => {
      if (current) setAnswer(next);
    };
    call('explore.provenance', { id }).then(
      (provenance) => show({ provenance, error: null }),
      (cause: unknown) => {
        const error =
          cause instanceof AppError
            ? cause
            : new AppError('internal', 'Where it came from could not be read.', { cause });
        show({ provenance: null, error });
      },
    );
    return () => {
      current = false;
    };
  }, [id, version, attempt]);
  return { ...answer, retry: () => setAttempt((count) => count + 1) };
}
