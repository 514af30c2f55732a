import { useEffect, useState } from 'react';
import type { CallInput, CallName, CallResults } from '../../../preload/contract/calls';
import type { AppError } from '../../../preload/contract/errors';
import { call } from '../../bridge';
import { toAppError } from '../help/notices';

interface Answer<Result> {
  result: Result | null;
  error: AppError | null;
  retry(): void;
}

/**
 * What main answers to a call, asked anew as the request or `version` of the data changes; null
 * requests nothing. A late answer never replaces a newer one.
 */
export function useCall<Name extends CallName>(
  name: Name,
  request: CallInput<Name> | null,
  version: number | null,
): Answer<CallResults[Name]> {
  const [result, setResult] = useState<CallResults[Name] | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [attempt, setAttempt] = useState(0);
  const key = JSON.stringify(request);
  useEffect(() => {
    let outdated = false;
    setError(null);
    const asked = JSON.parse(key) as CallInput<Name> | null;
    if (asked === null) return;
    call(name, asked).then(
      (answer) => {
        if (!outdated) setResult(answer);
      },
      (reason: unknown) => {
        if (!outdated) setError(toAppError(reason));
      },
    );
    return () => {
      outdated = true;
    };
  }, [name, key, version, attempt]);
  return { result, error, retry: () => setAttempt((count) => count + 1) };
}
