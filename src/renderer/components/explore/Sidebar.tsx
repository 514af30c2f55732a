import { SEARCH_RULE } from '../../../preload/contract/search-words';
import { Skeleton, TextInput } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type ColumnName, DEFAULT_GAMES } from '../../../preload/contract/dataset';
import { inGameOrder } from '../../../preload/contract/games';
import { highestOf } from '../../../preload/contract/extent';
import type { Filter } from '../../../preload/contract/filters';
import { columnTitle, exactNumber, formatNumber, titleCase } from '../../charts/format';
import { toBins } from '../../charts/histogram-option';
import { textOnType, typeColor } from '../../charts/type-colors';
import { useApp } from '../../state/app-store';
import { GAMES, rangeControl, SEARCH, SIDE_RANGES, TYPES } from '../../state/controls';
import { useExplore } from '../../state/explore-store';
import { useSight } from '../../state/sight';
import { useChartTheme } from '../../state/use-chart-theme';
import { Later } from '../Later';
import { SearchIcon } from '../icons';
import { binAxis, middleOf } from './bin-range';
import { MatchSwitch } from './MatchSwitch';
import { RangeBrush } from './RangeBrush';
import { foldedGames } from './shown-games';
import { useCard, useSeenCard } from './use-card';
import { toggled } from './use-plot-click';

const SEARCH_DELAY_MS = 120;
const SHOWN_GAMES = 8;

/** The profile column: search, games, types, and a small histogram a number. */
export function Sidebar() {
  return (
    <aside className="sidebar" aria-label="Filters">
      <Later>
        <Search />
        <Games />
        <Types />
        {SIDE_RANGES.map((column) => (
          <RangePanel key={column} column={column} />
        ))}
      </Later>
    </aside>
  );
}

function Search() {
  const filter = useExplore((state) => state.selections.find(({ source }) => source === SEARCH));
  const select = useExplore((state) => state.select);
  const current = filter?.filter.kind === 'search' ? filter.filter.text : '';
  const [text, setText] = useState(current);
  // Spaces that wait for the next word are the typist's.
  useEffect(() => setText((typed) => (typed.trim() === current ? typed : current)), [current]);
  /** A search that is typed letter by letter is one step of undo. */
  const goesOn = useRef(false);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === current) return;
    const timer = setTimeout(() => {
      select(SEARCH, wanted === '' ? null : { kind: 'search', text: wanted }, goesOn.current);
      goesOn.current = true;
    }, SEARCH_DELAY_MS);
    return () => clearTimeout(timer);
  }, [text, current, select]);
  return (
    <TextInput
      type="search"
      size="sm"
      aria-label="Search names, types, abilities"
      title={SEARCH_RULE}
      placeholder="Name, number, type…"
      leftSection={<SearchIcon />}
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        goesOn.current = false;
      }}
    />
  );
}

const GAMES_QUERY = { kind: 'values', column: 'games' } as const;

function Games() {
  const data = useCard(GAMES, GAMES_QUERY);
  const inData = useApp((state) => state.dataset?.games);
  const own = data.own?.kind === 'games' ? data.own : null;
  const chosen = own?.values ?? [];
  const match = own?.match ?? 'any';
  const [all, setAll] = useState(false);
  const counts = useMemo(
    () => new Map((data.selected ?? []).map((row) => [String(row['value']), Number(row['n'])])),
    [data.selected],
  );
  const whole = data.whole ?? [];
  const names = inGameOrder(whole.map((row) => String(row['value'])));
  const scope = Array.isArray(inData) ? inData : DEFAULT_GAMES;
  const shown = all ? names : foldedGames(names, scope, chosen, SHOWN_GAMES);
  const toggle = (name: string) => {
    const values = toggled(chosen, name);
    data.select(values.length === 0 ? null : { kind: 'games', values, match });
  };
  return (
    <fieldset className="panel" data-source={GAMES}>
      <legend>Games</legend>
      <MatchSwitch
        of="games"
        count={chosen.length}
        match={match}
        onMatch={(next) => data.select({ kind: 'games', values: [...chosen], match: next })}
      />
      {data.whole === null && <Skeleton className="panel-skeleton" data-panel="games" />}
      {shown.map((name) => (
        <label className="check" key={name}>
          <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
          <span>{titleCase(name)}</span>
          <span className="check-count">{formatNumber(counts.get(name) ?? 0)}</span>
        </label>
      ))}
      {names.length > SHOWN_GAMES && (
        <button type="button" className="panel-more" onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `All ${names.length} games`}
        </button>
      )}
    </fieldset>
  );
}

const TYPES_QUERY = { kind: 'values', column: 'type_1' } as const;

function Types() {
  const data = useCard(TYPES, TYPES_QUERY);
  const theme = useChartTheme();
  const own = data.own?.kind === 'types' ? data.own : null;
  const chosen = own?.values ?? [];
  const match = own?.match ?? 'any';
  const counts = new Map((data.selected ?? []).map((row) => [row['value'], Number(row['n'])]));
  const toggle = (name: string) => {
    const values = toggled(chosen, name);
    const filter: Filter | null = values.length === 0 ? null : { kind: 'types', values, match };
    data.select(filter);
  };
  return (
    <fieldset className="panel" data-source={TYPES}>
      <legend>Types</legend>
      <MatchSwitch
        of="types"
        count={chosen.length}
        match={match}
        onMatch={(next) => data.select({ kind: 'types', values: [...chosen], match: next })}
      />
      {data.whole === null && <Skeleton className="panel-skeleton" data-panel="types" />}
      <div className="type-chips">
        {(data.whole ?? []).map((row) => {
          const name = String(row['value']);
          const n = counts.get(name) ?? 0;
          return (
            <button
              key={name}
              type="button"
              className="type-chip"
              aria-pressed={chosen.includes(name)}
              data-empty={n === 0 || undefined}
              style={{
                backgroundColor: typeColor(name, theme.dark),
                color: textOnType(name, theme.dark),
              }}
              onClick={() => toggle(name)}
            >
              {titleCase(name)} <b>{formatNumber(n)}</b>
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

const PANEL_BINS = 24;

function RangePanel({ column }: { column: ColumnName }) {
  const query = useMemo(() => ({ kind: 'histogram' as const, column, bins: PANEL_BINS }), [column]);
  const source = `panel:${column}`;
  const data = useSeenCard(source, rangeControl(column), query);
  const sight = useSight(source);
  const whole = toBins(data.whole ?? []);
  const selected = toBins(data.selected ?? []);
  const most = highestOf(
    whole.map((bin) => bin.n),
    1,
  );
  const own = data.own?.kind === 'range' ? data.own : null;
  const axis = binAxis(column, whole);
  const title = columnTitle(column);
  return (
    <fieldset ref={sight} className="panel" data-source={rangeControl(column)}>
      <legend>{title}</legend>
      <div className="mini">
        <svg
          viewBox={`0 0 ${Math.max(1, whole.length)} 1`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {whole.map((bin, index) => (
            <rect
              key={bin.x0}
              className="mini-whole"
              x={index + 0.06}
              width={0.88}
              y={1 - bin.n / most}
              height={bin.n / most}
            />
          ))}
          {selected.map((bin, index) => (
            <rect
              key={bin.x0}
              className="mini-selected"
              x={index + 0.06}
              width={0.88}
              y={1 - bin.n / most}
              height={bin.n / most}
            />
          ))}
        </svg>
        <RangeBrush
          label={title}
          axis={axis}
          filter={own}
          middle={middleOf(selected)}
          onChange={data.select}
        />
      </div>
      <div className="mini-ends">
        {(axis.only === null ? axis.domain : [axis.only]).map((end) => (
          <span key={end}>{exactNumber(end)}</span>
        ))}
      </div>
    </fieldset>
  );
}
