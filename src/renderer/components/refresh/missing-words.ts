import { counted } from '../../words/counts';
import { printable, shortened } from '../../../preload/contract/printable';
import {
  isIncomplete,
  type Failure,
  type Missing,
  type RefreshReport,
} from '../../../preload/contract/reports';
import { formatNumber } from '../../words/numbers';

/** Names and lines told; the rest is counted. */
const MOST = 5;
/** A source may send names and reasons of any length. */
const LONGEST_NAME = 60;
const LONGEST_REASON = 300;

/** Who a failure is about: `Bulbasaur (1)`, `number 1`, `an entry of the list`. */
export function failureName({ id, name }: Omit<Failure, 'landed_before'>): string {
  if (name === undefined) return id === undefined ? 'an entry of the list' : `number ${id}`;
  const shown = shortened(printable(name.charAt(0).toUpperCase() + name.slice(1)), LONGEST_NAME);
  return id === undefined ? shown : `${shown} (${id})`;
}

export interface FailureLine {
  who: string;
  reason: string;
  /** Of the document, or of the first of several. */
  url: string | undefined;
}

/** What did not arrive in a few lines: one for each document, or for each reason where they are many. */
export function failureLines(failed: readonly Failure[]): { lines: FailureLine[]; more: number } {
  const byReason = new Map<unknown, Failure[]>();
  for (const failure of failed) {
    const key = failed.length > MOST ? failure.reason : failure;
    const alike = byReason.get(key);
    if (alike === undefined) byReason.set(key, [failure]);
    else alike.push(failure);
  }
  const groups = [...byReason.values()].sort((a, b) => b.length - a.length).slice(0, MOST);
  const told = groups.reduce((sum, group) => sum + group.length, 0);
  const lines = groups.map((group) => ({
    who: names(group),
    reason: shortReason(group[0]?.reason ?? ''),
    url: shownUrl(group[0]?.url),
  }));
  return { lines, more: failed.length - told };
}

function shortReason(reason: string): string {
  return shortened(printable(reason), LONGEST_REASON);
}

function shownUrl(url: string | undefined): string | undefined {
  return url === undefined ? undefined : shortReason(url);
}

/** `A (1), B (2) and 12 more`. */
function names(some: readonly Omit<Failure, 'landed_before'>[]): string {
  const shown = some.slice(0, MOST).map(failureName);
  if (some.length > MOST) return `${shown.join(', ')} and ${formatNumber(some.length - MOST)} more`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** What the button says that publishes all the same; null where that cannot help. */
export function publishOffer(report: RefreshReport): string | null {
  const { failed } = report;
  if (!isIncomplete(report) || !report.can_do_without) return null;
  const copies = failed.filter((failure) => failure.landed_before === true).length;
  const without = failed.length - copies;
  if (copies === 0) return failed.length === 1 ? 'Publish without it' : 'Publish without them';
  if (without === 0) {
    return copies === 1
      ? 'Publish with its copy from before'
      : 'Publish with their copies from before';
  }
  const kept = counted(copies, 'copy', 'copies');
  return `Publish without ${formatNumber(without)}, with ${kept} from before`;
}

/** `without Mew (151), and with Charizard (6)’s copy from before`; empty where nothing is missing. */
export function missingWords(missing: readonly Missing[]): string {
  const without = missing.filter(({ used }) => used === 'left out');
  const copies = missing.filter(({ used }) => used === 'earlier copy');
  const [only] = copies;
  const kept =
    copies.length === 1 && only !== undefined
      ? `with ${failureName(only)}’s copy from before`
      : `with the copies from before of ${names(copies)}`;
  return [
    ...(without.length > 0 ? [`without ${names(without)}`] : []),
    ...(copies.length > 0 ? [kept] : []),
  ].join(', and ');
}

/** The same as a sentence about a refresh; empty where nothing is missing. */
export function missingSentence({ missing, published }: RefreshReport): string {
  if (missing.length === 0) return '';
  return `${published ? 'Published' : 'Done'} ${missingWords(missing)}.`;
}

/** As many lines as a tooltip bears. */
const MOST_IN_TOOLTIP = 40;

/** Each missing document with its reason, a line each. */
export function missingTooltip(missing: readonly Missing[]): string {
  const lines = missing
    .slice(0, MOST_IN_TOOLTIP)
    .map((each) => `${failureName(each)}: ${shortReason(each.reason)}`);
  const more = missing.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${formatNumber(more)} more`] : [])].join('\n');
}
