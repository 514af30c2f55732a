import type { Settings, Workspace } from '../../../preload/contract/settings';
import { useApp } from '../../state/app-store';
import { cardSchema } from '../../state/cards';
import { useExplore } from '../../state/explore-store';
import { saveSettings } from '../settings/save-settings';
import { sayFailed } from '../help/notices';
import { useTableLayout } from '../table/table-layout';

const SAVE_AFTER_MS = 500;

/** Shows table and charts as they were left, once main has told how, and keeps them from then on. */
export function followWorkspace(): void {
  const stop = useApp.subscribe(({ appVersion, settings }) => {
    if (appVersion === '') return;
    stop();
    restoreWorkspace(settings);
    keepWorkspace();
  });
}

/** What this app cannot draw is left out. */
function restoreWorkspace({ workspace }: Settings): void {
  if (workspace === undefined) return;
  const { columns, sort, pinned, widths, cards, compared } = workspace;
  const known = cards.flatMap((card) => {
    const parsed = cardSchema.safeParse(card);
    return parsed.success ? [parsed.data] : [];
  });
  useExplore.setState({ columns, sort, cards: known, compared: [...new Set(compared)] });
  useTableLayout.setState({ pinned, widths });
}

/** Keeps table and charts for the next launch, a moment after their last change. */
function keepWorkspace(): void {
  let kept = JSON.stringify(currentWorkspace());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    const workspace = currentWorkspace();
    const text = JSON.stringify(workspace);
    if (text === kept) return;
    kept = text;
    saveSettings({ workspace }).catch(sayFailed);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER_MS);
  };
  useExplore.subscribe(later);
  useTableLayout.subscribe(later);
  // A window that closes right after a change still keeps it.
  window.addEventListener('pagehide', save);
}

function currentWorkspace(): Workspace {
  const { columns, sort, cards, compared } = useExplore.getState();
  const { pinned, widths } = useTableLayout.getState();
  return {
    columns: [...columns],
    sort: [...sort],
    pinned: [...pinned],
    widths: { ...widths },
    cards: [...cards],
    compared: [...compared],
  };
}
