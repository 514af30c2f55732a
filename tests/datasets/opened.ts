import { onTestFinished } from 'vitest';
import { Database } from '../../src/main/base/duckdb';
import { openDataset, type OpenOptions } from '../../src/main/datasets/open';
import type { OpenedScan } from '../../src/main/datasets/opened-scan';

export interface Opened extends Omit<OpenedScan, 'rows'> {
  /** Column name and type, in order. */
  types: [name: string, sqlType: string][];
  /** All values as text, null as null. */
  rows: Record<string, string | null>[];
  /** What is told, per column; that of no column under ''. */
  told: Record<string, string>;
}

/** Opens a file and reads it whole, as anyone does with what `openDataset` gives. */
export async function openAll(reference: string, options: OpenOptions = {}): Promise<Opened> {
  const scan = await openDataset(reference, options);
  onTestFinished(() => scan.close());
  const database = await Database.open({ memoryLimit: '1GB' });
  try {
    const texts = scan.columns.map(({ name }) => {
      const quoted = `"${name.replaceAll('"', '""')}"`;
      return `${quoted}::VARCHAR AS ${quoted}`;
    });
    const rows = await database.rows<Record<string, string | null>>(
      `SELECT ${texts.join(', ')} FROM ${scan.from}`,
    );
    return {
      ...scan,
      rows,
      types: scan.columns.map(({ name, sqlType }) => [name, sqlType]),
      told: Object.fromEntries(scan.notes.map(({ column, what }) => [column ?? '', what])),
    };
  } finally {
    database.close();
  }
}
