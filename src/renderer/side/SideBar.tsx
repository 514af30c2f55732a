import { SEARCH_RULE } from '../../preload/contract/search-words';
import { Skeleton, TextInput } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ColumnName } from '../../preload/contract/dataset';
import { type ColumnDescriptor, columnOf, isNumberColumn } from '../../preload/contract/descriptor';
import { highestOf } from '../../preload/contract/extent';
import { columnTitle, exactNumber, formatNumber, nameIn } from '../charts/format';
import { toBins } from '../charts/histogram-option';
import { textOnType, typeColor } from '../charts/type-colors';
import { useDescribed } from '../state/described';
import { choiceControl, rangeControl, SEARCH } from '../state/controls';
import { useExplore } from '../state/explore-store';
import { searchFilter } from '../state/search-filter';
import { useSight } from '../state/sight';
import { useChartTheme } from '../state/use-chart-theme';
import { Later } from '../components/Later';
import { SearchIcon } from '../components/icons';
import { binAxis, middleOf } from '../components/explore/bin-range';
import { MatchSwitch } from './MatchSwitch';
import { RangeBrush } from '../components/explore/RangeBrush';
import { foldedNames, inOrder } from './folded-names';
import { useCard, useSeenCard } from '../components/explore/use-card';
import { toggled } from '../components/explore/use-plot-click';

const SEARCH_DELAY_MS = 120;
/** Members that a folded panel shows. */
const SHOWN_MEMBERS = 8;

const NO_PANELS: readonly string[] = [];

/** The profile column: search, then the first view's panels, a small histogram for a number. */
export function SideBar() {
  const panels = useDescribed((state) => state.firstView?.panels ?? NO_PANELS);
  return (
    <aside className="sidebar" aria-label="Filters">
      <Later>
        <Search />
        {panels.map((name) => (
          <Panel key={name} name={name} />
        ))}
      </Later>
    </aside>
  );
}

/** A column's or a group's panel; none where its values cannot be chosen so. */
function Panel({ name }: { name: string }) {
  const described = useDescribed((state) => state.described);
  if (described === null) return null;
  const group = described.groups.find(({ id }) => id === name);
  if (group !== undefined) return <Choices columns={group.columns} label={group.label} />;
  const column = columnOf(described, name);
  if (column === undefined) return null;
  if (isNumberColumn(column)) return <RangePanel column={name} />;
  if (column.type === 'list') return <Members column={column} />;
  return <Choices columns={[name]} label={column.label} />;
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
      select(SEARCH, wanted === '' ? null : searchFilter(wanted), goesOn.current);
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

/** The first view's own members of a list column: they are shown also where the rest is folded. */
function useScope(column: string): readonly string[] {
  const cards = useDescribed((state) => state.firstView?.cards);
  return useMemo(() => {
    const card = cards?.find((each) => each.kind === 'sets' && each.column === column);
    return card?.kind === 'sets' ? card.members : [];
  }, [cards, column]);
}

/** What rows have in a list column, each with a box to check. */
function Members({ column: { name: column, label, order } }: { column: ColumnDescriptor }) {
  const query = useMemo(
    () => ({ kind: 'values' as const, column: column as ColumnName }),
    [column],
  );
  const columns = useMemo(() => [column], [column]);
  const data = useCard(choiceControl(columns), query);
  const own = data.own?.kind === 'one-of' ? data.own : null;
  const chosen = own?.values.map(String) ?? [];
  const match = own?.match ?? 'any';
  const [all, setAll] = useState(false);
  const counts = useMemo(
    () => new Map((data.selected ?? []).map((row) => [String(row['value']), Number(row['n'])])),
    [data.selected],
  );
  const whole = data.whole ?? [];
  const names = inOrder(
    whole.map((row) => String(row['value'])),
    order,
  );
  const scope = useScope(column);
  const shown = all ? names : foldedNames(names, scope, chosen, SHOWN_MEMBERS);
  const of = label.toLowerCase();
  const toggle = (name: string) => {
    const values = toggled(chosen, name);
    data.select(values.length === 0 ? null : { kind: 'one-of', columns, values, match });
  };
  return (
    <fieldset className="panel" data-source={choiceControl(columns)}>
      <legend>{label}</legend>
      <MatchSwitch
        of={of}
        count={chosen.length}
        match={match}
        onMatch={(next) => data.select({ kind: 'one-of', columns, values: chosen, match: next })}
      />
      {data.whole === null && <Skeleton className="panel-skeleton" data-panel="members" />}
      {shown.map((name) => (
        <label className="check" key={name}>
          <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
          <span>{nameIn(column, name)}</span>
          <span className="check-count">{formatNumber(counts.get(name) ?? 0)}</span>
        </label>
      ))}
      {names.length > SHOWN_MEMBERS && (
        <button type="button" className="panel-more" onClick={() => setAll(!all)}>
          {all ? 'Fewer' : `All ${names.length} ${of}`}
        </button>
      )}
    </fieldset>
  );
}

/** The values of columns that share a vocabulary, each a chip in its colour. */
function Choices({ columns: given, label }: { columns: readonly string[]; label: string }) {
  const columns = useMemo(() => [...given], [given]);
  const query = useMemo(
    () => ({ kind: 'values' as const, column: columns[0] as ColumnName }),
    [columns],
  );
  const data = useCard(choiceControl(columns), query);
  const theme = useChartTheme();
  const own = data.own?.kind === 'one-of' ? data.own : null;
  const chosen = own?.values.map(String) ?? [];
  const match = own?.match ?? 'any';
  const counts = new Map((data.selected ?? []).map((row) => [row['value'], Number(row['n'])]));
  const toggle = (name: string) => {
    const values = toggled(chosen, name);
    data.select(values.length === 0 ? null : { kind: 'one-of', columns, values, match });
  };
  return (
    <fieldset className="panel" data-source={choiceControl(columns)}>
      <legend>{label}</legend>
      <MatchSwitch
        of={label.toLowerCase()}
        count={chosen.length}
        match={match}
        onMatch={(next) => data.select({ kind: 'one-of', columns, values: chosen, match: next })}
      />
      {data.whole === null && <Skeleton className="panel-skeleton" data-panel="choices" />}
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
              {nameIn(columns[0] ?? '', name)} <b>{formatNumber(n)}</b>
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

const PANEL_BINS = 24;

function RangePanel({ column }: { column: string }) {
  const query = useMemo(
    () => ({ kind: 'histogram' as const, column: column as ColumnName, bins: PANEL_BINS }),
    [column],
  );
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
