import { create } from 'zustand';
import type { Screen } from '../../preload/contract/commands';
import type {
  DatasetInfo,
  FirstAnswers,
  RefreshState,
  ScheduleState,
  StartState,
} from '../../preload/contract/calls';
import type { AppError } from '../../preload/contract/errors';
import {
  type KeptSettings,
  type Settings,
  settingsSchema,
  type Trouble,
} from '../../preload/contract/settings';
import { on, onEnded, onReturn, startState } from '../bridge';
import { takeAlerts } from './alerts';
import { noteAnswer, useConnection } from './connection';
import { useDatasets } from './datasets';
import { takeCorrected, takePublished, useDescribed } from './described';
import { awaitAll } from './one-moment';

export interface AppState {
  screen: Screen;
  appVersion: string;
  dataset: DatasetInfo | null;
  /** The version that is asked for already and shown as soon as all of it is there; null for none. */
  incoming: DatasetInfo | null;
  settings: Settings;
  settingsRevision: number;
  /** What of the kept files could not be used. */
  troubles: readonly Trouble[];
  refresh: RefreshState;
  schedule: ScheduleState;
  /** Pokémon whose sprite can be shown. */
  sprites: ReadonlySet<number>;
  /** What main answered before it was asked. */
  firstAnswers: FirstAnswers | null;
  /** What keeps the app from starting. */
  startError: AppError | null;
  show(screen: Screen): void;
}

export const useApp = create<AppState>((set) => ({
  screen: 'explore',
  appVersion: '',
  dataset: null,
  incoming: null,
  settings: settingsSchema.parse({}),
  settingsRevision: -1,
  troubles: [],
  refresh: { state: 'idle' },
  schedule: { next: null, failures: 0, error: null, missed: null },
  sprites: new Set(),
  firstAnswers: null,
  startError: null,
  show: (screen) => set({ screen }),
}));

/** What was told since the state of things was last asked for. */
let told: ReturnType<typeof stateOf> = {};

/** As main tells it. */
interface News {
  dataset?: StartState['dataset'];
  refresh?: StartState['refresh'];
  schedule?: ScheduleState;
  sprites?: readonly number[];
}

function stateOf({
  sprites,
  ...news
}: News): Partial<Pick<AppState, 'dataset' | 'refresh' | 'schedule' | 'sprites'>> {
  return { ...news, ...(sprites === undefined ? {} : { sprites: new Set(sprites) }) };
}

/** The list of open tables, told since then. */
let toldDatasets: StartState['datasets'] | undefined;

/** Data that came before the settings would be drawn in an order that the settings then change. */
let hasAnswered = false;

function tell(news: News): void {
  Object.assign(told, stateOf(news));
  if (hasAnswered) useApp.setState(stateOf(news));
}

/** The version that is asked for: one that is about to be shown, or the one that is. */
export function versionAsked(): number | null {
  const { incoming, dataset } = useApp.getState();
  return (incoming ?? dataset)?.version ?? null;
}

/** Another version is shown once everything beside it is of that version too. */
function takeVersion(dataset: StartState['dataset']): void {
  const shown = useApp.getState().dataset;
  const isOther = dataset !== null && shown !== null && dataset.version !== shown.version;
  const isShown = useDescribed.getState().opened === null;
  const take = () => {
    Object.assign(told, { dataset });
    useApp.setState({ dataset, incoming: null });
  };
  if (!hasAnswered || !isOther || !isShown || !awaitAll(dataset.version, take))
    return tell({ dataset });
  useApp.setState({ incoming: dataset });
}

/** How long the news of a version may be behind its first answers. */
const NEWS_MS = 1_000;
let behind: ReturnType<typeof setTimeout> | undefined;

/** An answer came of this version: where the news of a newer one never comes, it is asked for. */
export function noteVersion(version: number): void {
  const isBehind = () => version > (versionAsked() ?? Infinity);
  if (!isBehind()) return;
  behind ??= setTimeout(() => {
    behind = undefined;
    if (isBehind()) void askMain();
  }, NEWS_MS);
}

/** Listens to main for as long as the page lives. */
export function followMain(): void {
  on('refresh.changed', (refresh) => tell({ refresh }));
  on('schedule.changed', (schedule) => tell({ schedule }));
  on('dataset.changed', takeVersion);
  on('datasets.changed', (datasets) => {
    toldDatasets = datasets;
    // A table that is shown before the published data are known could not be left for them.
    if (hasAnswered) useDatasets.setState(datasets);
  });
  on('alerts.changed', takeAlerts);
  on('columns.corrected', takeCorrected);
  on('sprites.changed', (ids) => tell({ sprites: ids }));
  on('settings.changed', takeSettings);
  onReturn(() => void askMain());
  onEnded(noteAnswer);
  watchIdentity();
  on('trouble.told', (trouble) =>
    useApp.setState(({ troubles }) => ({ troubles: [...troubles, trouble] })),
  );
}

/**
 * After a restart another program may answer: another version of the app, or other data under the
 * same version's number. What was asked before does not go with that.
 */
function watchIdentity(): void {
  let appVersion = '';
  let dataset: DatasetInfo | null = null;
  useApp.subscribe((state) => {
    const other =
      (appVersion !== '' && state.appVersion !== appVersion) ||
      (dataset?.version === state.dataset?.version && isOther(dataset, state.dataset));
    if (other) useConnection.setState({ outdated: true });
    appVersion = state.appVersion;
    dataset = state.dataset ?? dataset;
  });
}

function isOther(one: DatasetInfo | null, other: DatasetInfo | null): boolean {
  if (one === null || other === null || one === other) return false;
  return (['source', 'gathered_at', 'rows', 'listed'] as const).some(
    (fact) => one[fact] !== other[fact],
  );
}

/** Answers and events travel apart in the browser: what is older than what is shown is passed over. */
export function takeSettings({ settings, revision }: KeptSettings): void {
  if (!hasAnswered || revision < useApp.getState().settingsRevision) return;
  useApp.setState({ settings, settingsRevision: revision });
}

/**
 * Asks main for the state of things; main tries again to open the data where there are none. In
 * the browser the answer and the events travel apart: what was told meanwhile is the newer.
 */
export async function askMain(): Promise<void> {
  // What was told while the page was loaded belongs to the question that start.ts asked.
  if (hasAnswered) {
    told = {};
    toldDatasets = undefined;
  }
  try {
    const state = await startState();
    hasAnswered = true;
    takePublished({
      described: state.described,
      firstView: state.first_view,
      columns: state.columns,
    });
    useApp.setState({
      appVersion: state.app_version,
      dataset: state.dataset,
      incoming: null,
      settings: state.settings,
      settingsRevision: state.settings_revision,
      troubles: state.troubles,
      refresh: state.refresh,
      schedule: state.schedule,
      sprites: new Set(state.sprites),
      firstAnswers: state.first_answers,
      startError: null,
      ...told,
    });
    // After the workspace, which is of the published data, has been shown.
    useDatasets.setState(toldDatasets ?? state.datasets);
  } catch (error) {
    hasAnswered = true;
    // Once there was an answer, the screen stays; the banner says that none comes now.
    const startError = useApp.getState().appVersion === '' ? { startError: error as AppError } : {};
    useApp.setState({ ...told, ...startError });
  }
}
