import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { LONGEST_FILE, type SqlResult } from '../../../preload/contract/calls';
import { AppError } from '../../../preload/contract/errors';
import { csvText, jsonText, tabsText } from '../../../preload/contract/table-text';
import { formatNumber } from '../../charts/format';
import { call } from '../../bridge';
import { savedSentence } from '../export/saved-sentence';
import { sayDone, sayFailed } from '../help/notices';
import { takeSavedFile } from '../take-saved-file';
import { ResultChartView } from './ResultChartView';
import { ResultTable } from './ResultTable';
import styles from './sql.module.css';

/** A query's answer: how much of it there is, as a table or chart, and ways to take it along. */
export function SqlResultView({ result }: { result: SqlResult }) {
  const [shown, setShown] = useState<'table' | 'chart'>('table');
  return (
    <section className={styles.result} aria-label="Result">
      <div className={styles.tools}>
        <SegmentedControl
          size="xs"
          aria-label="Show the result as"
          value={shown}
          onChange={(value) => setShown(value === 'chart' ? 'chart' : 'table')}
          data={[
            { value: 'table', label: 'Table' },
            { value: 'chart', label: 'Chart' },
          ]}
        />
        <span role="status" className={styles.count} data-truncated={result.truncated || undefined}>
          {countSentence(result)}
        </span>
        <Button size="xs" variant="default" onClick={() => void copy(result)}>
          Copy
        </Button>
        <Button size="xs" variant="default" onClick={() => void save(result, 'csv')}>
          Save CSV
        </Button>
        <Button size="xs" variant="default" onClick={() => void save(result, 'json')}>
          Save JSON
        </Button>
      </div>
      {shown === 'chart' ? (
        <ResultChartView result={result} />
      ) : result.rows.length === 0 ? (
        <p className={styles.empty}>No row matches the query.</p>
      ) : (
        <ResultTable result={result} />
      )}
    </section>
  );
}

function countSentence(result: SqlResult): string {
  const { rows, truncated, max_rows, time_zone, duration_ms } = result;
  const count = formatNumber(rows.length);
  const zone = time_zone === null ? '' : ` · times in ${time_zone}`;
  const time = `${formatNumber(duration_ms)} ms${zone}`;
  if (truncated) {
    return `The first ${count} rows, the most shown here; there are more (cap ${formatNumber(max_rows)}) · ${time}`;
  }
  return `${count} ${rows.length === 1 ? 'row' : 'rows'} · ${time}`;
}

async function copy(result: SqlResult): Promise<void> {
  try {
    await navigator.clipboard.writeText(tabsText(result));
    sayDone(`${formatNumber(result.rows.length)} rows copied; paste them into a spreadsheet.`);
  } catch (error) {
    sayFailed(error);
  }
}

function tooLarge(length: number, kind: 'csv' | 'json'): AppError {
  const [given, most] = [length, LONGEST_FILE].map((size) => Math.round(size / 1_000_000));
  return new AppError(
    'query-limit',
    `The result is ${given} MB as ${kind.toUpperCase()}; at most ${most} MB are saved from here.`,
    { hint: 'Ask for fewer rows or columns, for instance with LIMIT.' },
  );
}

async function save(result: SqlResult, kind: 'csv' | 'json'): Promise<void> {
  try {
    const content = kind === 'csv' ? csvText(result) : jsonText(result);
    if (content.length > LONGEST_FILE) throw tooLarge(content.length, kind);
    const saved = await call('file.save', { name: `query.${kind}`, kind, content });
    takeSavedFile(saved);
    sayDone(savedSentence(saved, `${formatNumber(result.rows.length)} rows`));
  } catch (error) {
    sayFailed(error);
  }
}
