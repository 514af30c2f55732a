import { Menu } from '@mantine/core';
import { counted } from '../../words/counts';
import type { ExportFormat } from '../../../preload/contract/export-formats';
import type { DecimalMark } from '../../../preload/contract/spreadsheet-text';
import { useConsole } from './console-store';
import { saveResult } from './save-result';

const CHOICES: readonly [name: string, kind: ExportFormat, spreadsheet: DecimalMark | null][] = [
  ['CSV', 'csv', null],
  ['JSON', 'json', null],
  ['Parquet', 'parquet', null],
  ['CSV for spreadsheets, as 1.5', 'csv', 'point'],
  ['CSV for spreadsheets, as 1,5', 'csv', 'comma'],
];

/** What the header's Export offers on this screen: the files the result's own buttons save. */
export function ResultChoices() {
  const result = useConsole((state) => state.result);
  const reason = 'There is no result yet; run a query first.';
  return (
    <>
      <Menu.Label>{result === null ? reason : countOf(result.rows.length)}</Menu.Label>
      {CHOICES.map(([name, kind, spreadsheet]) => (
        <Menu.Item
          key={name}
          aria-label={result === null ? `Result as ${name}. ${reason}` : `Result as ${name}`}
          // Not `disabled`: with no entry to focus, Escape would not reach the menu.
          aria-disabled={result === null}
          {...(result === null ? { 'data-disabled': true } : {})}
          closeMenuOnClick={result !== null}
          onClick={() => {
            if (result !== null) void saveResult(kind, spreadsheet);
          }}
        >
          Result as {name}
        </Menu.Item>
      ))}
    </>
  );
}

function countOf(rows: number): string {
  return `The query’s result: ${counted(rows, 'row')}`;
}
