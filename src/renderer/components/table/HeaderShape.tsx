import { useEffect, useMemo, useRef, useState } from 'react';
import type { ColumnDescriptor } from '../../../preload/contract/descriptor';
import { watchSight } from '../../charts/watch-sight';
import { loadedPart } from '../loaded-part';
import classes from './RowTable.module.css';

/** With the side bar's code, which comes after the first charts. */
const ColumnShape = loadedPart(async () => (await import('../../side/ColumnShape')).ColumnShape);

/** A column that is only scrolled past is not asked for. */
const STAYS_MS = 200;

/** A column's shape under its name: asked once it has come into sight, let go as it leaves. */
export function HeaderShape({ column }: { column: ColumnDescriptor }) {
  const place = useRef<HTMLSpanElement>(null);
  const isAsked = useStays(place);
  const { name, role } = column;
  const columns = useMemo(() => [name], [name]);
  return (
    <span ref={place} className={classes['thShape']} aria-hidden="true">
      {isAsked && role !== 'image' && (
        <ColumnShape column={column} columns={columns} isFollowing={false} />
      )}
    </span>
  );
}

/** Whether an element has been in sight for a moment, and still is. */
function useStays(place: { readonly current: Element | null }): boolean {
  const [stays, setStays] = useState(false);
  useEffect(() => {
    const { current } = place;
    if (current === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = watchSight(current, (isSeen) => {
      clearTimeout(timer);
      if (isSeen) timer = setTimeout(() => setStays(true), STAYS_MS);
      else setStays(false);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [place]);
  return stays;
}
