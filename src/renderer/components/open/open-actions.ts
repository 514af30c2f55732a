import { z } from 'zod';
import type { DroppedFile } from '../../../preload/contract/calls';
import { AppError } from '../../../preload/contract/errors';
import type {
  CsvChoices,
  Datasets,
  OpenedDataset,
  OpenOutcome,
} from '../../../preload/contract/opened';
import { call, inElectron, openDropped } from '../../bridge';
import { useApp } from '../../state/app-store';
import { useDatasets } from '../../state/datasets';
import { useDescribed } from '../../state/described';
import { keepPart, keptPart } from '../../session/session-parts';
import { sayDone, sayFailed } from '../help/notices';
import { loadCode } from '../load-code';
import { useOpening } from './opening-store';
import { showOpened, showPublished, shownBefore } from './show-dataset';

export function showSheet(sheet: boolean): void {
  useOpening.setState({ sheet });
}

/** Whatever fails, what was open stays open and in sight. */
async function opening(
  words: string,
  work: () => Promise<OpenOutcome>,
  show = showFresh,
): Promise<void> {
  if (useOpening.getState().busy !== null) return;
  useOpening.setState({ busy: words });
  try {
    const outcome = await work();
    if (outcome.kind === 'opened') show(outcome.dataset);
  } catch (error) {
    sayFailed(error);
  } finally {
    useOpening.setState({ busy: null });
  }
}

/** A CSV is shown before it is believed, unless a person has corrected it already. */
function showFresh(dataset: OpenedDataset): void {
  showOpened(dataset);
  showSheet(dataset.csv !== null && Object.keys(dataset.corrected).length === 0);
}

export async function openFrom(from: 'file' | 'folder'): Promise<void> {
  if (inElectron()) {
    return opening('Opening…', () => call('datasets.open', { from }));
  }
  const { default: chooseFiles } = await loadCode(() => import('./choose-files'));
  return openFiles(await chooseFiles(from));
}

/** Opens files that were dropped or chosen in the page. */
export async function openFiles(files: readonly DroppedFile[]): Promise<void> {
  if (files.length === 0) return;
  const [first] = files;
  const words = files.length === 1 ? `Opening ${first?.file.name ?? ''}…` : 'Opening the files…';
  return opening(words, () => openDropped(files));
}

export function openRecent(id: string, title: string): Promise<void> {
  return opening(`Opening ${title}…`, () => call('datasets.open', { from: 'recent', id }));
}

/** Shows the data as of a version, or that version with another one outlined over it. */
export function openVersion(version: number, against?: number): Promise<void> {
  const words = against === undefined ? 'Opening' : 'Comparing';
  const other = against === undefined ? {} : { against };
  return opening(
    `${words} version ${version}…`,
    () => call('datasets.open', { from: 'version', version, ...other }),
    (dataset) => {
      showOpened(dataset);
      useApp.getState().show('explore');
    },
  );
}

/** Shows what changed in all versions, as a table to explore. */
export function openChanges(): Promise<void> {
  return opening(
    'Opening the changes…',
    () => call('datasets.open', { from: 'changes' }),
    (dataset) => {
      showOpened(dataset);
      useApp.getState().show('explore');
    },
  );
}

/** Shows a table that is open already; the published data where none is named. */
export async function switchTo(key: string | null): Promise<void> {
  if (key === null) return showPublished();
  if (useDescribed.getState().opened?.described.key === key) return;
  try {
    showOpened(await call('datasets.describe', { dataset: key }));
  } catch (error) {
    sayFailed(error);
  }
}

async function showAsked(key: string): Promise<void> {
  if (useDescribed.getState().opened?.described.key === key) return;
  try {
    const dataset = await call('datasets.describe', { dataset: key });
    // Its own page may have shown it meanwhile.
    if (useDescribed.getState().opened?.described.key !== key) showFresh(dataset);
  } catch (error) {
    sayFailed(error);
  }
}

export async function closeShown(): Promise<void> {
  const { opened } = useDescribed.getState();
  if (opened !== null) await closeTable(opened.described.key, opened.described.title);
}

export async function closeTable(key: string, title: string): Promise<void> {
  if (useDescribed.getState().opened?.described.key === key) showPublished();
  try {
    await call('datasets.close', { dataset: key });
    sayDone(`“${title}” is closed; its file is as it was.`);
  } catch (error) {
    sayFailed(error);
  }
}

/** Reads the shown table's files again; it was believed already, so no sheet asks. */
export async function reloadShown(): Promise<void> {
  const { opened } = useDescribed.getState();
  if (opened === null || useOpening.getState().busy !== null) return;
  useOpening.setState({ busy: 'Reading it again…' });
  try {
    showOpened(await call('datasets.reload', { dataset: opened.described.key }));
  } catch (error) {
    sayFailed(error);
  } finally {
    useOpening.setState({ busy: null });
  }
}

/** Rejects where it cannot be read so; what is shown stays. */
export async function correctShown(csv: CsvChoices): Promise<void> {
  const { opened } = useDescribed.getState();
  if (opened === null) return;
  showOpened(await call('datasets.correct', { dataset: opened.described.key, csv }));
}

/** Said or shown once, however often the page is loaded. */
function isNew(part: 'asked' | 'refused', id: number): boolean {
  if (id <= (keptPart(part, z.number()) ?? 0)) return false;
  keepPart(part, id);
  return true;
}

/** Shows what the command line or the system asks for, what was shown before a reload, and no more. */
export default function followAsked(): void {
  let hasStarted = false;
  const follow = (datasets: Datasets) => {
    const isOpen = (key: string | null) => datasets.open.some((table) => table.key === key);
    const before = hasStarted ? null : shownBefore();
    hasStarted = true;
    const { asked, refused } = datasets;
    if (asked !== null && isNew('asked', asked.id)) void showAsked(asked.key);
    else if (before !== null && isOpen(before)) void switchTo(before);
    for (const { id, error } of refused) {
      if (isNew('refused', id)) sayFailed(AppError.fromShape(error));
    }
    const shown = useDescribed.getState().opened;
    // Closed in another window.
    if (shown !== null && useOpening.getState().busy === null && !isOpen(shown.described.key)) {
      setTimeout(() => {
        if (useDescribed.getState().opened !== shown) return;
        const { open } = useDatasets.getState();
        if (!open.some(({ key }) => key === shown.described.key)) showPublished();
      }, 1_000);
    }
  };
  useDatasets.subscribe(follow);
  // What main has said before this was loaded.
  if (useApp.getState().appVersion !== '') follow(useDatasets.getState());
}
