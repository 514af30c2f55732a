import type { DatasetDescriptor } from '../../../preload/contract/descriptor';
import type { Filter } from '../../../preload/contract/filters';
import { namingColumns, type Row, rowsOf } from '../../row/row';
import type { AskQuestion } from '../../state/ask-question';
import { rankRows } from './rank-rows';

/** Ranked among so many: a common value or a single letter may match more than are offered. */
const MOST_ASKED = 1000;
const LONGEST_TEXT = 200;

/** Rows that a typed text may mean, likeliest first; what it means stands in search-words. */
export async function findRows(
  described: DatasetDescriptor,
  text: string,
  most: number,
  ask: AskQuestion,
): Promise<Row[]> {
  const wanted = text.trim().slice(0, LONGEST_TEXT);
  if (wanted === '' || described.searched.length === 0) return [];
  const columns = [...new Set([...described.searched, ...namingColumns(described)])];
  const filter: Filter = { kind: 'search', columns: [...described.searched], text: wanted };
  const found = await ask({ kind: 'rows', columns, sort: [], from: 0, count: MOST_ASKED }, [
    filter,
  ]);
  return rankRows(described, rowsOf(found), wanted).slice(0, most);
}
