import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type { VersionEntry } from '../../../preload/contract/reports';
import { formatDate } from '../../words/dates';
import { countsOf } from './VersionList';
import { type ChangeKind, KIND_WORDS } from './group-changes';
import styles from './timeline.module.css';

/** Something that is to be seen at a version: `it would have fired here`. */
export interface VersionMark {
  version: number;
  label: string;
}

interface Props {
  versions: readonly VersionEntry[];
  chosen: number | null;
  onChoose(version: number): void;
  /** Beside what each version changed. */
  marks?: readonly VersionMark[];
}

const PARTS: readonly [kind: ChangeKind, count: 'inserted' | 'updated' | 'deleted'][] = [
  ['delete', 'deleted'],
  ['update', 'updated'],
  ['insert', 'inserted'],
];

/** Every version in its order, with how much it changed. Arrow keys go from one to the next. */
export function VersionTimeline({ versions, chosen, onChoose, marks = [] }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const ordered = useMemo(() => [...versions].sort((a, b) => a.version - b.version), [versions]);
  const most = ordered.reduce((largest, entry) => Math.max(largest, changedRows(entry)), 1);
  const current = chosen ?? ordered.at(-1)?.version ?? null;

  useEffect(() => {
    const button = list.current?.querySelector('[aria-current]');
    button?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);

  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = ordered[ordered.findIndex(({ version }) => version === current) + (step ?? 0)];
    if (step === undefined || next === undefined) return;
    event.preventDefault();
    onChoose(next.version);
    list.current?.querySelector<HTMLElement>(`[data-version="${next.version}"]`)?.focus();
  };

  return (
    <div className={styles.timeline}>
      <ol ref={list} className={styles.list} aria-label="Timeline of versions" onKeyDown={move}>
        {ordered.map((entry) => {
          const labels = marks.flatMap(({ version, label }) =>
            version === entry.version ? [label] : [],
          );
          const words = wordsOf(entry, labels);
          return (
            <li key={entry.version}>
              <button
                type="button"
                className={styles.version}
                data-version={entry.version}
                data-told={entry.told}
                aria-current={entry.version === current ? 'true' : undefined}
                aria-label={words}
                title={words}
                // One stop of the Tab key for all of them.
                tabIndex={entry.version === current ? 0 : -1}
                onClick={() => onChoose(entry.version)}
              >
                <span className={styles.mark} data-marked={labels.length > 0} />
                <Bar entry={entry} most={most} />
                <span className={styles.name}>{entry.version}</span>{' '}
                <span className={styles.date}>
                  {entry.timestamp === null ? '–' : formatDate(entry.timestamp)}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      <p className={styles.legend} aria-hidden="true">
        {PARTS.map(([kind]) => (
          <span key={kind} data-kind={kind}>
            {KIND_WORDS[kind]}
          </span>
        ))}
      </p>
    </div>
  );
}

const HEIGHT = 44;

/** Its height grows with the square root, so that one changed row is seen beside a thousand. */
function Bar({ entry, most }: { entry: VersionEntry; most: number }) {
  const rows = changedRows(entry);
  const height = Math.round(Math.sqrt(rows / most) * HEIGHT);
  return (
    <span className={styles.bar}>
      {PARTS.map(([kind, count]) => {
        const n = entry[count] ?? 0;
        if (n === 0) return null;
        return (
          <span
            key={kind}
            data-kind={kind}
            style={{ height: Math.max(3, Math.round((n / rows) * height)) }}
          />
        );
      })}
    </span>
  );
}

function changedRows({ inserted, updated, deleted }: VersionEntry): number {
  return (inserted ?? 0) + (updated ?? 0) + (deleted ?? 0);
}

/** `Version 2, 8 Aug 2026: 649 updated, 18 deleted; its changes are no longer kept`. */
function wordsOf(entry: VersionEntry, marks: readonly string[]): string {
  const date = entry.timestamp === null ? '' : `, ${formatDate(entry.timestamp)}`;
  const parts = [
    countsOf(entry),
    ...(entry.told ? [] : ['its changes are no longer kept']),
    ...marks,
  ];
  return `Version ${entry.version}${date}: ${parts.join('; ')}`;
}
