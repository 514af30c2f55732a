import type { ColumnDescriptor } from '../../preload/contract/descriptor';
import {
  searchWords,
  SHORTEST_ALONE,
  SHORTEST_FORGIVEN,
} from '../../preload/contract/search-words';
import { quotedName } from '../base/duckdb';

/** So many words of a text may have a letter wrong: each is held against every word there is. */
const MOST_FORGIVEN = 8;

/** Binds texts as a list and returns its place in the SQL. */
type BindList = (words: readonly string[]) => string;

/**
 * The condition of a search in some columns, the best known first; see contract/search-words. What
 * occurs nowhere is seen from all rows of `from`, whatever the other filters are. The SQL is as long
 * for one word as for a hundred.
 */
export function wordsSql(
  text: string,
  columns: readonly ColumnDescriptor[],
  from: string,
  bind: BindList,
): string {
  const words = searchWords(text);
  if (words.length === 0) return 'TRUE';
  const hay = haystack(columns);
  const hayWords = `regexp_split_to_array(${hay}, '[^\\p{L}\\p{N}]+')`;
  const asked = `list_transform(${bind(words)}, lambda w: lower(strip_accents(w)))`;
  const longer = (letters: number) => `list_filter(${asked}, lambda w: length(w) >= ${letters}`;
  const number = `regexp_full_match(w, '#?[0-9]{1,9}')`;
  const forgiven = `${longer(SHORTEST_FORGIVEN)} AND NOT ${number})[1:${MOST_FORGIVEN}]`;
  const alone = `${longer(SHORTEST_ALONE)} OR ${number})`;
  const numbers = columns
    .filter(({ type }) => type === 'integer')
    .map(({ name }) => `${quotedName(name)}::VARCHAR = regexp_extract(w, '^#?0*([0-9]{1,9})$', 1)`);
  const held = `(${[`contains(${hay}, w)`, ...numbers.map((each) => `coalesce(${each}, FALSE)`)].join(' OR ')})`;
  const nowhere = `(SELECT list_filter(${forgiven}, lambda w: NOT list_contains(coalesce(known, []), w))
    FROM (SELECT flatten(list(list_filter(${asked}, lambda w: ${held}))) AS known FROM ${from}))`;
  const near = `len(list_filter(${hayWords}, lambda o: damerau_levenshtein(o, w) <= 1)) > 0`;
  const matched = `list_concat(list_filter(${asked}, lambda w: ${held}),
    list_filter(${nowhere}, lambda w: ${near}))`;
  const hasAll = `len(${matched}) = ${words.length}`;
  if (words.length === 1) return hasAll;
  return `CASE WHEN EXISTS (SELECT 1 FROM ${from} WHERE ${hasAll}) THEN ${hasAll}
    ELSE list_has_any(${matched}, ${alone}) END`;
}

/** All that is searched of a row, and the first column once more without signs: `mrmime` finds Mr-mime. */
function haystack(columns: readonly ColumnDescriptor[]): string {
  const texts = columns.filter(({ type }) => type !== 'integer').map(textSql);
  const [first] = texts;
  if (first === undefined) return `''`;
  const plain = (sql: string) => `lower(strip_accents(${sql}))`;
  return `(${plain(`concat_ws(' ', ${texts.join(', ')})`)}
    || ' ' || regexp_replace(${plain(`coalesce(${first}, '')`)}, '[^\\p{L}\\p{N}]', '', 'g'))`;
}

function textSql({ name, type }: ColumnDescriptor): string {
  const sql = quotedName(name);
  return type === 'list'
    ? `array_to_string(list_transform(${sql}, lambda e: e::VARCHAR), ' ')`
    : `${sql}::VARCHAR`;
}
