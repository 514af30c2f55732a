import { Button, Menu, SegmentedControl } from '@mantine/core';
import { counted } from '../../words/counts';
import type { SqlResult } from '../../../preload/contract/calls';
import { tabsText } from '../../../preload/contract/table-text';
import { formatNumber } from '../../words/numbers';
import { DownIcon } from '../icons';
import { sayDone, sayFailed } from '../help/notices';
import { useConsole } from './console-store';
import { ResultChartView } from './ResultChartView';
import { ResultTable } from './ResultTable';
import { exploreResult, saveResult } from './save-result';
import styles from './sql.module.css';

/** A query's answer: how much of it there is, as a table or chart, and ways to take it along. */
export function SqlResultView({ result }: { result: SqlResult }) {
  const shown = useConsole((state) => state.shown);
  return (
    <section className={styles.result} aria-label="Result">
      <div className={styles.tools}>
        <SegmentedControl
          size="xs"
          aria-label="Show the result as"
          value={shown}
          onChange={(value) =>
            useConsole.setState({ shown: value === 'chart' ? 'chart' : 'table' })
          }
          data={[
            { value: 'table', label: 'Table' },
            { value: 'chart', label: 'Chart' },
          ]}
        />
        <span role="status" className={styles.count} data-truncated={result.truncated || undefined}>
          {countSentence(result)}
        </span>
        <Button size="xs" variant="default" onClick={() => void exploreResult()}>
          Explore this result
        </Button>
        <Button size="xs" variant="default" onClick={() => void copy(result)}>
          Copy
        </Button>
        <Button size="xs" variant="default" onClick={() => void saveResult('csv')}>
          Save CSV
        </Button>
        <Button size="xs" variant="default" onClick={() => void saveResult('json')}>
          Save JSON
        </Button>
        <Button size="xs" variant="default" onClick={() => void saveResult('parquet')}>
          Save Parquet
        </Button>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button size="xs" variant="default" rightSection={<DownIcon size={12} />}>
              For spreadsheets
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>CSV that a spreadsheet opens, decimals</Menu.Label>
            <Menu.Item onClick={() => void saveResult('csv', 'point')}>as 1.5</Menu.Item>
            <Menu.Item onClick={() => void saveResult('csv', 'comma')}>as 1,5</Menu.Item>
          </Menu.Dropdown>
        </Menu>
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
  const zone = time_zone === null ? '' : ` · times in ${time_zone}`;
  const time = `${formatNumber(duration_ms)} ms${zone}`;
  if (truncated) {
    return `The first ${counted(rows.length, 'row')}, the most shown here; there are more (cap ${formatNumber(max_rows)}) and all are saved or explored · ${time}`;
  }
  return `${counted(rows.length, 'row')} · ${time}`;
}

async function copy(result: SqlResult): Promise<void> {
  try {
    await navigator.clipboard.writeText(tabsText(result));
    sayDone(`${formatNumber(result.rows.length)} rows copied; paste them into a spreadsheet.`);
  } catch (error) {
    sayFailed(error);
  }
}
