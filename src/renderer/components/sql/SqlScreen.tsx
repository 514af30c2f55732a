import { Button, Menu } from '@mantine/core';
import { Fragment, type RefObject, useLayoutEffect, useRef } from 'react';
import { CHANGES_VIEW } from '../../../preload/contract/changes-dataset';
import { useApp } from '../../state/app-store';
import { useDatasets } from '../../state/datasets';
import { ErrorNote } from '../ErrorNote';
import { useExport } from '../export/export-data';
import { PlayIcon, StopIcon } from '../icons';
import { Keys } from '../help/Keys';
import { useNow } from '../refresh/use-now';
import { cancelQuery, clearHistory, replaceText, runQuery, useConsole } from './console-store';
import { ColumnList } from './ColumnList';
import { oneDecimal } from '../../words/numbers';
import { EXAMPLES } from './examples';
import { ResultChoices } from './ResultChoices';
import { SqlEditor } from './SqlEditor';
import { PUBLISHED } from './sql-tables';
import { SqlResultView } from './SqlResultView';
import styles from './sql.module.css';

/** For commands: with the screen, so that no other chunk is cut off from the page's first. */
export { cancelQuery, clearHistory, runQuery };

// Handed to the header, which is drawn before this screen is loaded.
useExport.setState({ ResultChoices });

/** Asks the data anything, in SQL; nothing but the tables that are open can be reached. */
export default function SqlScreen() {
  const { runningSince, result, error, restarted } = useConsole();
  const run = useRef<HTMLButtonElement>(null);
  return (
    <section className={styles.screen} aria-labelledby="sql-title">
      <header className={styles.head}>
        <h1 id="sql-title">SQL</h1>
        <p className={styles.quiet}>
          One SELECT over <TableNames />. At most 10,000 rows are shown; a query ends after 60 s.
        </p>
      </header>
      <SqlEditor />
      <div className={styles.tools}>
        <Button
          ref={run}
          size="xs"
          leftSection={<PlayIcon size={12} />}
          data-disabled={runningSince !== null}
          aria-disabled={runningSince !== null}
          // Not disabled in earnest: it would lose the focus at every run.
          onClick={() => {
            if (runningSince === null) void runQuery();
          }}
        >
          Run
        </Button>
        <span className={styles.quiet} aria-label="Shortcut">
          <Keys shortcut="mod+enter" />
        </span>
        {runningSince !== null && <Running since={runningSince} run={run} />}
        <span className={styles.spacer} />
        <HistoryMenu />
        <ExampleMenu />
      </div>
      {restarted && (
        <p className={styles.notice} role="status">
          The query engine was restarted; the data are unharmed and it is ready again.
        </p>
      )}
      {result === null && error === null && runningSince === null ? (
        <ColumnList />
      ) : (
        <details className={styles.columnsPlace}>
          <summary>Tables and their columns</summary>
          <ColumnList />
        </details>
      )}
      {error !== null && <ErrorNote error={error} onRetry={() => void runQuery()} />}
      {result !== null && <OtherVersion of={result.version} />}
      {result !== null && (
        <div className={styles.resultPlace} data-stale={runningSince !== null || undefined}>
          <SqlResultView key={result.columns.map(({ name }) => name).join()} result={result} />
        </div>
      )}
    </section>
  );
}

/** As `cities, sales`. */
function TableNames() {
  const names = useDatasets(({ open }) => open.map(({ sqlName }) => sqlName).join());
  const views = [PUBLISHED, CHANGES_VIEW];
  const others = names.split(',').filter((name) => name !== '' && !views.includes(name));
  return [...views, ...others].map((name, at) => (
    <Fragment key={name}>
      {at > 0 && ', '}
      <code>{name}</code>
    </Fragment>
  ));
}

/** What a result says of data that have been replaced since. */
function OtherVersion({ of }: { of: number }) {
  const version = useApp((state) => state.dataset?.version ?? of);
  if (version === of) return null;
  return (
    <p className={styles.notice} role="status">
      This result is of version {of}; the data are now version {version}. Run it again to see them.
    </p>
  );
}

function Running({ since, run }: { since: number; run: RefObject<HTMLButtonElement | null> }) {
  const now = useNow(true, 100);
  const cancel = useRef<HTMLButtonElement>(null);
  // The button goes as the query ends; the focus that was on it goes to the one beside it.
  useLayoutEffect(() => {
    const [button, beside] = [cancel.current, run.current];
    return () => {
      if (document.activeElement === button) beside?.focus({ preventScroll: true });
    };
  }, [run]);
  return (
    <>
      <Button
        ref={cancel}
        size="xs"
        variant="default"
        leftSection={<StopIcon size={12} />}
        onClick={() => void cancelQuery()}
      >
        Cancel
      </Button>
      {/* A live region would read out every tenth of a second. */}
      <span className={styles.elapsed}>{oneDecimal(Math.max(0, now - since) / 1000)} s</span>
    </>
  );
}

function HistoryMenu() {
  const history = useConsole((state) => state.history);
  return (
    <Menu position="bottom-end" width={480} withinPortal>
      <Menu.Target>
        <Button size="xs" variant="default" disabled={history.length === 0}>
          History
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu}>
        {history.map((sql) => (
          <Menu.Item key={sql} onClick={() => replaceText(sql)}>
            <span className={styles.query}>{sql.replaceAll(/\s+/g, ' ')}</span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void clearHistory()}>Forget the history</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function ExampleMenu() {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button size="xs" variant="default">
          Examples
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {EXAMPLES.map(({ title, sql }) => (
          <Menu.Item key={title} onClick={() => replaceText(sql)}>
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
