import { counted, humanCount } from '../../preload/contract/counts';
import type { Refusal } from '../../preload/contract/reports';
import type { SourceRefusal } from './source';

/** What a source that refuses everything does, as the end of a clause about it: `refuses us`. */
export function refusalReason({ problem, pause }: SourceRefusal): string {
  if (pause !== undefined) return `wants to be left alone for ${pause}`;
  const { status, page, unreachable } = problem.options;
  if (unreachable === true) return 'stopped answering';
  if (page === 'challenge') return 'asks for a person with a browser';
  if (status === 401) return 'asks for a login';
  if (status === 404 || status === 410) return 'has none of its documents';
  if (status === 429) return 'takes no more requests';
  if (status !== undefined && status >= 500) return 'is out of order';
  if (status !== undefined) return 'refuses us';
  return 'gives nothing usable';
}

const AGAIN = 'then run it again: what landed stays, and nothing was published.';

/** What to do about it, as one sentence. */
function refusalHint({ problem, pause }: SourceRefusal): string {
  const { status, page, hint, unreachable } = problem.options;
  if (hint !== undefined) return hint;
  if (pause !== undefined) return `Wait for ${pause}, ${AGAIN}`;
  if (unreachable === true) return `Check the network and the source URL, ${AGAIN}`;
  if (page === 'challenge') {
    return `Programs cannot pass it: try later or from another network, or gather from a mirror with --source URL; ${AGAIN.replace('then ', '')}`;
  }
  if (status === 401) return 'The app has no login to give: gather from a source that wants none.';
  if (status === 403) {
    return 'It may have blocked this network for a while: wait some hours, or gather from a mirror with --source URL.';
  }
  if (status === 429) return `Wait some minutes, perhaps with a lower --concurrency, ${AGAIN}`;
  if (status === 404 || status === 410) return 'Check the source URL.';
  if (page === 'page')
    return 'Open the source in a browser to see what it shows; a network may want a sign-in first.';
  return `Try again later, ${AGAIN}`;
}

/** A source's refusal in one sentence and what to do next. */
export function refusalWords(refusal: SourceRefusal, source: string, documents: number): Refusal {
  const { problem, requests } = refusal;
  const times = refusal.pause === undefined ? `, ${counted(requests, 'request')} in a row` : '';
  return {
    message: `The source ${source} ${refusalReason(refusal)}: it ${problem.reason}${times}. Nothing more was asked.`,
    hint: refusalHint(refusal),
    documents,
  };
}

export interface Elsewhere {
  /** The origin that entries of the list point to. */
  origin: string;
  /** A source URL that would have them as its own; null where the entry does not tell. */
  base: string | null;
  entries: number;
}

/** Entries of a list that point to another origin, which is never asked. */
export function elsewhereWords(
  { origin, base, entries }: Elsewhere,
  source: URL,
  listed: number,
): Refusal {
  const all =
    entries === listed
      ? `its ${counted(listed, 'document')}`
      : `${humanCount(entries)} of its ${counted(listed, 'document')}`;
  const advice =
    base === null
      ? 'Gather from a source that serves its documents itself.'
      : `If you trust it, gather from there: --source ${base}. If the server at ${source.host} is yours, have it name its documents by its own address.`;
  return {
    message: `The list at ${source.origin} names ${all} at another origin, ${origin}, which is never asked.`,
    hint: advice,
    documents: entries,
  };
}
