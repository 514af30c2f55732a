import { Button, Menu } from '@mantine/core';
import { recentOf } from '../../../preload/contract/table-commands';
import { useApp } from '../../state/app-store';
import { useDatasets } from '../../state/datasets';
import { publishedTitle, useDescribed } from '../../state/described';
import { formatNumber } from '../../words/numbers';
import { AlertIcon, CheckIcon, DownIcon } from '../icons';
import { closeShown, openChanges, openFrom, openRecent, showSheet, switchTo } from './open-actions';
import { useOpening } from './opening-store';
import styles from './open.module.css';

/** Which table is explored: the published data, what is open beside them, what was before. */
export default function DatasetSwitch() {
  const { open, recent } = useDatasets();
  const newest = useApp((state) => state.dataset?.version ?? 0);
  const opened = useDescribed((state) => state.opened);
  const title = useDescribed((state) => state.described?.title ?? publishedTitle());
  const busy = useOpening((state) => state.busy !== null);
  const shown = opened?.described.key ?? null;
  const before = recentOf({ open, recent });
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button
          className={styles.switch}
          size="xs"
          variant="default"
          loading={busy}
          rightSection={<DownIcon size={12} />}
          aria-label={`Table: ${title}`}
        >
          <span className={styles.title}>{title}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.tables}>
        <Menu.Label>Tables</Menu.Label>
        <Table isShown={shown === null} onClick={() => void switchTo(null)}>
          {publishedTitle()}
        </Table>
        {newest > 1 && (
          <Menu.Item
            leftSection={<span className={styles.mark} />}
            onClick={() => useApp.getState().show('changes')}
          >
            Earlier versions of {publishedTitle()}…
          </Menu.Item>
        )}
        {newest > 0 && !open.some(({ key }) => key === `changes@${newest}`) && (
          <Menu.Item
            leftSection={<span className={styles.mark} />}
            onClick={() => void openChanges()}
          >
            What changed
          </Menu.Item>
        )}
        {open.map(({ key, title: name, rows, sqlName, changed }) => (
          <Table
            key={key}
            isShown={shown === key}
            note={changed ? 'changed on disk' : `${formatNumber(rows)} rows · ${sqlName} in SQL`}
            changed={changed}
            onClick={() => void switchTo(key)}
          >
            {name}
          </Table>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void openFrom('file')}>Open file…</Menu.Item>
        <Menu.Item onClick={() => void openFrom('folder')}>Open folder…</Menu.Item>
        {before.length > 0 && <Menu.Label>Recent</Menu.Label>}
        {before.map(({ id, title: name, rows }) => (
          <Menu.Item key={id} onClick={() => void openRecent(id, name)}>
            <span className={styles.entry}>
              <span className={styles.title}>{name}</span>
              <span className={styles.muted}>{formatNumber(rows)} rows</span>
            </span>
          </Menu.Item>
        ))}
        {opened !== null && (
          <>
            <Menu.Divider />
            {opened.csv !== null && (
              <Menu.Item onClick={() => showSheet(true)}>How it is read…</Menu.Item>
            )}
            <Menu.Item onClick={() => void closeShown()}>
              Close “{opened.described.title.slice(0, 40)}”
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

interface TableProps {
  children: string;
  isShown: boolean;
  note?: string;
  changed?: boolean;
  onClick(): void;
}

function Table({ children, isShown, note, changed = false, onClick }: TableProps) {
  return (
    <Menu.Item
      aria-current={isShown ? 'true' : undefined}
      leftSection={
        changed ? <AlertIcon /> : <span className={styles.mark}>{isShown && <CheckIcon />}</span>
      }
      onClick={onClick}
    >
      <span className={styles.entry}>
        <span className={styles.title}>{children}</span>
        {note !== undefined && <span className={styles.muted}>{note}</span>}
      </span>
    </Menu.Item>
  );
}
