/** Names that mean something already, in whatever case. */
export const TAKEN_SQL_NAMES: readonly string[] = ['pokemon', 'changes', 'dataset'];

/** Of packing and of the formats that are opened. */
const ENDINGS = /\.(parquet|csv|tsv|txt|json|ndjson|jsonl|arrow|feather|gz|zst)$/i;

const LONGEST = 40;

/**
 * A name for a table in SQL that needs no quotes: of its title, free, and no word of the language.
 * @param reserved words that DuckDB takes for something else
 */
export function sqlNameOf(
  title: string,
  taken: readonly string[],
  reserved: ReadonlySet<string>,
): string {
  let stem = title;
  while (ENDINGS.test(stem)) stem = stem.replace(ENDINGS, '');
  const plain = stem
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, LONGEST);
  const name = plain === '' ? 'opened' : /^\d/.test(plain) ? `t_${plain}` : plain;
  const isTaken = (wanted: string) => taken.includes(wanted) || reserved.has(wanted);
  for (let number = 1; ; number += 1) {
    const wanted = number === 1 ? name : `${name}_${number}`;
    if (!isTaken(wanted)) return wanted;
  }
}
