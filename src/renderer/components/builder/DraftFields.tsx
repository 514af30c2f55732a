import { NativeSelect, NumberInput, Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import { counted } from '../../../preload/contract/counts';
import { AGGREGATES } from '../../../preload/contract/chart-query';
import type { ColumnName } from '../../../preload/contract/dataset';
import { columnTitle, exactNumber, titleCase } from '../../charts/format';
import { type Bin, toBins } from '../../charts/histogram-option';
import { useAnswer } from '../../state/answers';
import {
  ALL_COLUMNS,
  CHART_KINDS,
  type ChartDraft,
  type ChartKind,
  isFixed,
  NUMBER_COLUMNS,
  withKind,
  xColumns,
} from './chart-draft';

interface Props {
  draft: ChartDraft;
  onChange(draft: ChartDraft): void;
}

const X_LABELS: Partial<Record<ChartKind, string>> = {
  scatter: 'Across (x)',
  histogram: 'Column',
  box: 'Column',
  bar: 'By (x)',
  line: 'By (x)',
};

/** Kind, columns, colour and aggregate: only what the kind can have. */
export function DraftFields({ draft, onChange }: Props) {
  const { kind, aggregate } = draft;
  const put = (part: Partial<ChartDraft>) => onChange({ ...draft, ...part });
  const grouped = kind === 'bar' || kind === 'line';
  const fixed = isFixed(kind);
  return (
    <>
      <NativeSelect
        label="Kind of chart"
        value={kind}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          onChange(withKind(draft, CHART_KINDS.find((known) => known === chosen) ?? kind));
        }}
        data={CHART_KINDS.map((known) => ({ value: known, label: titleCase(known) }))}
      />
      {!fixed && (
        <ColumnSelect
          label={X_LABELS[kind] ?? 'Column'}
          columns={xColumns(kind)}
          value={draft.x}
          onChange={(x) => put({ x })}
        />
      )}
      {grouped && (
        <NativeSelect
          label="Aggregate"
          value={aggregate}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            put({ aggregate: AGGREGATES.find((known) => known === chosen) ?? aggregate });
          }}
          data={AGGREGATES.map((known) => ({
            value: known,
            label: known === 'count' ? 'Count of Pokémon' : titleCase(known),
          }))}
        />
      )}
      {(kind === 'scatter' || (grouped && aggregate !== 'count')) && (
        <ColumnSelect
          label={grouped ? 'Of (y)' : 'Up (y)'}
          columns={NUMBER_COLUMNS}
          value={draft.y}
          onChange={(y) => put({ y })}
        />
      )}
      {kind === 'scatter' && (
        <>
          <ColumnSelect
            label="Colour"
            columns={ALL_COLUMNS}
            value={draft.color ?? 'type_1'}
            onChange={(color) => put({ color })}
          />
          <Switch
            label="Logarithmic axes"
            checked={draft.log}
            onChange={(event) => put({ log: event.currentTarget.checked })}
          />
        </>
      )}
      {grouped && (
        <NativeSelect
          label="Colour"
          value={draft.color ?? ''}
          onChange={(event) => put({ color: columnNamed(event.currentTarget.value) })}
          data={[{ value: '', label: 'One colour' }, ...ALL_COLUMNS.map(choice)]}
        />
      )}
      {kind === 'histogram' && (
        <BinsField column={draft.x} bins={draft.bins} onChange={(bins) => put({ bins })} />
      )}
    </>
  );
}

const FEWEST_BINS = 2;
const MOST_BINS = 200;

/** Bins begin and end at round numbers: there are about as many as are asked for, and it says how many. */
function BinsField(props: { column: ColumnName; bins: number; onChange(bins: number): void }) {
  const { column, bins, onChange } = props;
  // What is being typed may not be a number of bins yet: the 1 of 15.
  const [typed, setTyped] = useState<number | string>(bins);
  const query = useMemo(() => ({ kind: 'histogram' as const, column, bins }), [column, bins]);
  const drawn = toBins(useAnswer(query, 'none').rows ?? []);
  return (
    <NumberInput
      label="Bins, about"
      description={binsInWords(drawn)}
      min={FEWEST_BINS}
      max={MOST_BINS}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      value={typed}
      onChange={(value) => {
        setTyped(value);
        if (isBins(Number(value))) onChange(Number(value));
      }}
      onBlur={() => {
        const wanted = typed === '' ? bins : Number(typed);
        const nearest = Math.min(MOST_BINS, Math.max(FEWEST_BINS, Math.round(wanted)));
        setTyped(nearest);
        onChange(nearest);
      }}
    />
  );
}

function isBins(value: number): boolean {
  return Number.isInteger(value) && value >= FEWEST_BINS && value <= MOST_BINS;
}

/** `11 bins of 20, so that their edges are round.` */
function binsInWords(bins: readonly Bin[]): string {
  const [first] = bins;
  if (first === undefined) return 'Their edges are round numbers.';
  if (first.x0 === first.x1) return '1 bin: all values are equal.';
  const width = exactNumber(first.x1 - first.x0);
  return `${counted(bins.length, 'bin')} of ${width}, so that their edges are round.`;
}

/** Why a column is not offered. */
const ONLY_NUMBERS = 'Numbers only: nothing else can be measured.';

function ColumnSelect(props: {
  label: string;
  columns: readonly ColumnName[];
  value: ColumnName;
  onChange(column: ColumnName): void;
}) {
  return (
    <NativeSelect
      label={props.label}
      description={props.columns === NUMBER_COLUMNS ? ONLY_NUMBERS : undefined}
      value={props.value}
      onChange={(event) => {
        const column = props.columns.find((name) => name === event.currentTarget.value);
        if (column !== undefined) props.onChange(column);
      }}
      data={props.columns.map(choice)}
    />
  );
}

function choice(name: ColumnName) {
  return { value: name, label: columnTitle(name) };
}

function columnNamed(text: string): ColumnName | null {
  return ALL_COLUMNS.find((name) => name === text) ?? null;
}
