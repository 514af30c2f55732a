import { availableParallelism } from 'node:os';
import { cancelled } from '../../preload/contract/errors';
import type { ProcessProgress, ProcessReport } from '../../preload/contract/reports';
import { dataPaths } from '../base/data-folder';
import { Database } from '../base/duckdb';
import { hostError } from '../base/host-error';
import { landDecided, openBatches } from '../folder/folder-batch';
import { settleBatches, unpublished } from '../folder/settle-batches';
import type { JobContext } from '../pipeline/gather';
import { scopeLanding } from '../pipeline/process';
import { commitVersion } from '../warehouse/commit-version';
import { committedBatches } from '../warehouse/committed-batches';
import { finishPendingCommit } from '../warehouse/pending-commit';
import type { ProcessOptions } from './process-options';

/** They share the memory limit, and each takes its part of it. */
const MOST_THREADS = 8;

/**
 * Landing → tables → pokemon.parquet, as one version or none. Rejects with AppError; the
 * previous version then stands.
 */
export async function processLanding(
  options: ProcessOptions,
  { report, signal }: JobContext<ProcessProgress>,
  background = false,
): Promise<ProcessReport> {
  const started = performance.now();
  const paths = dataPaths(options.data);
  // DuckDB's own threads keep their priority, so it gets only one.
  const threads = background ? 1 : Math.min(availableParallelism(), MOST_THREADS);
  const database = await Database.open({ memoryLimit: '512MB', signal, threads });
  try {
    report({ phase: 'process', step: 'read' });
    await landDecided(paths);
    const scoped = await scopeLanding(database, paths, options.games);
    if (signal.aborted) throw cancelled();
    report({ phase: 'process', step: 'commit' });
    // A commit that a killed writer had decided may be the one that has the batches.
    const hasBatches = (await openBatches(paths)).length > 0;
    if (hasBatches) {
      await finishPendingCommit(paths);
      await settleBatches(paths, await committedBatches(paths), false);
    }
    const { erased, ...committed } = await commitVersion(database, paths, {
      folder: await unpublished(paths),
      source: scoped.source,
      gathered_at: scoped.gathered_at,
      games: options.games,
      listed: scoped.listed,
      rows: scoped.in_scope,
      missing: scoped.missing,
      keepVersions: options.keepVersions,
    });
    if (hasBatches) await settleBatches(paths, await committedBatches(paths), true);
    return {
      games: options.games === 'all' ? 'all' : [...options.games],
      unmatched_games: scoped.unmatched_games,
      documents: scoped.documents,
      documents_read: scoped.documentsRead,
      in_scope: scoped.in_scope + erased,
      missing: scoped.missing,
      ...committed,
      duration_ms: Math.round(performance.now() - started),
    };
  } catch (error) {
    throw hostError(error, `The data folder ${options.data}`) ?? error;
  } finally {
    database.close();
  }
}
