import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { type ColumnCorrection, fittingRoles } from '../../../preload/contract/column-corrections';
import {
  type ColumnDescriptor,
  columnOf,
  isNumberColumn,
  type Role,
} from '../../../preload/contract/descriptor';
import type { AppError } from '../../../preload/contract/errors';
import { kindColor } from '../../charts/color-scale';
import { useAsked } from '../../state/answers';
import { useDescribed } from '../../state/described';
import { nameOf } from '../../words/values';
import { toAppError } from '../help/notices';
import { showColumnSheet, useColumnSheet } from './column-sheet-store';
import { correctColumn } from './correct-columns';
import styles from './columns.module.css';

/** How a role reads to a person who has never heard of roles. */
const ROLE_WORDS: Readonly<Record<Role, string>> = {
  key: 'Key: tells rows apart',
  title: 'Title: what a row is called',
  image: 'Picture of the row',
  measure: 'Measure: averaged, binned',
  category: 'Category: counted by value',
  time: 'Time',
  members: 'List of members',
  flag: 'Yes or no',
  text: 'Text: neither counted nor measured',
  nested: 'Nested values',
};

/** Colours that are told apart. */
const MOST_COLORED = 18;

/** How a column is looked at: its role, name, unit and colours, each as the person wants it. */
export default function ColumnSheet() {
  const columns = useColumnSheet((state) => state.columns);
  const described = useDescribed((state) => state.described);
  const [chosen, setChosen] = useState<string | null>(null);
  if (columns === null || described === null) return null;
  const name = chosen !== null && columns.includes(chosen) ? chosen : (columns[0] ?? '');
  const column = columnOf(described, name);
  if (column === undefined) return null;
  return (
    <Modal
      opened
      onClose={() => showColumnSheet(null)}
      title={`How “${shortened(column.label)}” is looked at`}
      size={520}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {columns.length > 1 && (
        <Select
          label="Column"
          size="xs"
          mb="sm"
          data={columns.map((each) => ({
            value: each,
            label: columnOf(described, each)?.label ?? each,
          }))}
          value={name}
          allowDeselect={false}
          onChange={setChosen}
        />
      )}
      <Sheet key={name} column={column} isKeyFixed={described.can.includes('provenance')} />
    </Modal>
  );
}

function Sheet({ column, isKeyFixed }: { column: ColumnDescriptor; isKeyFixed: boolean }) {
  const { name } = column;
  const before = useDescribed((state) => state.columns.columns.find((each) => each.name === name));
  const [role, setRole] = useState(column.role);
  const [label, setLabel] = useState(column.label);
  const [unit, setUnit] = useState(column.unit ?? '');
  const [palette, setPalette] = useState<readonly (readonly [string, string])[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const roles = fittingRoles(column).filter(
    (each) => !isKeyFixed || (each !== 'key') === (column.role !== 'key'),
  );

  const save = async (correction: ColumnCorrection) => {
    setBusy(true);
    setError(null);
    try {
      await correctColumn(correction);
      showColumnSheet(null);
    } catch (problem) {
      setError(toAppError(problem));
      setBusy(false);
    }
  };
  const given = (): ColumnCorrection => ({
    ...before,
    name,
    ...(role === column.role ? {} : { role }),
    ...(label.trim() === column.label || label.trim() === '' ? {} : { label: label.trim() }),
    ...(unit.trim() === (column.unit ?? '') ? {} : { unit: unit.trim() || null }),
    ...(palette === null ? {} : { palette: palette.map(([value, color]) => [value, color]) }),
  });
  return (
    <form
      className={styles['sheet']}
      onSubmit={(event) => {
        event.preventDefault();
        void save(given());
      }}
    >
      <p className={styles['muted']}>
        {name === '' ? '(no name)' : shortened(name)} · {shortened(column.sqlType)}
      </p>
      <Select
        label="Looked at as"
        size="xs"
        data={roles.map((value) => ({ value, label: ROLE_WORDS[value] }))}
        value={role}
        disabled={roles.length < 2}
        allowDeselect={false}
        onChange={(value) => {
          const wanted = roles.find((each) => each === value);
          if (wanted !== undefined) setRole(wanted);
        }}
      />
      <div className={styles['words']}>
        <TextInput
          label="Name"
          size="xs"
          maxLength={200}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        {isNumberColumn(column) && (
          <TextInput
            label="Unit"
            size="xs"
            maxLength={40}
            placeholder="none"
            value={unit}
            onChange={(event) => setUnit(event.currentTarget.value)}
          />
        )}
      </div>
      {role === 'category' && <Colors column={column} palette={palette} onPalette={setPalette} />}
      {error !== null && (
        <p className={styles['error']} role="alert">
          {error.message} {error.hint}
        </p>
      )}
      <div className={styles['actions']}>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          disabled={before === undefined || busy}
          onClick={() => void save({ name })}
        >
          As the app sees it
        </Button>
        <Button size="xs" variant="default" onClick={() => showColumnSheet(null)}>
          Cancel
        </Button>
        <Button size="xs" type="submit" loading={busy}>
          Save
        </Button>
      </div>
    </form>
  );
}

interface ColorsProps {
  column: ColumnDescriptor;
  /** As chosen here; null while nothing is. */
  palette: readonly (readonly [string, string])[] | null;
  onPalette(palette: readonly (readonly [string, string])[]): void;
}

/** A colour for each value of a column that has few. */
function Colors({ column, palette, onPalette }: ColorsProps) {
  const { value: counts } = useAsked(
    useMemo(
      () => ({ kind: 'counts' as const, columns: [column.name], most: MOST_COLORED + 1 }),
      [column.name],
    ),
    'none',
  );
  if (counts === undefined) return null;
  const values = counts.values.flatMap(({ value }) => (value === null ? [] : [String(value)]));
  if (values.length > MOST_COLORED || counts.others > 0) {
    return (
      <p className={styles['muted']}>Colours are for columns of up to {MOST_COLORED} values.</p>
    );
  }
  const own = new Map(palette ?? Object.entries(column.palette ?? {}));
  const colors = values.map((value, at) => [value, own.get(value) ?? kindColor(at)] as const);
  return (
    <fieldset className={styles['colors']}>
      <legend>Colours</legend>
      {colors.map(([value, color]) => (
        <label key={value} className={styles['color']}>
          <input
            type="color"
            value={color.toLowerCase()}
            onChange={(event) => {
              const { value: picked } = event.currentTarget;
              onPalette(colors.map(([each, known]) => [each, each === value ? picked : known]));
            }}
          />
          <span>{nameOf(column, value)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
