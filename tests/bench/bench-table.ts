import { cpus, loadavg } from 'node:os';

export interface BenchRow {
  what: string;
  ours: string;
  against: string;
  theirs: string;
  ratio: string;
  limit: string;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}

/** As a Markdown table, with the load of the machine: other work on it makes every figure worse. */
export function benchTable(title: string, rows: readonly BenchRow[]): string {
  const load = loadavg()[0]?.toFixed(1);
  return [
    `${title}: ${cpus().length} cores, Node ${process.version}, load ${load}`,
    '',
    '| what | ours | against | theirs | ratio | limit |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) =>
      ['', row.what, row.ours, row.against, row.theirs, row.ratio, row.limit, '']
        .join(' | ')
        .trim(),
    ),
    '',
  ].join('\n');
}
