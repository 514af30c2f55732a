import { letGoOf } from '../../cards/arrange';
import type { Card } from '../../../preload/contract/cards';
import { columnOf, type DatasetDescriptor } from '../../../preload/contract/descriptor';
import { humanCount } from '../../words/counts';
import { mergeChanges, sameJson } from '../../../preload/contract/merge-changes';
import type { Workspace } from '../../../preload/contract/settings';
import { useApp } from '../../state/app-store';
import { useDescribed } from '../../state/described';
import { soundCard } from '../../state/cards';
import { useExplore } from '../../state/explore-store';
import { setDock, useDock } from '../explore/dock-store';
import { sayFailed, sayTrouble } from '../help/notices';
import { saveSettings } from '../settings/save-settings';
import { useTableLayout } from '../table/table-layout';

const SAVE_AFTER_MS = 500;

/**
 * Shows table and charts as they were left, once main has told how, keeps them from then on, and
 * follows what another window changes in them.
 */
export function followWorkspace(): void {
  const stop = useApp.subscribe(({ appVersion, settings: { workspace } }) => {
    if (appVersion === '') return;
    stop();
    if (workspace !== undefined) show({ ...shownNow(), ...drawable(workspace, true) });
    const keeper = new WorkspaceKeeper();
    useApp.subscribe(({ settings }, before) => {
      if (settings.workspace !== before.settings.workspace) keeper.follow(settings.workspace);
    });
  });
}

/**
 * Keeps table and charts for the next launch, a moment after their last change. One save is under
 * way at a time, and what is heard meanwhile is taken up after it: the answer to a save that came
 * behind later changes would else be taken for another window's wish to undo them.
 */
class WorkspaceKeeper {
  /** What is kept already, as far as it can be shown. */
  private base = shownNow();
  /** What is being kept; null while nothing is. */
  private underWay: Workspace | null = null;
  /** What was heard last while a save was under way. */
  private heard: Partial<Workspace> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    for (const store of [useExplore, useTableLayout, useDock]) store.subscribe(this.later);
    // A window that closes right after a change still keeps it.
    window.addEventListener('pagehide', () => this.send(this.underWay ?? this.base));
  }

  /** What another window changed is shown too; what was changed here and not kept yet stays. */
  follow(workspace: Partial<Workspace> | undefined): void {
    if (this.underWay !== null) this.heard = workspace;
    else this.take(workspace);
  }

  private take(workspace: Partial<Workspace> | undefined): void {
    if (workspace === undefined || isOther()) return;
    const theirs = { ...this.base, ...drawable(workspace, false) };
    const mine = shownNow();
    const merged = mergeChanges(this.base, mine, theirs) as Workspace;
    this.base = theirs;
    if (sameJson(merged, mine)) return;
    show(merged);
    // What is selected in a chart that was taken away would filter without it.
    const { cards } = useExplore.getState();
    for (const card of mine.cards as Card[]) {
      if (!cards.some(({ id }) => id === card.id)) letGoOf(card);
    }
  }

  private readonly later = () => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      // The save under way looks for later changes when it ends.
      if (this.underWay === null) this.send(this.base);
    }, SAVE_AFTER_MS);
  };

  /** Keeps what is shown now, which began as `base`. */
  private send(base: Workspace): void {
    if (isOther()) return;
    const workspace = shownNow();
    if (sameJson(workspace, base)) return;
    this.underWay = workspace;
    saveSettings({ workspace }, base)
      .then(
        () => {
          this.base = workspace;
          this.later();
        },
        // The next change tries it again, with this one.
        sayFailed,
      )
      .finally(() => {
        this.underWay = null;
        const { heard } = this;
        this.heard = undefined;
        this.take(heard);
      });
  }
}

/** What is kept is of the published data: how an opened table is seen is not. */
function isOther(): boolean {
  return useDescribed.getState().opened !== null;
}

/** What this app cannot draw is left out; it stays in what is kept. */
function drawable(workspace: Partial<Workspace>, tell: boolean): Partial<Workspace> {
  const { described } = useDescribed.getState();
  const known = described === null ? workspace : withKnownColumns(workspace, described);
  if (workspace.cards === undefined) return known;
  const cards = new Map<string, Card>();
  for (const kept of workspace.cards) {
    const card = soundCard(kept, described);
    if (card !== null && !cards.has(card.id)) cards.set(card.id, card);
  }
  const lost = workspace.cards.length - cards.size;
  if (lost > 0 && tell) {
    sayTrouble({
      message: `${lost === 1 ? 'One kept chart is' : `${humanCount(lost)} kept charts are`} not shown: this version of the app cannot draw ${lost === 1 ? 'it' : 'them'}.`,
      hint: `${lost === 1 ? 'It stays' : 'They stay'} in settings.json for a version that can.`,
    });
  }
  return { ...known, cards: [...cards.values()] };
}

/** Without the columns that the data do not have: a newer version's, or another dataset's. */
function withKnownColumns(
  workspace: Partial<Workspace>,
  described: DatasetDescriptor,
): Partial<Workspace> {
  const { columns, pinned, sort } = workspace;
  const isKnown = (name: string) => columnOf(described, name) !== undefined;
  const known = columns?.filter(isKnown) ?? [];
  return {
    ...without(workspace, 'columns'),
    ...(known.length === 0 ? {} : { columns: known }),
    ...(pinned === undefined ? {} : { pinned: pinned.filter(isKnown) }),
    ...(sort === undefined ? {} : { sort: sort.filter(({ column }) => isKnown(column)) }),
  };
}

function without(workspace: Partial<Workspace>, part: keyof Workspace): Partial<Workspace> {
  return Object.fromEntries(Object.entries(workspace).filter(([name]) => name !== part));
}

function show({ columns, sort, cards, compared, pinned, widths, dock }: Workspace): void {
  useExplore.setState({ columns, sort, cards: cards as Card[], compared });
  useTableLayout.setState({ pinned, widths });
  setDock(dock);
}

function shownNow(): Workspace {
  const { columns, sort, cards, compared } = useExplore.getState();
  const { pinned, widths } = useTableLayout.getState();
  const { open, height, rows } = useDock.getState();
  return {
    columns: [...columns],
    sort: [...sort],
    pinned: [...pinned],
    widths: { ...widths },
    cards: [...cards],
    compared: [...compared],
    dock: { open, height, rows },
  };
}
