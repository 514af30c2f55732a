import { ownValue } from '../../../preload/contract/own-value';
import { Button, Modal, NumberInput, Select, Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Answers } from '../../../preload/contract/questions';
import { AppError } from '../../../preload/contract/errors';
import {
  type CsvChoices,
  type CsvReading,
  ENCODINGS,
  type OpenedDataset,
} from '../../../preload/contract/opened';
import type { Cell } from '../../../preload/contract/value-text';
import { useDescribed } from '../../state/described';
import { askOne } from '../../state/query-batch';
import { toAppError } from '../help/notices';
import { correctShown, showSheet } from './open-actions';
import { useOpening } from './opening-store';
import { Notes } from './OpenedFacts';
import styles from './open.module.css';

const FIRST_ROWS = 6;
const MOST_COLUMNS = 100;

const DELIMITERS = [
  { value: ',', label: 'Comma ,' },
  { value: ';', label: 'Semicolon ;' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Bar |' },
];
const QUOTES = [
  { value: '"', label: 'Double "' },
  { value: "'", label: "Single '" },
];
const ENCODING_NAMES = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16, little-endian',
  'utf-16be': 'UTF-16, big-endian',
  'windows-1252': 'Windows-1252',
};
const DECIMALS = [
  { value: '.', label: 'Point 1.5' },
  { value: ',', label: 'Comma 1,5' },
];
const TYPES = ['VARCHAR', 'BIGINT', 'DOUBLE', 'BOOLEAN', 'DATE', 'TIMESTAMP'];
const TYPE_NAMES: Record<string, string> = {
  VARCHAR: 'Text',
  BIGINT: 'Whole number',
  DOUBLE: 'Number',
  BOOLEAN: 'Yes or no',
  DATE: 'Date',
  TIMESTAMP: 'Date and time',
};

/** How a CSV was read, with its first rows; whatever was found out wrongly can be corrected. */
export default function CsvSheet() {
  const opened = useDescribed((state) => state.opened);
  const sheet = useOpening((state) => state.sheet);
  if (!sheet || opened === null || opened.csv === null) return null;
  return (
    <Modal
      opened
      onClose={() => showSheet(false)}
      title={`How “${opened.described.title}” is read`}
      size={1000}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Sheet key={opened.described.key} opened={opened} csv={opened.csv} />
    </Modal>
  );
}

function Sheet({ opened, csv }: { opened: OpenedDataset; csv: CsvReading }) {
  const [choices, setChoices] = useState<CsvChoices>(opened.corrected);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const changed = JSON.stringify(choices) !== JSON.stringify(opened.corrected);
  const choose = (choice: CsvChoices) => setChoices((before) => ({ ...before, ...choice }));

  const readAgain = async () => {
    setBusy(true);
    setError(null);
    try {
      await correctShown(choices);
    } catch (problem) {
      setError(toAppError(problem));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={styles.sheet}>
      <div className={styles.dialect}>
        <Select
          label="Columns are parted by"
          size="xs"
          data={withOwn(DELIMITERS, csv.dialect.delimiter)}
          value={choices.delimiter ?? csv.dialect.delimiter}
          allowDeselect={false}
          onChange={(delimiter) => delimiter !== null && choose({ delimiter })}
        />
        <Select
          label="Quotes"
          size="xs"
          data={withOwn(QUOTES, csv.dialect.quote)}
          value={choices.quote ?? csv.dialect.quote}
          allowDeselect={false}
          onChange={(quote) => quote !== null && choose({ quote })}
        />
        <Select
          label="Encoding"
          size="xs"
          data={ENCODINGS.map((value) => ({ value, label: ENCODING_NAMES[value] }))}
          value={choices.encoding ?? csv.encoding}
          allowDeselect={false}
          onChange={(value) => {
            const encoding = ENCODINGS.find((known) => known === value);
            if (encoding !== undefined) choose({ encoding });
          }}
        />
        <Select
          label="Decimals"
          size="xs"
          data={DECIMALS}
          value={choices.decimal ?? csv.decimal}
          allowDeselect={false}
          onChange={(value) => {
            if (value === '.' || value === ',') choose({ decimal: value });
          }}
        />
        <NumberInput
          label="Lines to pass over"
          size="xs"
          min={0}
          max={1_000_000}
          allowDecimal={false}
          value={choices.skip ?? csv.dialect.skip}
          onChange={(value) => {
            if (typeof value === 'number') choose({ skip: value });
          }}
        />
        <Switch
          className={styles.header}
          label="First line names the columns"
          size="xs"
          checked={choices.header ?? csv.header}
          onChange={(event) => choose({ header: event.currentTarget.checked })}
        />
      </div>
      {opened.notes.length > 0 && <Notes notes={opened.notes} />}
      <FirstRows
        opened={opened}
        csv={csv}
        types={choices.types ?? {}}
        onType={(column, type) => choose({ types: { ...choices.types, [column]: type } })}
      />
      {error !== null && (
        <p className={styles.error} role="alert">
          {error.message} {error.hint}
        </p>
      )}
      <div className={styles.actions}>
        <Button
          variant="default"
          onClick={() => showSheet(false)}
          disabled={busy}
          // Most often all is right, and Enter goes on.
          data-autofocus
        >
          {changed ? 'Leave it as it was' : 'Looks right'}
        </Button>
        <Button disabled={!changed} loading={busy} onClick={() => void readAgain()}>
          Read it again
        </Button>
      </div>
    </div>
  );
}

/** What the file has may be none of the usual. */
function withOwn(usual: { value: string; label: string }[], own: string) {
  return usual.some(({ value }) => value === own) ? usual : [...usual, { value: own, label: own }];
}

interface FirstRowsProps {
  opened: OpenedDataset;
  csv: CsvReading;
  types: Readonly<Record<string, string>>;
  onType(column: string, type: string): void;
}

function FirstRows({ opened, csv, types, onType }: FirstRowsProps) {
  const columns = opened.described.columns.slice(0, MOST_COLUMNS);
  const left = opened.described.columns.length - columns.length;
  const rows = useFirstRows(columns.map(({ name }) => name));
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label="The first rows">
      <table className={styles.rows}>
        <thead>
          <tr>
            {columns.map(({ name }) => (
              <th key={name} scope="col">
                <span className={styles.name}>{name === '' ? '(no name)' : name}</span>
                <Select
                  aria-label={`Type of ${name}`}
                  size="xs"
                  comboboxProps={{ withinPortal: true }}
                  data={typesWith(ownValue(csv.types, name) ?? 'VARCHAR')}
                  value={ownValue(types, name) ?? ownValue(csv.types, name) ?? 'VARCHAR'}
                  allowDeselect={false}
                  onChange={(type) => type !== null && onType(name, type)}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => (
            <tr key={index}>
              {cells.map((cell, at) => (
                <td key={columns[at]?.name ?? at}>{cell === null ? '–' : shown(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p className={styles.muted}>and {left} more columns</p>}
    </div>
  );
}

function typesWith(own: string) {
  const known = TYPES.includes(own) ? TYPES : [own, ...TYPES];
  return known.map((value) => ({ value, label: TYPE_NAMES[value] ?? value }));
}

function shown(cell: Cell): string {
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

function useFirstRows(columns: readonly string[]): Cell[][] {
  const [rows, setRows] = useState<Cell[][]>([]);
  const asked = JSON.stringify(columns);
  useEffect(() => {
    let gone = false;
    const names = JSON.parse(asked) as string[];
    askOne({ kind: 'rows', columns: names, sort: [], from: 0, count: FIRST_ROWS }, [])
      .then((answer: Answers['rows']) => {
        if (!gone) setRows(answer.rows.map(({ cells }) => cells));
      })
      // The sheet stays without them; the table behind it says what is wrong.
      .catch(() => {});
    return () => {
      gone = true;
    };
  }, [asked]);
  return rows;
}
