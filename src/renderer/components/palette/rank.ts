import type { ChartRow } from '../../../preload/contract/chart-query';

/** Commands in whose title or group every word of the text begins a word, best match first. */
export function matchingCommands<Named extends { title: string; group: string }>(
  commands: readonly Named[],
  text: string,
): Named[] {
  const wanted = words(text);
  return commands.filter(({ title, group }) => {
    const known = words(`${title} ${group}`);
    return wanted.every((word) => known.some((other) => other.startsWith(word)));
  });
}

/** Names that begin with the text first, then names that hold it, then the rest; each by number. */
export function rankPokemon(rows: readonly ChartRow[], text: string): ChartRow[] {
  const wanted = text.trim().toLowerCase();
  const rank = (row: ChartRow) => {
    const name = String(row['name']).toLowerCase();
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    return name.includes(wanted) ? 2 : 3;
  };
  return [...rows].sort((a, b) => rank(a) - rank(b) || Number(a['id']) - Number(b['id']));
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
