import { counted, humanCount } from '../../preload/contract/counts';
import type { FolderReport } from '../../preload/contract/folder-files';
import { printable, shortened } from '../../preload/contract/printable';
import type { GatherReport } from '../../preload/contract/reports';
import { humanBytes, humanDuration } from './terminal';

const MOST_LINES = 20;
const LONGEST_PATH = 200;

/** What a gather from a folder did, as one sentence. */
export function folderSentence(report: GatherReport, folder: FolderReport): string {
  const { files, taken_up, unchanged, replaced, left } = folder;
  const parts = [`${humanCount(taken_up)} taken up (${counted(report.fetched, 'document')})`];
  if (unchanged > 0) parts.push(`${humanCount(unchanged)} known already`);
  if (replaced > 0) parts.push(`${humanCount(replaced)} replaced by newer ones`);
  const bad = left.filter(({ outcome }) => outcome === 'quarantined').length;
  if (left.length > bad) parts.push(`${humanCount(left.length - bad)} waiting`);
  if (bad > 0) parts.push(`${humanCount(bad)} in quarantine`);
  return `${counted(files, 'file')} in ${printable(report.source)}: ${parts.join(', ')} (${humanBytes(report.bytes)}, ${humanDuration(report.duration_ms)}).`;
}

/** The files of which nothing was taken up, with their reasons. */
export function leftLines({ left }: FolderReport): string[] {
  const lines = left.slice(0, MOST_LINES).map(({ path, outcome, reason }) => {
    const what = outcome === 'quarantined' ? 'in quarantine' : 'waiting';
    return `  ${printable(shortened(path, LONGEST_PATH))}: ${what}, ${reason ?? ''}`;
  });
  const rest = left.length - lines.length;
  return rest > 0
    ? [...lines, `  and ${humanCount(rest)} more: pokedex history --files lists them`]
    : lines;
}
