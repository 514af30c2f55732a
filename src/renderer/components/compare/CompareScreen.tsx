import { Button, Skeleton } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { ChartRow } from '../../../preload/contract/chart-query';
import { radarOption } from '../../charts/radar-option';
import { MOST_COMPARED } from '../../../preload/contract/settings';
import { useExplore } from '../../state/explore-store';
import { useChartTheme } from '../../state/use-chart-theme';
import { useRows } from '../../state/use-rows';
import { statValues, typesOf } from '../detail/stat-values';
import { EChart } from '../EChart';
import { ErrorNote } from '../ErrorNote';
import { Sprite } from '../table/Sprite';
import { CloseIcon } from '../icons';
import { clearComparison, takeOutOfComparison } from '../undo/arranging';
import { assignLooks, type Look, LOOKS } from './compared-look';
import { DifferencesTable } from './DifferencesTable';
import { PokemonSearch } from './PokemonSearch';
import { Suggestions } from './Suggestions';
import classes from './CompareScreen.module.css';

/** Up to six Pokémon over and beside each other. */
export default function CompareScreen() {
  const compared = useExplore((state) => state.compared);
  const { rows, error, retry, isCurrent } = useRows(
    compared.length === 0 ? null : { kind: 'by-id', ids: [...compared] },
    [],
  );
  const shown = useMemo(
    () =>
      compared
        .map((id) => rows?.find((row) => row['id'] === id))
        .filter((row) => row !== undefined),
    [compared, rows],
  );
  return (
    <div className={classes['screen']}>
      <header className={classes['head']}>
        <h2>Compare</h2>
        <PokemonSearch />
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
      {compared.length === 0 && <Suggestions />}
      {compared.length > 0 && rows === null && error === null && <Skeleton height={360} />}
      {isCurrent && (
        <Missing ids={compared.filter((id) => !rows?.some((row) => row['id'] === id))} />
      )}
      {shown.length > 0 && <Comparison rows={shown} />}
    </div>
  );
}

/** Who is compared but has no row: other games may have been chosen since. */
function Missing({ ids }: { ids: readonly number[] }) {
  return ids.map((id) => (
    <p key={id} className={classes['muted']}>
      No. {id} is not in the data.{' '}
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() => takeOutOfComparison(id, `No. ${id}`)}
      >
        Take No. {id} out
      </Button>
    </p>
  ));
}

function Comparison({ rows }: { rows: readonly ChartRow[] }) {
  const theme = useChartTheme();
  const open = useExplore((state) => state.open);
  // Six lines over each other are told apart one by one: by pointing at their card.
  const [looked, look] = useState<number | null>(null);
  const places = useRef<Map<number, number>>(new Map());
  const looks = useMemo(() => {
    const ids = rows.map((row) => Number(row['id']));
    places.current = assignLooks(ids, places.current);
    return ids.map((id) => LOOKS[places.current.get(id) ?? 0]);
  }, [rows]);
  const option = useMemo(
    () =>
      radarOption(
        rows.map((row, index) => ({
          name: String(row['name']),
          values: statValues(row),
          color: lookColor(looks[index], theme.dark),
          dash: looks[index]?.dash ?? [],
          symbol: looks[index]?.symbol ?? 'circle',
          filled: rows.length < 3 || looked === Number(row['id']),
          pale: looked !== null && looked !== Number(row['id']),
        })),
        theme,
      ),
    [rows, looks, looked, theme],
  );
  const names = rows.map((row) => String(row['name'])).join(', ');
  return (
    <>
      <ul className={classes['cards']} aria-label="Compared Pokémon">
        {rows.map((row, index) => {
          const id = Number(row['id']);
          const name = String(row['name']);
          return (
            <li
              key={id}
              className={classes['card']}
              onPointerEnter={() => look(id)}
              onPointerLeave={() => look(null)}
              onFocus={() => look(id)}
              onBlur={() => look(null)}
            >
              <button type="button" className={classes['open']} onClick={() => open(id)}>
                <Sprite id={id} types={typesOf(row)} size={96} />
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
                onClick={() => takeOutOfComparison(id, name)}
              >
                <CloseIcon />
              </button>
            </li>
          );
        })}
      </ul>
      <div className={classes['columns']}>
        <section className={classes['radar']} aria-label="Base stats">
          <EChart option={option} height={380} label={`Base stats of ${names}`} />
        </section>
        <DifferencesTable rows={rows} />
      </div>
    </>
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
