import type { AccessLog } from './access-log';
import { type Alerts, alertRuleSchema, type DryRunTold } from './alerts';
import { EXPORT_FORMATS } from './export-formats';
import { z } from 'zod';
import { type AnswerTo, type Asked, askedSchema, type Question } from './questions';
import { COLUMN_NAMES } from './dataset';
import type { ColumnCorrections } from './column-corrections';
import type { Delivery } from './deliveries';
import type { DatasetDescriptor, DatasetKey } from './descriptor';
import { ERASURE_CALLS, type ErasureResults } from './erasure';
import type { ErrorShape } from './errors';
import type { FolderFile } from './folder-files';
import {
  type CorrectedColumns,
  DATASET_CALLS,
  datasetKey,
  type DatasetResults,
  type Datasets,
  type OpenedDataset,
} from './opened';
import { PROTECTION_CALLS, type ProtectionResults } from './protection';
import type {
  ChangeEntry,
  ExportProgress,
  Progress,
  RefreshReport,
  RowHistory,
  VersionEntry,
} from './reports';
import {
  type KeptSettings,
  type Settings,
  settingsChangesSchema,
  soundWorkspaceSchema,
  type Trouble,
} from './settings';
import { type KReached, PROTECTED_EXPORT, RISK_CALLS, type RiskResults } from './risk';
import { DECIMAL_MARKS } from './spreadsheet-text';
import { sqlTextSchema } from './sql-history';
import type { Cell, Column } from './value-text';
import { LONGEST_VIEW, type NewView, newViewSchema } from './view-format';

/** Characters of a file that the renderer made. */
const LONGEST_FILE = 50_000_000;

/** What a page calls its own query or export, so that it ends that one and no other page's. */
const ownId = z.string().min(8).max(64);

const alertId = z.string().min(1).max(60);

const deliveryId = z.string().min(1).max(100);

/**
 * Every call from the renderer to main, with the schema of its request; the only way across.
 * A call answers with its result or an ErrorShape, never with a raw error.
 */
/** A result that is shown: its query, and the version of the data that it is of. */
const askedResult = {
  sql: sqlTextSchema,
  id: ownId.optional(),
  version: z.int().min(0),
};

export const CALL_SCHEMAS = {
  /** Everything the first paint needs. */
  'app.start': z.strictObject({}),
  /** Answers each question; all are asked of one version of the data. */
  'explore.ask': z.strictObject({
    asked: z.array(askedSchema).min(1).max(60),
    /** Of which data; of the published ones where it is not said. */
    dataset: datasetKey.exactOptional(),
  }),
  ...DATASET_CALLS,
  ...RISK_CALLS,
  ...ERASURE_CALLS,
  /** Where a Pokémon's row came from, with the raw document. */
  'explore.provenance': z.strictObject({ id: z.int() }),
  /** Since when one value of it is what it is in a version, and what it was before. */
  'explore.origin': z.strictObject({
    // Below zero for an erased subject, of which no document is there.
    id: z.int(),
    column: z.string().refine((name) => COLUMN_NAMES.some((known) => known === name)),
    version: z.int().positive(),
  }),
  'sql.run': z.strictObject({ sql: sqlTextSchema, id: ownId.optional() }),
  /** Runs it again and writes the whole result, however many rows it has. */
  'sql.save': z.strictObject({
    ...askedResult,
    format: z.enum(EXPORT_FORMATS),
    /** The decimal mark of a CSV that spreadsheets open; null for exact data. */
    spreadsheet: z.enum(DECIMAL_MARKS).nullable().default(null),
  }),
  /** The same, and opens what was written as a table of its own. */
  'sql.explore': z.strictObject(askedResult),
  /** Ends the query of that id, running or waiting; nothing where there is none. */
  'sql.cancel': z.strictObject({ id: ownId }),
  /** The queries that were run; each of these answers with them all, newest first. */
  'sql.history': z.strictObject({}),
  'sql.remember': z.strictObject({ sql: sqlTextSchema }),
  'sql.forget': z.strictObject({}),
  'refresh.start': z.strictObject({
    force: z.boolean().default(false),
    /** Publishes also where some documents cannot be had. */
    allow_missing: z.boolean().default(false),
  }),
  'refresh.cancel': z.strictObject({}),
  /** Rules on what changes, and what they fired. */
  'alerts.list': z.strictObject({}),
  'alerts.add': z.strictObject({ rule: alertRuleSchema }),
  'alerts.remove': z.strictObject({ id: alertId }),
  /** Brings back what was removed since the app started. */
  'alerts.restore': z.strictObject({ id: alertId }),
  'alerts.switch': z.strictObject({ id: alertId, on: z.boolean() }),
  /** Null ends it. */
  'alerts.snooze': z.strictObject({ id: alertId, until: z.iso.datetime().nullable() }),
  'alerts.test': z.strictObject({ id: alertId }),
  /** Null reads all. */
  'alerts.read': z.strictObject({ ids: z.array(z.string().max(200)).max(1000).nullable() }),
  'alerts.try': z.strictObject({ rule: alertRuleSchema }),
  'history.list': z.strictObject({}),
  /** What became of the files of folders that were the source, newest first. */
  'folder.files': z.strictObject({}),
  'changes.list': z.strictObject({ version: z.int().positive() }),
  /** What happened to one row, in all versions that can be told. */
  'changes.row': z.strictObject({ id: z.int() }),
  /** The delivery log of webhooks, the latest first. */
  'deliveries.list': z.strictObject({}),
  /** Sends a message once more, under its id. */
  'deliveries.replay': z.strictObject({ id: deliveryId }),
  /** Switches on the endpoint of that delivery again. */
  'deliveries.resume': z.strictObject({ id: deliveryId }),
  /** What is different in a version from an earlier one, whatever came between. */
  'versions.differences': z.strictObject({
    version: z.int().positive(),
    against: z.int().positive(),
  }),
  /** `base` is the workspace that a changed one was made from; without it, the kept one. */
  'settings.choose-folder': z.strictObject({}),
  'settings.save': z.strictObject({
    settings: settingsChangesSchema,
    base: soundWorkspaceSchema.exactOptional(),
  }),
  /**
   * Exports what the view shows (null: everything) to where the person says: of the named version,
   * which is the one on the screen, also where another has been published since.
   */
  'export.data': z.strictObject({
    id: ownId.optional(),
    version: z.int().positive().optional(),
    /** What is exported; the published data where it is not said. */
    dataset: datasetKey.exactOptional(),
    format: z.enum(EXPORT_FORMATS),
    view: newViewSchema.nullable(),
    /** The decimal mark of a CSV that spreadsheets open; null for exact data. */
    spreadsheet: z.enum(DECIMAL_MARKS).nullable().default(null),
    ...PROTECTED_EXPORT,
  }),
  'export.cancel': z.strictObject({ id: ownId }),
  /** Saves text the renderer made (a view, an SVG) or base64 of a PNG where the person says. */
  'file.save': z.strictObject({
    name: z.string().min(1).max(200),
    kind: z.enum(['view', 'svg', 'png', 'csv', 'json']),
    content: z.string().max(LONGEST_FILE),
  }),
  /** Lets the person choose a view file; null where they choose none. */
  'view.open': z.strictObject({ dataset: datasetKey.exactOptional() }),
  /** Reads the text of a view file that the page has opened by itself, as a browser's does. */
  'view.read': z.strictObject({
    text: z.string().max(LONGEST_VIEW),
    dataset: datasetKey.exactOptional(),
  }),
  /** The protected mode. */
  ...PROTECTION_CALLS,
  /** Who used identity when, the last ones, and whether the log is as it was written. */
  'access.log': z.strictObject({}),
  /** Shows what the app has logged: its folder, or a copy to save. */
  'log.show': z.strictObject({}),
} as const;

export type CallName = keyof typeof CALL_SCHEMAS;

export type CallInput<Name extends CallName> = z.input<(typeof CALL_SCHEMAS)[Name]>;
export type CallRequest<Name extends CallName> = z.output<(typeof CALL_SCHEMAS)[Name]>;

export interface DatasetInfo {
  version: number;
  /** A URL, `bundled` or `folder:PATH`. */
  source: string;
  gathered_at: string;
  rows: number;
  /** Documents the source lists, in scope or not. */
  listed: number;
  games: string[] | 'all';
  /** A later gather that brought the same rows, so that nothing was published; null: none did. */
  checked: { source: string; gathered_at: string } | null;
}

export interface StartState {
  app_version: string;
  /** Null while the first launch still makes it. */
  dataset: DatasetInfo | null;
  /** What is explored, described; of no rows while there are no data. */
  described: DatasetDescriptor;
  /** What a first launch shows of it. */
  first_view: NewView;
  /** What of its columns a person has corrected. */
  columns: ColumnCorrections;
  /** What the last view asks first, so that its charts come with the page; null where that takes long. */
  first_answers: FirstAnswers | null;
  /** What is open beside it, and was before. */
  datasets: Datasets;
  settings: Settings;
  settings_revision: number;
  /** What of the files that keep settings and history could not be used. */
  troubles: Trouble[];
  refresh: RefreshState;
  schedule: ScheduleState;
  /** Pokémon whose sprite is there as `/sprites/<id>.png`. */
  sprites: number[];
}

export interface FirstAnswers extends Answers {
  /** Each answered by the answer of the same number. */
  asked: Asked[];
}

/** `dataset` names the content that was asked; `version` is 0 where it has none. */
export interface Answers {
  dataset: DatasetKey;
  version: number;
  answers: AnswerTo<Question>[];
}

/** What comes of the schedule that a person has set. */
export interface ScheduleState {
  /** When the data are refreshed next, ISO 8601; null where there is no schedule, or while it runs. */
  next: string | null;
  /** Scheduled refreshes that failed, one after the other, since the last that did not. */
  failures: number;
  /** Why the last one failed; null where it did not. */
  error: ErrorShape | null;
  /** What one refresh made up for last; null where nothing was missed since the app started. */
  missed: { runs: number; since: string } | null;
}

export type RefreshState =
  | { state: 'idle' }
  | {
      state: 'running';
      progress: Progress | null;
      started_at: string;
      /** Begun by the schedule, not by a person. */
      scheduled: boolean;
    }
  | { state: 'done'; report: RefreshReport }
  | { state: 'failed'; error: ErrorShape };

export interface Provenance {
  id: number;
  url: string | null;
  source: string | null;
  fetched_at: string | null;
  sha256: string | null;
  bytes: number | null;
  /** The landed document's text; null where it is gone. */
  raw: string | null;
}

/** Where one value of a row came from. */
export interface ValueOrigin {
  id: number;
  column: string;
  /** The version that first had it; null where the versions that could tell are not kept. */
  since: { version: number; timestamp: string } | null;
  /** Whether the row itself came with that version, so that there was no value before. */
  came: boolean;
  before: unknown;
  /** Later versions whose changes can no longer be told: one of them may have changed it too. */
  untold: number[];
  /** The version that has the row no more; null where it is there. */
  gone: { version: number; timestamp: string } | null;
  /** JSON pointers into the raw document. */
  places: string[];
}

export interface SqlResult {
  columns: Column[];
  rows: Cell[][];
  truncated: boolean;
  /** The zone that TIMESTAMPTZ are shown in; null where there are none. */
  time_zone: string | null;
  max_rows: number;
  /** Of which version of the data. */
  version: number;
  duration_ms: number;
}

/** `saved` tells where; `download` is a URL path that the browser host serves once. */
export type SavedFile =
  | { kind: 'saved'; path: string; rows: number | null }
  | { kind: 'download'; url: string; rows: number | null }
  | { kind: 'cancelled' };

/** `protection` tells what an export with `k` did to the rows. */
export type ExportedFile = SavedFile & { protection?: KReached };

export interface CallResults
  extends DatasetResults, RiskResults, ErasureResults, ProtectionResults {
  'app.start': StartState;
  'explore.ask': Answers;
  'explore.provenance': Provenance;
  'explore.origin': ValueOrigin;
  'sql.run': SqlResult;
  'sql.save': SavedFile;
  'sql.explore': OpenedDataset;
  'sql.cancel': null;
  'sql.history': string[];
  'sql.remember': string[];
  'sql.forget': string[];
  'refresh.start': null;
  'refresh.cancel': null;
  'alerts.list': Alerts;
  'alerts.add': Alerts;
  'alerts.remove': Alerts;
  'alerts.restore': Alerts;
  'alerts.switch': Alerts;
  'alerts.snooze': Alerts;
  'alerts.test': Alerts;
  'alerts.read': Alerts;
  'alerts.try': DryRunTold;
  'history.list': VersionEntry[];
  'deliveries.list': Delivery[];
  'deliveries.replay': null;
  'deliveries.resume': null;
  'folder.files': FolderFile[];
  'changes.list': ChangeEntry[];
  'changes.row': RowHistory;
  'versions.differences': ChangeEntry[];
  /** The path of a folder that the person chose; null for none. */
  'settings.choose-folder': string | null;
  'settings.save': KeptSettings;
  'export.data': ExportedFile;
  'export.cancel': null;
  'file.save': SavedFile;
  /** Of the newest format, and held against the data that are shown. */
  'view.open': NewView | null;
  'view.read': NewView;
  'access.log': AccessLog;
  'log.show': SavedFile | { kind: 'shown' };
}

export type CallAnswer<Name extends CallName> =
  { ok: true; result: CallResults[Name] } | { ok: false; error: ErrorShape };

/** What main tells the renderer unasked. */
export interface Events {
  'refresh.changed': RefreshState;
  'schedule.changed': ScheduleState;
  /** A rule was changed, or something fired or was read. */
  'alerts.changed': Alerts;
  'dataset.changed': DatasetInfo;
  'datasets.changed': Datasets;
  /** Columns of an open table, or of the published data, were corrected. */
  'columns.corrected': CorrectedColumns;
  /** How far the export of that id is; null once it has ended. */
  'export.progressed': { id: string; progress: ExportProgress | null };
  /** The engine was restarted after it died. */
  'engine.restarted': null;
  /** Sprites came or went: those whose `/sprites/<id>.png` is there now. */
  'sprites.changed': number[];
  'settings.changed': KeptSettings;
  /** The delivery log of webhooks has changed. */
  'deliveries.changed': null;
  /** The data are another folder's now, locked or unlocked: a page begins again. */
  'protection.changed': null;
  /** A file that keeps settings or history could not be used as it is. */
  'trouble.told': Trouble;
  /** A native menu item or shortcut was chosen: the id of a renderer command. */
  'command.chosen': string;
}

export type EventName = keyof Events;

/** What the preload script puts on `window`; the browser host has the same over HTTP. */
export interface PokedexBridge {
  call<Name extends CallName>(name: Name, request: CallInput<Name>): Promise<CallAnswer<Name>>;
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
  /**
   * Opens files and folders that were dropped on the page or chosen in it; the page learns no path.
   * Of several the last one is answered.
   */
  openDropped(files: readonly DroppedFile[]): Promise<CallAnswer<'datasets.open'>>;
}

/** A file, with its folders where it is one of a folder: `2026/sales.csv`. */
export interface DroppedFile {
  file: File;
  place: string;
}
