import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { columnTitle } from '../../state/column-words';
import { useNoun } from '../../state/noun';
import { useExplore } from '../../state/explore-store';
import { FieldDifference } from './FieldDifference';
import { KIND_WORDS, type RowChange } from './group-changes';
import styles from './changes.module.css';

type Line =
  | { kind: 'row'; group: RowChange }
  | { kind: 'field'; column: string; before: unknown; after: unknown };

const LINE_HEIGHT = { row: 36, field: 28 };

/** What changed, row by row; only the lines in sight are drawn. */
export function ChangeList({ groups }: { groups: readonly RowChange[] }) {
  const noun = useNoun();
  const place = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => groups.flatMap(linesOf), [groups]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => place.current,
    estimateSize: (index) => LINE_HEIGHT[lines[index]?.kind ?? 'field'],
    overscan: 20,
  });
  return (
    <div
      ref={place}
      className={styles.list}
      tabIndex={0}
      role="region"
      aria-label={`Changed ${noun.many}`}
    >
      <div className={styles.canvas} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, size, key }) => {
          const line = lines[index];
          if (line === undefined) return null;
          return (
            <div
              key={key}
              className={styles.line}
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              {line.kind === 'row' ? <RowLine group={line.group} /> : <FieldLine {...line} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function linesOf(group: RowChange): Line[] {
  return [
    { kind: 'row', group },
    ...group.fields.map((field) => ({ kind: 'field' as const, ...field })),
  ];
}

function RowLine({ group }: { group: RowChange }) {
  const open = useExplore((state) => state.open);
  return (
    <div className={styles.row}>
      <span className={styles.kind} data-kind={group.change}>
        {KIND_WORDS[group.change]}
      </span>
      <button type="button" className={styles.name} onClick={() => open(String(group.id))}>
        {group.name}
      </button>
      <span className={styles.quiet}>#{group.id}</span>
    </div>
  );
}

function FieldLine({ column, before, after }: { column: string; before: unknown; after: unknown }) {
  return (
    <div className={styles.field}>
      <span className={styles.column}>{columnTitle(column)}</span>
      <FieldDifference column={column} before={before} after={after} />
    </div>
  );
}
