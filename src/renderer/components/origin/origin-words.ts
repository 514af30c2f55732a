import type { ValueOrigin } from '../../../preload/contract/calls';
import { formatDate } from '../../words/dates';

/** The version that first had the value. */
export function firstText({ since, came, untold }: ValueOrigin): string {
  if (since === null)
    return untold.length === 0 ? 'Not known' : 'Before the versions that are kept';
  const version = `Version ${since.version} · ${formatDate(since.timestamp)}`;
  return came ? `${version}, which it came with` : version;
}

/** What cannot be told any more, as a sentence; null where all is known. */
export function untoldText({ since, untold }: ValueOrigin): string | null {
  if (untold.length === 0) return null;
  const which =
    untold.length === 1
      ? `version ${untold[0]}`
      : `${untold.length} versions, ${untold[0]} to ${untold.at(-1)},`;
  const words = `The changes of ${which} can no longer be told`;
  return since === null ? `${words}.` : `${words}; one of them may have set it, too.`;
}

export function goneText({ gone }: ValueOrigin): string | null {
  return gone === null
    ? null
    : `Gone since version ${gone.version} · ${formatDate(gone.timestamp)}.`;
}
