import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { columnTitle, formatValue, namesText } from '../../state/column-words';
import { useNoun } from '../../state/noun';
import { formatNumber } from '../../words/numbers';
import { useExplore } from '../../state/explore-store';
import { KIND_WORDS, type RowChange } from './group-changes';
import { listChange } from './list-change';
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
      {group.change === 'delete' ? (
        <span className={styles.name}>{group.name}</span>
      ) : (
        <button type="button" className={styles.name} onClick={() => open(String(group.id))}>
          {group.name}
        </button>
      )}
      <span className={styles.quiet}>#{group.id}</span>
    </div>
  );
}

function FieldLine({ column, before, after }: { column: string; before: unknown; after: unknown }) {
  return (
    <div className={styles.field}>
      <span className={styles.column}>{columnTitle(column)}</span>
      <Difference column={column} before={before} after={after} />
    </div>
  );
}

/** Of a list what it gained and lost, as the rest of it is no news; of anything else both values. */
function Difference({
  column,
  before,
  after,
}: {
  column: string;
  before: unknown;
  after: unknown;
}) {
  const change = listChange(before, after);
  if (change !== null && change.added.length + change.removed.length > 0) {
    return (
      <>
        <Members column={column} of={change.added} what="added" as="ins" />
        <Members column={column} of={change.removed} what="removed" as="del" />
      </>
    );
  }
  const [from, to] = [formatValue(column, before), formatValue(column, after)];
  return (
    <>
      {change !== null && <span>new order</span>}
      <del title={from}>{from}</del>
      <span aria-hidden="true">→</span>
      <ins title={to}>{to}</ins>
    </>
  );
}

interface MembersProps {
  column: string;
  of: readonly string[];
  what: string;
  as: 'ins' | 'del';
}

function Members({ column, of, what, as: Mark }: MembersProps) {
  if (of.length === 0) return null;
  const words = namesText(column, of);
  return (
    <>
      <span>
        {formatNumber(of.length)} {what}
      </span>
      <Mark title={words}>{words}</Mark>
    </>
  );
}
