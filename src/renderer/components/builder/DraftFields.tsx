import { NativeSelect, NumberInput, Switch } from '@mantine/core';
import { AGGREGATES } from '../../../preload/contract/chart-query';
import type { ColumnName } from '../../../preload/contract/dataset';
import { columnTitle, titleCase } from '../../charts/format';
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
        <NumberInput
          label="Bins"
          min={2}
          max={200}
          allowDecimal={false}
          clampBehavior="strict"
          value={draft.bins}
          onChange={(value) => {
            const bins = Number(value);
            if (Number.isInteger(bins) && bins >= 2 && bins <= 200) put({ bins });
          }}
        />
      )}
    </>
  );
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
