import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Provenance } from '../../preload/contract/calls';
import type { DatasetDescriptor, DatasetKey } from '../../preload/contract/descriptor';
import type { Asked } from '../../preload/contract/questions';
import { AppError } from '../../preload/contract/errors';
import type { DataPaths } from '../base/data-folder';
import { isMissing } from '../base/durable-file';
import { AskedTable } from '../engine/ask-table';
import type { EngineClient } from '../engine/engine-client';
import { readManifest } from '../pipeline/landing-manifest';
import { readSnapshotInfo } from '../pipeline/snapshot-source';
import type { CallHandlers } from './dispatcher';
import type { Dataset } from './dataset';
import type { OpenedTable } from './opened-table';
import type { OpenedTables } from './opened-tables';
import type { Sides } from './own-table';
import type { PublishedColumns } from './published-columns';
import { valueOrigin } from './value-origin';

/** Far beyond what all cards together take; only a sick engine needs it. */
const TIME_LIMIT_MS = 20_000;

/** What the cards, the table and the detail ask. */
export function exploreCalls(
  dataset: Dataset,
  opened: OpenedTables,
  published: PublishedColumns,
  paths: DataPaths,
  snapshot: string,
): Pick<CallHandlers, 'explore.ask' | 'explore.provenance' | 'explore.origin'> {
  /** Asked once more of the fresh engine where one died; the cards just take a moment longer. */
  const answered = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'engine-died') throw error;
      return ask();
    }
  };
  return {
    'explore.ask': ({ asked, dataset: key }) =>
      answered(() =>
        key === undefined || isPublishedKey(key)
          ? answerAsked(dataset, published, asked)
          : answerOpened(opened.get(key), asked),
      ),
    'explore.provenance': ({ id }) => provenance(paths, snapshot, id),
    'explore.origin': ({ id, column, version }) => valueOrigin(paths, id, column, version),
  };
}

/** One for each engine that has loaded a version: what no filter changes is asked of it once. */
const tables = new WeakMap<EngineClient, AskedTable>();

export function answerAsked(
  dataset: Dataset,
  published: PublishedColumns,
  asked: readonly Asked[],
) {
  return dataset.askCharts(async (client, info) => {
    const table = askedTableOf(client, published.described(info));
    return { dataset: table.dataset.key, version: info.version, answers: await table.ask(asked) };
  });
}

/** The published data as an engine has loaded them. */
export function askedTableOf(client: EngineClient, described: DatasetDescriptor): AskedTable {
  const known = tables.get(client);
  const table =
    known?.dataset === described
      ? known
      : new AskedTable(described, (statements) => client.batch(statements, TIME_LIMIT_MS));
  tables.set(client, table);
  return table;
}

function answerOpened(opened: OpenedTable, asked: readonly Asked[]) {
  return opened.use(async (table) => ({
    dataset: opened.key,
    version: 0,
    answers: await (opened.sides === undefined
      ? table.ask(asked)
      : askSides(table, opened.sides, asked)),
  }));
}

/** Of one version or the other, as each question says. */
async function askSides(table: AskedTable, sides: Sides, asked: readonly Asked[]) {
  const ofSide = asked.map(({ question, filters, side }) => ({
    question,
    filters: [...filters, sides.filter(side ?? 'now')],
  }));
  const answers = await table.ask(ofSide);
  return answers.map((answer, at) => {
    const side = asked[at]?.side ?? 'now';
    // Of a summary: the whole of that version, not of both.
    return answer !== null && 'total' in answer ? { ...answer, total: sides.rows[side] } : answer;
  });
}

/** Whether the published data are meant, of whatever version: the newest one answers. */
export function isPublishedKey(key: DatasetKey): boolean {
  return key.startsWith('published@');
}

async function provenance(paths: DataPaths, snapshot: string, id: number): Promise<Provenance> {
  const entry = (await readManifest(paths.manifest)).get(id);
  const bundled = entry?.source === 'bundled' ? await bundledOrigin(snapshot, id) : null;
  return {
    id,
    url: bundled?.url ?? entry?.url ?? null,
    source: entry?.source ?? null,
    fetched_at: bundled?.fetched_at ?? entry?.fetched_at ?? null,
    sha256: entry?.sha256 ?? null,
    bytes: entry?.bytes ?? null,
    raw: await landedText(join(paths.documents, `${id}.json`)),
  };
}

/** Where the snapshot's facts about a Pokémon were fetched; unpacking it is not a fetch. */
async function bundledOrigin(snapshot: string, id: number) {
  const { origin, date } = await readSnapshotInfo(snapshot);
  return {
    url: `${origin.replace(/\/$/, '')}/pokemon/${id}/`,
    fetched_at: `${date}T00:00:00.000Z`,
  };
}

async function landedText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
