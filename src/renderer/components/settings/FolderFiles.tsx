import type { FileOutcome, FolderFile } from '../../../preload/contract/folder-files';
import { printable } from '../../../preload/contract/printable';
import { sourceKind } from '../../../preload/contract/source-kinds';
import { useApp } from '../../state/app-store';
import { useCall } from '../../state/use-call';
import { formatDate } from '../../words/dates';
import { formatNumber } from '../../words/numbers';
import { ErrorNote } from '../ErrorNote';
import styles from './settings.module.css';

/** More rows than these are counted, not listed. */
const MOST_ROWS = 200;

const WORDS: Record<FileOutcome, string> = {
  published: 'taken up',
  unchanged: 'known already',
  replaced: 'replaced',
  waiting: 'waiting',
  quarantined: 'in quarantine',
  gone: 'gone',
};

/** What became of each file, while a folder is the source. */
export function FolderFiles() {
  const source = useApp((state) => state.settings.source);
  return sourceKind(source) === 'folder' ? <Files /> : null;
}

function Files() {
  const version = useApp((state) => state.dataset?.version ?? 0);
  const refresh = useApp((state) => state.refresh);
  const ended = refresh.state === 'done' ? Date.parse(refresh.report.gathered_at) : null;
  const { value: files, error, retry } = useCall('folder.files', {}, ended ?? version);
  return (
    <section className={styles.group} aria-labelledby="settings-folder">
      <h2 id="settings-folder">Files of the folder</h2>
      {error !== null && <ErrorNote error={error} onRetry={retry} />}
      <p className={styles.quiet} role="status">
        {files === undefined ? 'Reading…' : summaryOf(files)}
      </p>
      {files !== undefined && files.length > 0 && (
        // It scrolls, so it has to be reached without a mouse.
        <div className={styles.files} tabIndex={0} role="region" aria-label="Files">
          <table>
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col">Became</th>
                <th scope="col">Version</th>
                <th scope="col">When</th>
              </tr>
            </thead>
            <tbody>
              {files.slice(0, MOST_ROWS).map((file) => (
                <tr key={`${file.folder}\n${file.path}\n${file.sha256}`}>
                  <th scope="row" title={file.folder}>
                    {printable(file.path)}
                  </th>
                  <td>
                    {WORDS[file.outcome]}
                    {file.reason !== null && <small>{printable(file.reason)}</small>}
                  </td>
                  <td>{file.version ?? '–'}</td>
                  <td>{formatDate(file.at)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** `12 taken up, 1 waiting`. */
export function summaryOf(files: readonly FolderFile[]): string {
  if (files.length === 0) return 'No file has come yet.';
  const said = Object.entries(WORDS).flatMap(([outcome, word]) => {
    const count = files.filter((file) => file.outcome === outcome).length;
    return count === 0 ? [] : [`${formatNumber(count)} ${word}`];
  });
  const more = files.length > MOST_ROWS ? ` The newest ${formatNumber(MOST_ROWS)} are listed.` : '';
  return `${said.join(', ')}.${more}`;
}
