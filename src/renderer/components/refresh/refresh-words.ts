import type { FolderReport } from '../../../preload/contract/folder-files';
import { toldText } from '../../../preload/contract/printable';
import { counted } from '../../words/counts';
import { isIncomplete, type RefreshReport } from '../../../preload/contract/reports';
import { formatNumber, oneDecimal } from '../../words/numbers';

/** What a refresh did, in one sentence. */
export function refreshSentence(report: RefreshReport): string {
  if (isIncomplete(report)) {
    if (report.refusal !== null) return toldText(report.refusal.message);
    const failed = `${formatNumber(report.failed.length)} of ${documents(report.listed)} did not arrive`;
    return `${failed}; the data shown stay as they were.`;
  }
  const changes = [
    [report.inserted, 'added'],
    [report.updated, 'updated'],
    [report.deleted, 'deleted'],
  ] as const;
  const said = changes
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${formatNumber(number)} ${word}`);
  if (report.version === null || said.length === 0) {
    return `Nothing changed in ${documents(report.listed)}.`;
  }
  return `${said.join(', ')} · version ${report.version}`;
}

/** `2 documents fetched, 1,349 already landed`: what a retry had is not asked for again. */
export function gatheredWords(report: RefreshReport): string {
  const { fetched, not_modified, resumed, fresh, folder } = report;
  if (folder !== undefined) return filesWords(folder, fetched);
  return [
    `${documents(fetched)} fetched`,
    ...(not_modified > 0 || resumed === 0
      ? [`${formatNumber(not_modified)} unchanged at the source`]
      : []),
    ...(resumed > 0 ? [`${formatNumber(resumed)} already landed`] : []),
    ...(fresh > 0 ? [`${formatNumber(fresh)} still fresh`] : []),
  ].join(', ');
}

/** `2 of 14 files taken up with 30 documents, 1 waiting`. */
function filesWords({ files, taken_up, left }: FolderReport, fetched: number): string {
  const bad = left.filter(({ outcome }) => outcome === 'quarantined').length;
  return [
    `${formatNumber(taken_up)} of ${counted(files, 'file')} taken up with ${documents(fetched)}`,
    ...(left.length > bad ? [`${formatNumber(left.length - bad)} waiting`] : []),
    ...(bad > 0 ? [`${formatNumber(bad)} in quarantine`] : []),
  ].join(', ');
}

export function documents(number: number): string {
  return counted(number, 'document');
}

/** `2.1 MB`; a thousand bytes are a kilobyte. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  if (bytes < 999_500) return `${(bytes / 1000).toFixed(0)} kB`;
  return `${oneDecimal(bytes / 1_000_000)} MB`;
}

/** `8 s`, `1 min 5 s`, `2 h 3 min`; rounded up, so that nothing is said to be over before it is. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return parts(minutes, 'min', seconds % 60, 's');
  return parts(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function parts(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
