import { printable, shortened } from '../../../preload/contract/printable';
import type { VersionEntry } from '../../../preload/contract/reports';
import { nounNow } from '../../state/noun';
import { sourceName } from '../dataset-words';
import { formatDate } from '../../words/dates';
import { countedNoun } from '../../words/noun';
import { formatNumber } from '../../words/numbers';
import { missingTooltip, missingWords } from '../refresh/missing-words';
import styles from './changes.module.css';

interface Props {
  versions: readonly VersionEntry[];
  chosen: number | null;
  onChoose(version: number): void;
}

/** Every published version of the data, newest first. */
export function VersionList({ versions, chosen, onChoose }: Props) {
  const oldest = versions.at(-1)?.version ?? 1;
  return (
    <ol className={styles.versions} aria-label="Versions, newest first">
      {versions.map((entry) => (
        <li key={entry.version}>
          <button
            type="button"
            aria-current={entry.version === chosen ? 'true' : undefined}
            onClick={() => onChoose(entry.version)}
          >
            <span className={styles.versionName}>Version {entry.version}</span>
            <span className={styles.counts}>{countsOf(entry)}</span>
            <span className={styles.quiet}>
              {[momentOf(entry), rowsOf(entry)].filter((part) => part !== null).join(' · ')}
            </span>
            <span className={styles.quiet}>{sourceOf(entry)}</span>
            {entry.missing.length > 0 && (
              <span className={styles.quiet} title={missingTooltip(entry.missing)}>
                {missingWords(entry.missing)}
              </span>
            )}
          </button>
        </li>
      ))}
      {oldest > 1 && (
        <li className={styles.quiet}>Versions before {oldest} are no longer listed.</li>
      )}
    </ol>
  );
}

function momentOf({ timestamp }: VersionEntry): string | null {
  return timestamp === null ? null : `${formatDate(timestamp)}, ${formatTime(timestamp)}`;
}

function rowsOf({ rows }: VersionEntry): string | null {
  return rows === null ? null : countedNoun(nounNow(), rows);
}

/** `18 added, 649 updated`. */
export function countsOf({ inserted, updated, deleted }: VersionEntry): string {
  if (inserted === null || updated === null || deleted === null) return 'no longer kept';
  const counts = [
    [inserted, 'added'],
    [updated, 'updated'],
    [deleted, 'deleted'],
  ] as const;
  const said = counts.filter(([n]) => n > 0).map(([n, word]) => `${formatNumber(n)} ${word}`);
  return said.length === 0 ? 'nothing changed' : said.join(', ');
}

/** What another program calls itself may be of any length. */
const LONGEST_PROGRAM = 60;

function sourceOf({ source, gathered_at, program }: VersionEntry): string {
  if (program !== null) return `made by ${shortened(printable(program), LONGEST_PROGRAM)}`;
  const from = source === 'bundled' ? 'bundled snapshot' : (source ?? 'unknown source');
  return gathered_at === null ? from : `${sourceName(from)}, data of ${formatDate(gathered_at)}`;
}

function formatTime(iso: string): string {
  return `${new Date(iso).toISOString().slice(11, 16)} UTC`;
}
