import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo } from 'react';
import { isBinnedColumn } from '../../preload/contract/descriptor';
import { ownValue } from '../../preload/contract/own-value';
import { moveEntry } from '../components/columns/correct-columns';
import { ColumnEntry } from './ColumnEntry';
import type { ProfileLine } from './profile-entries';
import { useSide } from './side-store';

interface Props {
  lines: readonly ProfileLine[];
  /** Entries that are open where nobody has opened or closed them. */
  openAtFirst: readonly string[];
  /** Null until it is on the page. */
  scroller: HTMLElement | null;
}

/** Lists up to this long are on the page whole: a browser's own search finds all of it. */
const SHORT_LIST = 60;
const LONG_OVERSCAN = 6;
/** Lines beyond those in sight whose shapes are asked for. */
const NEAR = 2;

/** Pixels, until an entry has been measured. */
const LINE_HEIGHT = 32;
const OPEN_HEIGHT = { range: 190, values: 280 };

/** The column profile; of a long one only what is in sight and a little more is on the page. */
export function ColumnList({ lines, openAtFirst, scroller }: Props) {
  const open = useSide((state) => state.open);
  const first = useMemo(() => new Set(openAtFirst), [openAtFirst]);
  const isOpen = (line: ProfileLine) =>
    line.kind === 'entry' && (ownValue(open, line.id) ?? first.has(line.id));
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller,
    getItemKey: (at) => lines[at]?.id ?? at,
    estimateSize: (at) => {
      const line = lines[at];
      if (line === undefined || !isOpen(line) || line.kind !== 'entry') return LINE_HEIGHT;
      return isBinnedColumn(line.column) ? OPEN_HEIGHT.range : OPEN_HEIGHT.values;
    },
    overscan: lines.length <= SHORT_LIST ? SHORT_LIST : LONG_OVERSCAN,
  });
  const entries = useMemo(() => lines.filter((line) => line.kind === 'entry'), [lines]);
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  return (
    <div className="columns" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, key, start }) => {
        const line = lines[index];
        if (line === undefined) return null;
        return (
          <div
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            className="columns-line"
            style={{ transform: `translateY(${start}px)` }}
          >
            {line.kind === 'heading' ? (
              <h2 className="columns-heading">{line.label}</h2>
            ) : (
              <ColumnEntry
                entry={line}
                isOpen={isOpen(line)}
                onMove={(by) => void moveEntry(entries, line.id, by)}
                isNear={index >= startIndex - NEAR && index <= endIndex + NEAR}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}
