import type { CallInput, CallName, CallResults } from '../../preload/contract/calls';
import { call } from '../bridge';
import { type Latest, useLatest } from './use-latest';

/**
 * What main answers to a call, asked again as the request or `version` of the data changes; null
 * requests nothing.
 */
export function useCall<Name extends CallName>(
  name: Name,
  request: CallInput<Name> | null,
  version: number | null,
): Latest<CallResults[Name]> {
  const key = request === null ? null : JSON.stringify([name, request, version]);
  return useLatest<CallResults[Name]>(key, () => call(name, request as CallInput<Name>));
}
