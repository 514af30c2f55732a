import { Button, Skeleton } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { DatasetDescriptor, RowId } from '../../../preload/contract/descriptor';
import { radarOption } from '../../charts/radar-option';
import { MOST_COMPARED } from '../../../preload/contract/settings';
import { nameOfId, type Row, rowsOf, titleOfRow } from '../../row/row';
import { RowImage } from '../../row/RowImage';
import { type Part, rowParts } from '../../row/row-parts';
import { useApp } from '../../state/app-store';
import { useDescribed } from '../../state/described';
import { useExplore } from '../../state/explore-store';
import { askOne } from '../../state/query-batch';
import { useChartTheme } from '../../state/use-chart-theme';
import { useLatest } from '../../state/use-latest';
import { usualColumns } from '../../state/usual-columns';
import { profileValues } from '../detail/profile-values';
import { useRadarScale } from '../detail/use-radar-scale';
import { EChart } from '../EChart';
import { ErrorNote } from '../ErrorNote';
import { CloseIcon } from '../icons';
import { clearComparison, takeOutOfComparison } from '../../undo/arranging';
import { assignLooks, type Look, LOOKS } from './compared-look';
import { DifferencesTable } from './DifferencesTable';
import { RowSearch } from './RowSearch';
import { Suggestions } from './Suggestions';
import classes from './CompareScreen.module.css';

/** Up to six rows over and beside each other. */
export default function CompareScreen() {
  const described = useDescribed((state) => state.described);
  if (described === null) return null;
  return described.row.key === null ? (
    <Keyless described={described} />
  ) : (
    <Compare described={described} />
  );
}

/** Rows that only their place tells apart are other rows once the data change. */
function Keyless({ described }: { described: DatasetDescriptor }) {
  return (
    <div className={classes['screen']}>
      <header className={classes['head']}>
        <h2>Compare</h2>
      </header>
      <p className={classes['muted']}>
        No column of “{described.title}” names each {described.noun.one}, so there is nothing to
        compare them by.
      </p>
    </div>
  );
}

function Compare({ described }: { described: DatasetDescriptor }) {
  const compared = useExplore((state) => state.compared);
  const version = useApp((state) => state.dataset?.version ?? null);
  const asked = useLatest(
    compared.length === 0 || version === null
      ? null
      : JSON.stringify([described.key, version, compared]),
    () => askOne({ kind: 'byId', ids: [...compared] }, []),
  );
  const { value, error, retry, isCurrent } = asked;
  const rows = useMemo(() => (value === undefined ? null : rowsOf(value)), [value]);
  const shown = useMemo(
    () => compared.flatMap((id) => rows?.find((row) => row.id === id) ?? []),
    [compared, rows],
  );
  return (
    <div className={classes['screen']}>
      <header className={classes['head']}>
        <h2>Compare</h2>
        <RowSearch described={described} />
        <span className={classes['muted']} role="status">
          {compared.length} of {MOST_COMPARED}
        </span>
        {compared.length > 0 && (
          <Button size="xs" variant="default" onClick={clearComparison}>
            Take everybody out
          </Button>
        )}
      </header>
      {error !== null && <ErrorNote error={error} onRetry={retry} />}
      {compared.length === 0 && <Suggestions described={described} />}
      {compared.length > 0 && rows === null && error === null && <Skeleton height={360} />}
      {isCurrent && <Missing ids={compared.filter((id) => !shown.some((row) => row.id === id))} />}
      {shown.length > 0 && <Comparison described={described} rows={shown} />}
    </div>
  );
}

/** What is compared but has no row: others may have been chosen for the data since. */
function Missing({ ids }: { ids: readonly RowId[] }) {
  return ids.map((id) => (
    <p key={id} className={classes['muted']}>
      {nameOfId(id)} is not in the data.{' '}
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() => takeOutOfComparison(id, nameOfId(id))}
      >
        Take {nameOfId(id)} out
      </Button>
    </p>
  ));
}

interface ComparisonProps {
  described: DatasetDescriptor;
  rows: readonly Row[];
}

function Comparison({ described, rows }: ComparisonProps) {
  const theme = useChartTheme();
  const open = useExplore((state) => state.open);
  const firstView = useDescribed((state) => state.firstView);
  const parts = useMemo(
    () => rowParts(described, usualColumns({ described, firstView })),
    [described, firstView],
  );
  // Six lines over each other are told apart one by one: by pointing at their card.
  const [looked, look] = useState<RowId | null>(null);
  const places = useRef<Map<RowId, number>>(new Map());
  const looks = useMemo(() => {
    const ids = rows.map(({ id }) => id);
    places.current = assignLooks(ids, places.current);
    return ids.map((id) => LOOKS[places.current.get(id) ?? 0]);
  }, [rows]);
  return (
    <>
      <ul className={classes['cards']} aria-label={`Compared ${described.noun.many}`}>
        {rows.map((row, index) => {
          const name = titleOfRow(described, row);
          return (
            <li
              key={row.id}
              className={classes['card']}
              onPointerEnter={() => look(row.id)}
              onPointerLeave={() => look(null)}
              onFocus={() => look(row.id)}
              onBlur={() => look(null)}
            >
              <button type="button" className={classes['open']} onClick={() => open(row.id)}>
                {described.row.image !== null && (
                  <RowImage described={described} row={row} size={96} />
                )}
                <span className={classes['name']} title={name}>
                  {name}
                </span>
                <LineSample look={looks[index]} dark={theme.dark} />
              </button>
              <button
                type="button"
                className={classes['remove']}
                aria-label={`Take ${name} out`}
                title={`Take ${name} out`}
                onClick={() => takeOutOfComparison(row.id, name)}
              >
                <CloseIcon />
              </button>
            </li>
          );
        })}
      </ul>
      <div className={classes['columns']}>
        {parts.profiles.map((part) => (
          <ComparedProfile
            key={part.group.id}
            described={described}
            part={part}
            rows={rows}
            looks={looks}
            looked={looked}
          />
        ))}
        <DifferencesTable described={described} parts={parts} rows={rows} />
      </div>
    </>
  );
}

interface ProfileProps extends ComparisonProps {
  part: Part;
  looks: readonly (Look | undefined)[];
  /** The row that is pointed at. */
  looked: RowId | null;
}

function ComparedProfile({ described, part, rows, looks, looked }: ProfileProps) {
  const theme = useChartTheme();
  const least = useRadarScale(part);
  const option = useMemo(
    () =>
      radarOption(
        { axes: part.columns.map(({ label }) => label), least },
        rows.map((row, index) => ({
          name: titleOfRow(described, row),
          values: profileValues(part, row),
          color: lookColor(looks[index], theme.dark),
          dash: looks[index]?.dash ?? [],
          symbol: looks[index]?.symbol ?? 'circle',
          filled: rows.length < 3 || looked === row.id,
          pale: looked !== null && looked !== row.id,
        })),
        theme,
      ),
    [described, part, rows, looks, looked, least, theme],
  );
  const names = rows.map((row) => titleOfRow(described, row)).join(', ');
  return (
    <section className={classes['radar']} aria-label={part.group.label}>
      <EChart option={option} height={380} label={`${part.group.label} of ${names}`} />
    </section>
  );
}

/** The radar's line and mark, as its legend. */
function LineSample({ look, dark }: { look: Look | undefined; dark: boolean }) {
  const color = lookColor(look, dark);
  return (
    <svg width="44" height="12" viewBox="0 0 44 12" aria-hidden="true">
      <path d="M0 6h44" stroke={color} strokeWidth="2" strokeDasharray={look?.dash.join(' ')} />
      <path d={MARKS[look?.symbol ?? 'circle'] ?? ''} fill={color} />
    </svg>
  );
}

const MARKS: Readonly<Record<string, string>> = {
  emptyCircle: 'M17 6a5 5 0 1 1 10 0a5 5 0 1 1-10 0M19 6a3 3 0 1 0 6 0a3 3 0 1 0-6 0',
  circle: 'M17 6a5 5 0 1 1 10 0a5 5 0 1 1-10 0',
  rect: 'M17 1h10v10H17z',
  triangle: 'M22 1l5 10H17z',
  diamond: 'M22 0l6 6-6 6-6-6z',
  roundRect: 'M19 1h6a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2h-6a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2z',
  arrow: 'M22 0l5 11-5-3-5 3z',
};

function lookColor(look: Look | undefined, dark: boolean): string {
  const { light, dark: lifted } = look ?? { light: '#2f6fde', dark: '#6ea0ff' };
  return dark ? lifted : light;
}
