import { isIncomplete } from '../../preload/contract/reports';
import { AppError } from '../../preload/contract/errors';
import type { OpenOutcome } from '../../preload/contract/opened';
import type { PROTECTION_CALLS } from '../../preload/contract/protection';
import type { Settings, Trouble } from '../../preload/contract/settings';
import { APP_VERSION } from '../base/app-info';
import { removeAbandonedTemporaries } from '../base/abandoned';
import { dataPaths } from '../base/data-folder';
import type { LogFile } from '../base/log-file';
import type { EngineClient } from '../engine/engine-client';
import { folderFiles } from '../folder/folder-files';
import type { GatherOptions } from '../pipeline/gather';
import type * as refresh from '../refresh';
import { readHistory } from '../warehouse/read-history';
import { Alerts } from '../updates/alerts/alerts';
import type { ProcessOptions } from '../workers/process-options';
import { ChangeFiles, ChangeTables } from './change-tables';
import { accessLogCalls, accessNotes } from './access-calls';
import { alertsCalls } from './alerts-calls';
import { AlertsKeeper } from './alerts-keeper';
import { Dataset } from './dataset';
import { datasetCalls } from './dataset-calls';
import { DeliveryLoop } from '../webhooks/delivery-loop';
import { Outbox } from '../webhooks/outbox';
import { deliveryCalls } from './delivery-calls';
import type { CallHandlers } from './dispatcher';
import { erasureCalls } from './erasure-calls';
import { exploreCalls } from './explore-calls';
import { firstAnswers } from './first-answers';
import { exportCalls } from './export-calls';
import { FolderPickUp } from './folder-pick-up';
import { fileCalls } from './file-calls';
import { historyCalls } from './history-calls';
import type { Host } from './host';
import { logCalls } from './log-calls';
import { OpenedTables } from './opened-tables';
import { PublishedColumns } from './published-columns';
import { RecentFiles } from './recent-files';
import { noteRefresh } from './note-refresh';
import { type GatherWishes, Refresher, refreshCalls, type RefreshWork } from './refresh-calls';
import { riskCalls } from './risk-calls';
import { ScheduledRefresh } from './scheduled-refresh';
import { SettingsStore, settingsCalls } from './settings-store';
import { SpriteKeeper } from './sprite-keeper';
import { OwnWork } from './own-work';
import { ResultFiles } from './result-files';
import { sqlCalls } from './sql-calls';
import { sqlResultCalls } from './sql-results';
import { VersionTables } from './version-tables';
import { SqlHistory, sqlHistoryCalls } from './sql-history';

export interface AppOptions {
  /** The data folder; settings.json and sql-history.json are in it. */
  data: string;
  /** Folder of the bundled snapshot. */
  snapshot: string;
  host: Host;
  /** For what no person can be told in a sentence. */
  logError(what: string, error: unknown): void;
  log: LogFile;
}

/** What the entry gives the app to work with: processes and threads are its affair. */
export interface AppServices {
  startEngine(options: {
    memoryMb: number;
    threads: number;
    mayGrowMb?: number;
    onLost: () => void;
  }): EngineClient;
  runRefresh: typeof refresh.runRefresh;
  runProcess: typeof refresh.runProcess;
  runErase: typeof refresh.runErase;
  completeErasing: typeof refresh.completeErasing;
}

/** All calls but those that decide which data the app shows. */
export type AppHandlers = Omit<CallHandlers, keyof typeof PROTECTION_CALLS>;

export interface App {
  handlers: AppHandlers;
  /**
   * Opens the published data, or makes the first from the bundled snapshot. Resolves once there
   * is data or the reason why not is in the refresh state; calls are answered before already.
   */
  start(): Promise<void>;
  /** Opens files and folders that were named outside a page, and has the pages show the last. */
  openPaths(paths: readonly string[]): Promise<OpenOutcome>;
  /** The same for what the system asks for: what cannot be opened is told to the pages. */
  openAsked(paths: readonly string[]): Promise<void>;
  /** Ends the running refresh and the engines. */
  close(): Promise<void>;
}

/** One thread: cards are small questions in a row, and planning takes most of their time. */
const CHARTS_ENGINE = { memoryMb: 512, threads: 1 };
const CONSOLE_ENGINE = { memoryMb: 1000, threads: 2 };
/** SQL has a copy of every table that is open. */
const MEMORY_WITH_OTHERS_MB = 2000;
/** One for each opened table; what is larger spills to a private folder. */
const WORKBENCH_ENGINE = { memoryMb: 2000, threads: 2, mayGrowMb: 1000 };
const KEEP_VERSIONS = 30;
const AS_USUAL: GatherWishes = { force: false, allowMissing: false };
const SCHEDULED: GatherWishes = { ...AS_USUAL, scheduled: true };

/** The app behind every call of the contract, whatever program it runs in. */
export async function createApp(options: AppOptions, services: AppServices): Promise<App> {
  const { host, logError } = options;
  const paths = dataPaths(options.data);
  const troubles: Trouble[] = [];
  const tellTrouble = (trouble: Trouble) => {
    // Said once, however often the file is read.
    if (troubles.some(({ message }) => message === trouble.message)) return;
    troubles.push(trouble);
    options.log.note(trouble.message);
    host.emit('trouble.told', trouble);
  };
  // Before anything is read that may name whoever is being erased.
  const obstacle = await services.completeErasing(options.data);
  if (obstacle !== null) tellTrouble({ message: obstacle.message, hint: obstacle.hint ?? '' });
  let goBySettings: (kept: Settings) => void = () => {};
  const settings = await SettingsStore.open(paths.settings, {
    changed: (kept) => {
      host.emit('settings.changed', kept);
      goBySettings(kept.settings);
    },
    trouble: tellTrouble,
  });
  const recent = new RecentFiles(paths.recent, tellTrouble);
  const opened = new OpenedTables(
    recent,
    (onLost) => services.startEngine({ ...WORKBENCH_ENGINE, onLost }),
    {
      changed: (datasets) => {
        host.emit('datasets.changed', datasets);
        host.showTables(datasets);
      },
      restarted: () => host.emit('engine.restarted', null),
      failed: (error) => logError('opened tables', error),
    },
  );
  host.showTables(await opened.list());
  const results = new ResultFiles();
  const queries = new OwnWork();
  const changes = new ChangeFiles(paths, results, (error) => logError('changes', error));
  const dataset = new Dataset(
    paths,
    {
      charts: (onLost) => services.startEngine({ ...CHARTS_ENGINE, onLost }),
      console: (onLost) => {
        const memory = opened.scans.length === 0 ? {} : { memoryMb: MEMORY_WITH_OTHERS_MB };
        return services.startEngine({ ...CONSOLE_ENGINE, ...memory, onLost });
      },
      results: () => results.folder(),
      changes: (version) => changes.scan(version),
    },
    opened,
    {
      changed: (info) => host.emit('dataset.changed', info),
      restarted: () => host.emit('engine.restarted', null),
      failed: (error) => logError('open', error),
    },
  );
  const published = new PublishedColumns(recent, dataset);
  const refresher = new Refresher({
    changed: (state) => {
      noteRefresh(options.log, state);
      host.emit('refresh.changed', state);
    },
    fraction: (fraction) => host.showProgress(fraction),
    failed: (error) => logError('refresh', error),
  });

  const sprites = new SpriteKeeper(paths, {
    changed: (ids) => host.emit('sprites.changed', ids),
    failed: (error) => logError('sprites', error),
  });

  const note = accessNotes(paths, (error) => logError('access log', error));
  let lookAtAlerts: () => void = () => {};

  const refreshFrom =
    (source: string, wishes: GatherWishes): RefreshWork =>
    async (context) => {
      const { gather, process } = jobOptions(options, settings, source, wishes);
      // The first data are waited for; later ones come while somebody looks at those before.
      const background = dataset.info !== null;
      const report = await services.runRefresh(gather, process, context, background);
      await dataset.load();
      lookAtAlerts();
      if (!isIncomplete(report)) sprites.start({ ...settings.current, source });
      return report;
    };

  /** Tables without their file: it is published again from them, and no source is asked. */
  const publishAgain: RefreshWork = async (context) => {
    const { process } = jobOptions(options, settings, 'bundled', AS_USUAL);
    await services.runProcess(process, context);
    await dataset.load();
    return null;
  };

  async function makeFirstData(): Promise<void> {
    refresher.start(async (context) => {
      const work = (await hasTables(paths)) ? publishAgain : refreshFrom('bundled', AS_USUAL);
      return work(context);
    });
    await refresher.settled();
  }

  let closing = false;

  async function openData(): Promise<void> {
    removeAbandonedTemporaries(paths.data).catch((error: unknown) => logError('clearing', error));
    try {
      await dataset.load();
    } catch (error) {
      if (closing) return;
      // A damaged file counts as none: it can be made again.
      logError('open', error);
    }
    if (closing) return;
    if (dataset.info === null && refresher.state.state !== 'running') await makeFirstData();
  }

  const scheduled = new ScheduledRefresh(
    paths.runs,
    () => refresher.runScheduled(refreshFrom(settings.current.source, SCHEDULED)),
    {
      changed: (state) => {
        host.emit('schedule.changed', state);
        host.showSchedule(settings.current.schedule === 'off' ? null : state);
      },
      failed: (error) => logError('schedule', error),
    },
  );

  const outbox: Outbox = new Outbox(paths.deliveries, {
    changed: () => {
      host.emit('deliveries.changed', null);
      // What was just queued does not wait for the next look.
      deliveries.look();
    },
  });
  const deliveries: DeliveryLoop = new DeliveryLoop(outbox, (error) =>
    logError('deliveries', error),
  );
  const pickUp = new FolderPickUp(
    options.data,
    () => refresher.runScheduled(refreshFrom(settings.current.source, SCHEDULED)),
    (error) => logError('folder', error),
  );

  const alerts = new AlertsKeeper(
    new Alerts(paths, outbox, tellTrouble),
    {
      changed: (state) => host.emit('alerts.changed', state),
      handedOver: () => deliveries.look(),
      failed: (error) => logError('alerts', error),
    },
    host.notify,
  );
  // Beside the refresh that ended, which waits for nothing.
  lookAtAlerts = () => void alerts.look();

  const erase = async (id: string) => {
    // A picture that is on its way would be put down after it.
    sprites.cancel();
    await sprites.settled();
    try {
      return await services.runErase(options.data, id);
    } finally {
      // Copies of earlier versions and of changes, and what was answered from them.
      await opened.closeOwn();
      await dataset.load();
      host.emit('settings.changed', await settings.refresh());
      host.emit('sprites.changed', await sprites.cached());
    }
  };

  let opening: Promise<void> | null = null;
  const open = () =>
    (opening ??= openData().finally(() => {
      opening = null;
    }));

  const handlers: AppHandlers = {
    'app.start': async () => {
      // Another process may have published since, or what stood in the way may be gone: a page
      // that is loaded again should see it.
      if (dataset.info !== null) await dataset.load().catch((error) => logError('open', error));
      else open().catch((error: unknown) => logError('start', error));
      const kept = await settings.refresh();
      const { described, firstView, columns } = await published
        .refresh()
        .catch((error: unknown) => {
          logError('column corrections', error);
          return published.now;
        });
      return {
        app_version: APP_VERSION,
        dataset: dataset.info,
        described,
        first_view: firstView,
        columns,
        first_answers: await firstAnswers(
          dataset,
          published,
          kept.settings.workspace?.cards ?? firstView.cards ?? [],
          firstView.tiles ?? [],
        ),
        datasets: await opened.list(),
        settings: kept.settings,
        settings_revision: kept.revision,
        troubles: [...troubles],
        refresh: refresher.state,
        schedule: scheduled.state,
        sprites: await sprites.cached(),
      };
    },
    ...exploreCalls(dataset, opened, published, paths, options.snapshot),
    ...datasetCalls(
      opened,
      recent,
      published,
      new VersionTables(paths, opened, results),
      new ChangeTables(dataset, opened, changes),
      host,
    ),
    ...sqlCalls(dataset, opened, queries),
    ...sqlResultCalls(paths, dataset, opened, results, queries, host, note),
    ...sqlHistoryCalls(new SqlHistory(paths.sqlHistory, tellTrouble)),
    ...refreshCalls(refresher, (wishes) => refreshFrom(settings.current.source, wishes)),
    'folder.files': () => folderFiles(paths),
    ...historyCalls(paths, dataset),
    ...erasureCalls(paths, erase),
    ...deliveryCalls(outbox),
    ...alertsCalls(alerts),
    ...settingsCalls(settings, host),
    ...riskCalls(dataset, opened, published),
    ...exportCalls(paths, dataset, opened, host, note),
    ...fileCalls(paths, host, dataset, opened, note),
    ...accessLogCalls(paths),
    ...logCalls(options.log, host),
  };

  return {
    handlers,
    start: async () => {
      await open();
      if (closing) return;
      // From then on: the first data come first.
      goBySettings = ({ schedule, source }) => {
        scheduled.set(schedule);
        pickUp.set(source);
      };
      goBySettings(settings.current);
      deliveries.start();
      alerts.start();
    },
    openPaths: async (asked) => {
      const last = (await opened.openAsked(asked)).at(-1);
      return last === undefined ? { kind: 'cancelled' } : { kind: 'opened', dataset: last.dataset };
    },
    openAsked: (asked) => opened.openTold(asked),
    async close() {
      closing = true;
      settings.close();
      const unheld = alerts.close();
      const undelivered = deliveries.close();
      const unscheduled = Promise.all([scheduled.close(), pickUp.close()]);
      refresher.cancel();
      dataset.close();
      await opened.close();
      // The first data may be on their way still; whoever asked for them was told of a failure.
      await opening?.catch(() => {});
      await refresher.settled();
      await unscheduled;
      await unheld;
      await undelivered;
      sprites.cancel();
      await sprites.settled();
      // What the refresh may have loaded while it ended.
      dataset.close();
      await results.close();
    },
  };
}

function jobOptions(
  { data, snapshot }: AppOptions,
  settings: SettingsStore,
  source: string,
  wishes: GatherWishes,
): { gather: GatherOptions; process: ProcessOptions } {
  const { concurrency, games } = settings.current;
  return {
    gather: { data, source, concurrency, snapshot, ...wishes },
    process: { data, games, keepVersions: KEEP_VERSIONS },
  };
}

async function hasTables(paths: ReturnType<typeof dataPaths>): Promise<boolean> {
  try {
    await readHistory(paths);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'no-data') return false;
    throw error;
  }
}
