import { useMemo, useState } from 'react';
import type { Scalar } from '../../preload/contract/descriptor';
import { highestOf } from '../../preload/contract/extent';
import type { Answers } from '../../preload/contract/questions';
import { formatNumber } from '../charts/format';
import { textOn } from '../charts/contrast';
import { valueColor } from '../charts/value-color';
import { namedIn, withToggled } from '../state/choice';
import { inOrder } from '../state/value-order';
import { useComparedWith } from '../state/versions';
import { valueName } from '../state/filter-words';
import { useChartTheme } from '../state/use-chart-theme';
import { foldedNames } from './folded-names';
import { MatchSwitch } from './MatchSwitch';
import type { ProfileEntry } from './profile-entries';
import { useFoundValues } from './use-found-values';
import type { ColumnAnswer } from './use-column-answer';
import { ValueSearch } from './ValueSearch';

type Counts = Answers['counts'];

export interface ValuesProps {
  entry: ProfileEntry;
  data: ColumnAnswer<Counts>;
}

interface Value {
  value: Scalar;
  name: string;
  /** Rows of the whole, and of what is selected; null where that is not known. */
  whole: number;
  n: number | null;
  /** As `n`, of the version that is compared with; null where none is. */
  before: number | null;
  /** Whether the filter names it, be it to keep or to leave it out. */
  isNamed: boolean;
  isChosen: boolean;
  toggle(): void;
}

/** Values that a folded list shows. */
const SHOWN = 8;
/** With more values than this there is a field to find one. */
const MANY = 12;

/** What rows have in an entry's columns, to choose from. */
function useValues({ entry, data }: ValuesProps, sought: string) {
  const { columns } = entry;
  const named = namedIn(data.own);
  const isNot = data.own?.kind === 'one-of' && data.own.not === true;
  const found = useFoundValues(columns, sought, (data.whole?.others ?? 0) > 0);
  const counts = useMemo(
    () => new Map((data.selected?.values ?? []).map(({ value, rows }) => [value, rows])),
    [data.selected],
  );
  const isCut = (data.selected?.others ?? 0) > 0;
  const countsBefore = useMemo(
    () => new Map((data.before?.values ?? []).map(({ value, rows }) => [value, rows])),
    [data.before],
  );
  const isCutBefore = (data.before?.others ?? 0) > 0;
  const nameOf = (value: Scalar) => valueName({ columns }, value);
  const wanted = sought.trim().toLowerCase();
  const known = data.whole?.values ?? [];
  const listed = found ?? known.filter(({ value }) => nameOf(value).toLowerCase().includes(wanted));
  // What is named can be let go, also where it is too rare to be listed.
  const left = (data.before?.values ?? []).map(({ value }) => value);
  const others = [...new Set([...named, ...left])].filter(
    (value) => wanted === '' && !listed.some((each) => each.value === value),
  );
  const values = [...listed, ...others.map((value) => ({ value, rows: 0 }))].map(
    ({ value, rows }): Value => ({
      value,
      name: nameOf(value),
      whole: rows,
      n: data.selected === null ? null : (counts.get(value) ?? (isCut ? null : 0)),
      before: data.before === null ? null : (countsBefore.get(value) ?? (isCutBefore ? null : 0)),
      isNamed: named.includes(value),
      isChosen: named.length > 0 && named.includes(value) !== isNot,
      toggle: () => data.select(withToggled(data.own, columns, value)),
    }),
  );
  return { values, named, others: data.whole?.others ?? 0 };
}

function countText(n: number | null): string {
  return n === null ? '…' : formatNumber(n);
}

/** How many the other version had, where that is another number: outlined like its shapes. */
function CountBefore({ value: { n, before } }: { value: Pick<Value, 'n' | 'before'> }) {
  const version = useComparedWith()?.version;
  if (before === null || n === null || before === n || version === undefined) return null;
  return (
    <span className="count-before" title={`${countText(before)} in version ${version}`}>
      {countText(before)}
    </span>
  );
}

function Match({ entry, data }: ValuesProps) {
  const { own } = data;
  if (own?.kind !== 'one-of') return null;
  const severally = entry.columns.length > 1 || entry.column.type === 'list';
  if (!severally) return null;
  return (
    <MatchSwitch
      of={entry.label.toLowerCase()}
      count={own.values.length}
      match={own.match}
      onMatch={(match) => data.select({ ...own, match })}
    />
  );
}

/** Values that have colours of their own, each as a chip. */
export function ChipsBody(props: ValuesProps) {
  const { values } = useValues(props, '');
  const { dark } = useChartTheme();
  return (
    <>
      <Match {...props} />
      <div className="type-chips">
        {values.map((each) => (
          <button
            key={String(each.value)}
            type="button"
            className="type-chip"
            aria-pressed={each.isChosen}
            data-empty={each.n === 0 || undefined}
            style={chipColors(valueColor(props.entry.column.palette, String(each.value), dark))}
            onClick={each.toggle}
          >
            {each.name} <b>{countText(each.n)}</b> <CountBefore value={each} />
          </button>
        ))}
      </div>
    </>
  );
}

function chipColors(backgroundColor: string) {
  return { backgroundColor, color: textOn(backgroundColor) };
}

/** Values with a bar for how many rows have each, over the ghost of the whole. */
export function BarsBody(props: ValuesProps) {
  const [sought, setSought] = useState('');
  const [all, setAll] = useState(false);
  const { values, named, others } = useValues(props, sought);
  const most = highestOf(
    values.flatMap(({ whole, before }) => [whole, before ?? 0]),
    1,
  );
  const shown =
    all || sought !== '' ? values : values.filter(({ isNamed }, at) => at < SHOWN || isNamed);
  return (
    <>
      <ValueSearch
        of={props.entry.label}
        isNeeded={values.length + others > MANY || sought !== ''}
        text={sought}
        onText={setSought}
      />
      <div className="value-bars" role="group" aria-label={`Values of ${props.entry.label}`}>
        {shown.map(({ value, name, n, whole, before, isChosen, toggle }) => (
          <button
            key={JSON.stringify(value)}
            type="button"
            className="value-bar"
            aria-pressed={isChosen}
            title={name}
            data-faint={(named.length > 0 && !isChosen) || undefined}
            onClick={toggle}
          >
            <span className="value-bar-whole" style={{ width: `${(whole / most) * 100}%` }} />
            <span className="value-bar-selected" style={{ width: `${((n ?? 0) / most) * 100}%` }} />
            {before !== null && before > 0 && (
              <span className="value-bar-before" style={{ width: `${(before / most) * 100}%` }} />
            )}
            <span className="value-bar-name" data-none={value === null || undefined}>
              {name === '' ? '(empty)' : name}
            </span>
            <span className="check-count">
              <CountBefore value={{ n, before }} /> {countText(n)}
            </span>
          </button>
        ))}
      </div>
      {values.length === 0 && sought !== '' && <p className="panel-note">No value has that.</p>}
      <More
        isOpen={all}
        isNeeded={sought === '' && values.length > SHOWN}
        total={values.length}
        others={others}
        of="values"
        onToggle={() => setAll(!all)}
      />
    </>
  );
}

/** What rows have in a list column, each with a box to check. */
export function MembersBody(props: ValuesProps & { scope: readonly string[] }) {
  const { entry, scope } = props;
  const [sought, setSought] = useState('');
  const [all, setAll] = useState(false);
  const { values, named, others } = useValues(props, sought);
  const byName = new Map(values.map((value) => [String(value.value), value]));
  const names = inOrder([...byName.keys()], entry.column.order);
  const shown = all || sought !== '' ? names : foldedNames(names, scope, named.map(String), SHOWN);
  return (
    <>
      <Match {...props} />
      <ValueSearch
        of={entry.label}
        isNeeded={entry.column.order === null && (names.length + others > MANY || sought !== '')}
        text={sought}
        onText={setSought}
      />
      {shown.map((key) => {
        const value = byName.get(key);
        if (value === undefined) return null;
        return (
          <label className="check" key={key}>
            <input type="checkbox" checked={value.isChosen} onChange={value.toggle} />
            <span>{value.name}</span>
            <span className="check-count">
              <CountBefore value={value} /> {countText(value.n)}
            </span>
          </label>
        );
      })}
      {names.length === 0 && sought !== '' && <p className="panel-note">No value has that.</p>}
      <More
        isOpen={all}
        isNeeded={sought === '' && names.length > SHOWN}
        total={names.length}
        others={others}
        of={entry.label.toLowerCase()}
        onToggle={() => setAll(!all)}
      />
    </>
  );
}

interface MoreProps {
  isOpen: boolean;
  isNeeded: boolean;
  total: number;
  /** Values that are not listed at all. */
  others: number;
  of: string;
  onToggle(): void;
}

function More({ isOpen, isNeeded, total, others, of, onToggle }: MoreProps) {
  if (!isNeeded) return null;
  const every =
    others === 0
      ? `All ${formatNumber(total)} ${of}`
      : `The ${formatNumber(total)} most frequent of ${formatNumber(total + others)}`;
  return (
    <button type="button" className="panel-more" onClick={onToggle}>
      {isOpen ? 'Fewer' : every}
    </button>
  );
}
