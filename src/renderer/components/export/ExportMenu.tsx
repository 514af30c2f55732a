import { Button, Menu, Progress as Bar } from '@mantine/core';
import { Fragment } from 'react';
import { useApp } from '../../state/app-store';
import type { QuestionOf } from '../../../preload/contract/questions';
import { useAsked } from '../../state/answers';
import { useNoun } from '../../state/noun';
import { countedNoun } from '../../words/noun';
import { formatNumber } from '../../words/numbers';
import { useExplore } from '../../state/explore-store';
import { DownIcon, DownloadIcon } from '../icons';
import { formatDuration } from '../refresh/refresh-words';
import { useNow } from '../refresh/use-now';
import {
  cancelExport,
  EXPORT_CHOICES,
  exportData,
  type ExportScope,
  FORMAT_NAMES,
  useExport,
} from './export-data';
import { openProtectedExport } from './protected-export-store';
import styles from './export.module.css';

/**
 * Exports exactly what is seen, or everything, on the SQL screen the query's result; while an export runs,
 * says so and lets it be cancelled.
 */
export function ExportMenu() {
  const { running, menuOpen, progress, ResultChoices } = useExport();
  const isSql = useApp((state) => state.screen === 'sql');
  const now = useNow(running !== null);
  if (running !== null) {
    return (
      <div className={styles.running} role="status">
        {progress === null ? (
          <span className={styles.bar} aria-hidden="true" />
        ) : (
          <Bar
            className={styles.fraction ?? ''}
            value={progress.total === 0 ? 100 : (progress.rows / progress.total) * 100}
            aria-label="Rows exported"
          />
        )}
        <span title={formatDuration(now - running.since)}>
          {progress === null
            ? `Exporting ${FORMAT_NAMES[running.format]}, ${formatDuration(now - running.since)}`
            : `${FORMAT_NAMES[running.format]}: ${formatNumber(progress.rows)} of ${formatNumber(progress.total)} rows`}
        </span>
        <Button size="xs" variant="default" onClick={() => void cancelExport()}>
          Cancel
        </Button>
      </div>
    );
  }
  return (
    <Menu
      position="bottom-end"
      width={280}
      withinPortal
      opened={menuOpen}
      onChange={(opened) => useExport.setState({ menuOpen: opened })}
    >
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<DownloadIcon />}
          rightSection={<DownIcon size={12} />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {isSql ? ResultChoices !== null && <ResultChoices /> : <Choices />}
      </Menu.Dropdown>
    </Menu>
  );
}

const COUNT: QuestionOf<'summary'> = { kind: 'summary', of: [] };

function Choices() {
  const dataset = useApp((state) => state.dataset);
  const columns = useExplore((state) => state.columns);
  const noun = useNoun();
  const { value } = useAsked(COUNT, 'all');
  const counted = (rows: number | undefined) =>
    rows === undefined ? `all ${noun.many}` : countedNoun(noun, rows);
  const scopes: [ExportScope, string][] = [
    ['seen', `What is seen: ${counted(value?.n)}, ${columns.length} columns`],
    ['everything', `Everything: ${counted(dataset?.rows)}, all columns`],
  ];
  const choices = scopes.map(([scope, label], index) => (
    <Fragment key={scope}>
      {index > 0 && <Menu.Divider />}
      <Menu.Label>{label}</Menu.Label>
      {EXPORT_CHOICES.map((choice) => (
        <Menu.Item
          key={choice.name}
          aria-label={`${label}, as ${choice.name}`}
          disabled={dataset === null}
          onClick={() => void exportData(choice, scope)}
        >
          {choice.name}
        </Menu.Item>
      ))}
    </Fragment>
  ));
  return (
    <>
      {choices}
      <Menu.Divider />
      <Menu.Item disabled={dataset === null} onClick={() => openProtectedExport()}>
        Without names, or k-anonymous…
      </Menu.Item>
    </>
  );
}
