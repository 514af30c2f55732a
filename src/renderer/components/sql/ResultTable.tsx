import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { humanCount } from '../../words/counts';
import type { SqlResult } from '../../../preload/contract/calls';
import { type Cell, isNumberShape, type Shape } from '../../../preload/contract/value-text';
import { shownText } from '../../words/values';
import styles from './sql.module.css';

const ROW_HEIGHT = 28;
/** Columns are laid out whole; a result with thousands of them would freeze the screen. */
const MOST_COLUMNS = 200;
const MEASURED_ROWS = 200;

/** A query's rows; only those in sight are drawn. */
export function ResultTable({ result }: { result: SqlResult }) {
  const place = useRef<HTMLDivElement>(null);
  const columns = result.columns.slice(0, MOST_COLUMNS);
  const widths = useMemo(() => columnWidths(result), [result]);
  const virtual = useVirtualizer({
    count: result.rows.length,
    getScrollElement: () => place.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const template = { gridTemplateColumns: widths.map((width) => `${width}px`).join(' ') };
  return (
    <>
      {result.columns.length > MOST_COLUMNS && (
        <p className={styles.quiet}>
          The first {MOST_COLUMNS} of {humanCount(result.columns.length)} columns are shown; an
          export has them all.
        </p>
      )}
      <div
        ref={place}
        className={styles.table}
        tabIndex={0}
        role="table"
        aria-label="Result"
        aria-rowcount={result.rows.length + 1}
        aria-colcount={result.columns.length}
      >
        <div role="rowgroup" className={styles.tableHead}>
          <div role="row" aria-rowindex={1} className={styles.tableRow} style={template}>
            {columns.map(({ name, type, shape }, index) => (
              <div
                key={index}
                role="columnheader"
                className={styles.cell}
                data-number={isNumberShape(shape) || undefined}
                title={type}
              >
                {name}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.canvas} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              role="row"
              aria-rowindex={index + 2}
              className={`${styles.tableRow} ${styles.placed}`}
              style={{ ...template, transform: `translateY(${start}px)` }}
            >
              {columns.map(({ shape }, column) => (
                <ResultCell
                  key={column}
                  shape={shape}
                  value={result.rows[index]?.[column] ?? null}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
    </>
  );
}

function ResultCell({ shape, value }: { shape: Shape; value: Cell }) {
  const text = shownText(value, shape);
  return (
    <div
      role="cell"
      className={styles.cell}
      data-number={isNumberShape(shape) || undefined}
      title={text}
    >
      {text}
    </div>
  );
}

/** Wide enough for the first rows, within reason. */
function columnWidths({ columns, rows }: SqlResult): number[] {
  return columns.slice(0, MOST_COLUMNS).map(({ name, shape }, column) => {
    const longest = rows
      .slice(0, MEASURED_ROWS)
      .reduce(
        (most, row) => Math.max(most, shownText(row[column] ?? null, shape).length),
        name.length * 1.3,
      );
    return Math.min(360, Math.max(72, longest * 7.5 + 24));
  });
}
