import { decodeText } from '../../../preload/contract/decode-text';
import { AppError } from '../../../preload/contract/errors';
import type { NewView } from '../../../preload/contract/view-format';
import { call, inElectron } from '../../bridge';
import { useApp } from '../../state/app-store';
import { askedKey, useDescribed } from '../../state/described';
import { inControls } from '../../state/controls';
import { useExplore } from '../../state/explore-store';
import { savedSentence } from '../export/saved-sentence';
import { sayDone, sayFailed } from '../help/notices';
import { openVersion } from '../open/open-actions';
import { takeSavedFile } from '../take-saved-file';
import { undoable } from '../../undo/undoable';
import { type Dashboard, dashboardOf, viewOf, viewText } from './view-file';

/** A view is text a person could write; what is larger is some other file. */
const MOST_BYTES = 5_000_000;

export async function saveView(): Promise<void> {
  try {
    const content = viewText(viewOf(useExplore.getState()));
    const saved = await call('file.save', { name: nameOfView(), kind: 'view', content });
    takeSavedFile(saved);
    sayDone(savedSentence(saved, 'the view'));
  } catch (error) {
    sayFailed(error);
  }
}

const LONGEST_STEM = 60;

/** `sales.pokeview.json` for a view of `sales.csv`. */
function nameOfView(): string {
  const title = useDescribed.getState().opened?.described.title ?? 'pokedex';
  const stem = title
    .replace(/\.[^.]*$/, '')
    .replace(/[^\p{L}\p{N} _-]+/gu, '-')
    .slice(0, LONGEST_STEM)
    .trim();
  return `${/[\p{L}\p{N}]/u.test(stem) ? stem : 'view'}.pokeview.json`;
}

/** Lets the person choose a view file and shows it; a broken one changes nothing. */
export async function openView(): Promise<void> {
  try {
    const view = inElectron() ? await call('view.open', ofShown()) : await chooseInBrowser();
    if (view === null) return;
    if (!(await showVersionOf(view))) return;
    const dashboard = dashboardOf(view);
    const selections = inControls(dashboard.selections);
    const named = view.title === undefined ? '' : ` “${view.title}”`;
    undoable(`The view${named} is open.`, () => showDashboard({ ...dashboard, selections }));
  } catch (error) {
    sayFailed(error);
  }
}

/** Shows the version that the view is of, if it names one. False where that cannot be shown, which is said. */
async function showVersionOf({ dataset }: NewView): Promise<boolean> {
  if (dataset.kind !== 'published' || dataset.version === undefined) return true;
  const isShown = () => {
    const { opened } = useDescribed.getState();
    const seen = opened?.described.versions;
    return seen?.before === undefined && seen?.now.version === dataset.version;
  };
  if (!isShown()) await openVersion(dataset.version);
  return isShown();
}

/** Views are held against the table that is shown. */
function ofShown(): { dataset?: string } {
  const dataset = askedKey();
  return dataset === undefined ? {} : { dataset };
}

function showDashboard({ selections, columns, sort, cards }: Dashboard): void {
  const explore = useExplore.getState();
  explore.setCards(cards);
  explore.setColumns(columns);
  explore.setSort(sort);
  explore.setSelections(selections);
  useApp.getState().show('explore');
}

async function chooseInBrowser(): Promise<NewView | null> {
  const file = await chooseFile();
  if (file === null) return null;
  if (file.size > MOST_BYTES) {
    throw new AppError('bad-view', `${file.name} is too large to be a view.`, {
      hint: 'Choose a .pokeview.json file saved from this app.',
    });
  }
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  return call('view.read', { text, ...ofShown() });
}

function chooseFile(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,.pokeview.json,application/json';
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}
