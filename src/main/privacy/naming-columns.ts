import type { ColumnDescriptor } from '../../preload/contract/descriptor';
import { quotedName } from '../base/duckdb';
import type { RiskSource } from '../engine/risk/risk-rows';

/** Shorter names are parts of other words; in a column of few values they may be one of these by chance. */
const SHORTEST = 4;
const SHORTEST_IN_FEW = 8;
/** As many links end in the row's own number: fewer do by chance. */
const HALF = 0.5;

/**
 * Columns that name their rows although they identify nobody by themselves: a note with the customer's
 * address in it, a link that ends in the row's number.
 */
export async function namingColumns(
  { dataset, from, run }: RiskSource,
  names: readonly string[],
): Promise<string[]> {
  const naming = dataset.columns.filter(({ privacy }) => privacy === 'identifies');
  const texts = dataset.columns.filter((column) => names.includes(column.name) && mayName(column));
  if (naming.length === 0 || texts.length === 0) return [];
  const read = await run(
    texts.map((column) => ({
      sql: `SELECT ${naming.map((one, at) => `${share(column, one)} AS s${at}`).join(', ')} FROM ${from}`,
      values: {},
    })),
  );
  return texts
    .filter((_, at) =>
      naming.some((one, place) => {
        const found = Number(read[at]?.[0]?.[`s${place}`] ?? 0);
        return found > (isText(one) ? 0 : HALF);
      }),
    )
    .map(({ name }) => name);
}

function mayName({ type }: ColumnDescriptor): boolean {
  return ['text', 'list', 'struct', 'map'].includes(type);
}

function isText({ type }: ColumnDescriptor): boolean {
  return type === 'text';
}

/** Which part of the rows that have something in the column are named there. */
function share(column: ColumnDescriptor, naming: ColumnDescriptor): string {
  const text = `lower(${quotedName(column.name)}::VARCHAR)`;
  const name = `lower(${quotedName(naming.name)}::VARCHAR)`;
  // A number is told from others by what stands around it, and only links have one to name a row.
  const isFew = column.role === 'category' || column.type === 'list';
  const isNamed = isText(naming)
    ? `length(${name}) >= ${isFew ? SHORTEST_IN_FEW : SHORTEST} AND contains(${text}, ${name})`
    : `contains(${text}, '://') AND list_contains(regexp_split_to_array(${text}, '[^0-9a-z]+'), ${name})`;
  return `coalesce((count(*) FILTER (${isNamed})) / nullif(count(${quotedName(column.name)}), 0), 0)::DOUBLE`;
}
