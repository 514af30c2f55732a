import { useState } from 'react';
import { columnOf, type DatasetDescriptor } from '../../preload/contract/descriptor';
import { useApp } from '../state/app-store';
import { useChartTheme } from '../state/use-chart-theme';
import { cellOf, colorColumns, type Row } from './row';
import { valueColor } from '../charts/value-color';
import classes from './RowImage.module.css';

interface Props {
  described: DatasetDescriptor;
  row: Row;
  /** Pixels on the screen: a multiple of 96, or the half of it. */
  size: 48 | 96 | 192;
}

/**
 * A row's picture, or a ball drawn in the colours of its slots where there is none. Only pictures
 * that the app itself keeps are shown: a page fetches nothing from an address in the data. Decorative.
 */
export function RowImage({ described, row, size }: Props) {
  const id = Number(row.id);
  const isThere = useApp(({ sprites }) => isOfPublished(described) && sprites.has(id));
  /** The one that did not come although it was said to be there. */
  const [failed, setFailed] = useState<number | null>(null);
  if (!isThere || failed === id) return <Drawn described={described} row={row} size={size} />;
  return (
    <img
      className={classes['picture']}
      src={`/sprites/${id}.png`}
      width={size}
      height={size}
      alt=""
      draggable={false}
      decoding="async"
      onError={() => setFailed(id)}
    />
  );
}

/** Pictures are kept by the ids of the published data, whichever version of them is shown. */
function isOfPublished({ kind, versions }: DatasetDescriptor): boolean {
  return kind === 'published' || versions !== undefined;
}

function Drawn({ described, row, size }: Props) {
  const { dark, surface } = useChartTheme();
  const colors = colorColumns(described).flatMap((name) => {
    const value = cellOf(row, name);
    if (value === null) return [];
    return [valueColor(columnOf(described, name)?.palette, String(value), dark)];
  });
  const [top = valueColor(null, null, dark), bottom] = colors;
  return (
    <svg
      className={classes['drawn']}
      width={size}
      height={size}
      viewBox="0 0 48 48"
      aria-hidden="true"
    >
      <path d="M9 24a15 15 0 0 1 30 0z" fill={top} />
      <path
        d="M9 24a15 15 0 0 0 30 0z"
        fill={bottom ?? top}
        opacity={bottom === undefined ? 0.45 : 1}
      />
      <path d="M9 24h30" stroke={surface} strokeWidth="2.5" />
      <circle cx="24" cy="24" r="5" fill={top} stroke={surface} strokeWidth="2.5" />
    </svg>
  );
}
