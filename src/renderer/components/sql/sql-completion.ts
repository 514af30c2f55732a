import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { ColumnDescriptor } from '../../../preload/contract/descriptor';

/** A table that SQL sees, by the name it has there. */
export interface SqlTable {
  name: string;
  columns: readonly ColumnDescriptor[];
}

/** DuckDB's words that are not names. Source: duckdb_keywords(), reserved and type_function. */
const RESERVED = new Set(
  (
    'all analyse analyze and anti any array as asc asof asymmetric at authorization binary both by ' +
    'case cast check collate collation column columns concurrently constraint create cross default ' +
    'deferrable desc describe distinct do else end except false fetch for foreign freeze from full ' +
    'generated glob group having ilike in initially inner intersect into is isnull join lambda ' +
    'lateral leading left like limit map natural not notnull null offset on only or order outer ' +
    'overlaps pivot pivot_longer pivot_wider placing positional primary qualify references returning ' +
    'right select semi show similar some struct summarize symmetric table tablesample then to ' +
    'trailing true try_cast union unique unpack unpivot using variadic verbose when where window with'
  ).split(' '),
);

/** A name as it is written in SQL. */
export function sqlIdentifier(name: string): string {
  const isPlain = /^[a-z_][a-z0-9_]*$/i.test(name) && !RESERVED.has(name.toLowerCase());
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`;
}

/** The tables and their columns, as the editor's own completion after `table.` wants them. */
export function schemaOf(tables: readonly SqlTable[]): Record<string, Completion[]> {
  return Object.fromEntries(tables.map(({ name, columns }) => [name, columns.map(ofColumn)]));
}

/** Completes the columns of the tables that the query names; of all where it names none yet. */
export function columnsOf(tables: readonly SqlTable[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/"?[\p{L}\p{N}_]*$/u);
    if (word === null || (word.text === '' && !context.explicit)) return null;
    // After a point the editor knows which table is meant.
    if (context.state.sliceDoc(word.from - 1, word.from) === '.') return null;
    const text = context.state.doc.toString().toLowerCase();
    const named = tables.filter(({ name }) => isNamed(text, name));
    const options = (named.length === 0 ? tables : named).flatMap(({ name, columns }) =>
      columns.map((column) => {
        const completion = ofColumn(column);
        return { ...completion, detail: `${name} · ${completion.detail ?? ''}` };
      }),
    );
    return { from: word.from, options, validFor: /^"?[\p{L}\p{N}_]*$/u };
  };
}

function isNamed(text: string, name: string): boolean {
  const wanted = name.toLowerCase();
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + wanted.length] ?? ' '}`;
    if (!/[\p{L}\p{N}_]/u.test(around)) return true;
  }
  return false;
}

function ofColumn({ name, sqlType, label, unit }: ColumnDescriptor): Completion {
  const apply = sqlIdentifier(name);
  return {
    label: name,
    detail: [label, unit, sqlType].filter((part) => part !== null && part !== '').join(', '),
    type: 'property',
    boost: 50,
    ...(apply === name ? {} : { apply }),
  };
}
