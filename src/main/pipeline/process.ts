import { AppError } from '../../preload/contract/errors';
import { shortened } from '../../preload/contract/printable';
import type { Missing } from '../../preload/contract/reports';
import { COLUMN_NAMES } from '../../preload/contract/dataset';
import type { DataPaths } from '../base/data-folder';
import { type Database, quotedName, TextList } from '../base/duckdb';
import { incompleteGather, lostDocuments } from './incomplete-gather';
import { readGatherRun } from './gather-run';
import { readManifest } from './landing-manifest';
import { shapeDocuments, type Shaped } from './shape-documents';

/** An address may be of any length. */
const LONGEST_SOURCE = 80;

export interface ScopedRows extends Shaped {
  /** Where the documents came from; null where another program filled landing. */
  source: string | null;
  gathered_at: string | null;
  listed: number;
  in_scope: number;
  /** The games asked for that no document names. */
  unmatched_games: string[];
  /** Documents that the gather left out, or took an earlier copy of, because a person chose so. */
  missing: Missing[];
}

/**
 * Makes table `next_rows` (the dataset's columns, sorted by id) from landing: the documents
 * whose game_indices name at least one of `games`.
 *
 * Throws `gather-incomplete` while documents are missing, `no-such-game` where none matches.
 */
export async function scopeLanding(
  database: Database,
  paths: DataPaths,
  games: readonly string[] | 'all',
): Promise<ScopedRows> {
  const run = await readGatherRun(paths.run);
  if (run !== null && !run.complete) {
    const { missing: failed, listed } = run;
    if (failed.length > 0) {
      const report = { failed, listed: listed ?? 0, refusal: null, can_do_without: true };
      throw incompleteGather(report);
    }
    throw new AppError(
      'gather-incomplete',
      `The last gather from ${shortened(run.source, LONGEST_SOURCE)} was cut short.`,
      {
        hint: 'Run gather again from there: what landed stays, only the rest is fetched. A folder is published without the rest by gather or refresh with --allow-missing. Nothing was published.',
      },
    );
  }
  const shaped = await shapeDocuments(database, paths);
  if (run !== null && shaped.documents !== run.listed) await refuseLost(database, paths);
  const columns = COLUMN_NAMES.map(quotedName).join(', ');
  await database.run(
    `CREATE TEMP TABLE next_rows AS
     SELECT ${columns} FROM shaped
     WHERE $all OR list_has_any(games, $games)
     ORDER BY id`,
    { all: games === 'all', games: new TextList(games === 'all' ? [] : games) },
  );
  const { n } = await database.row<{ n: number }>('SELECT count(*)::INTEGER AS n FROM next_rows');
  if (n === 0) throw await noSuchGame(database, games);
  return {
    ...shaped,
    source: run?.source ?? null,
    gathered_at: run?.gathered_at ?? null,
    listed: run?.listed ?? shaped.documents,
    in_scope: n,
    unmatched_games: await unmatchedGames(database, games),
    missing: run?.allowed ?? [],
  };
}

/** A document that a gather landed and that is no longer there has not left the list. */
async function refuseLost(database: Database, paths: DataPaths): Promise<void> {
  const manifest = await readManifest(paths.manifest);
  const there = new Set(
    (await database.rows<{ id: number }>('SELECT id FROM shaped')).map((row) => row.id),
  );
  const lost = [...manifest.values()].filter((entry) => !there.has(entry.id));
  if (lost.length > 0) throw lostDocuments(lost, manifest.size);
}

async function unmatchedGames(
  database: Database,
  games: readonly string[] | 'all',
): Promise<string[]> {
  if (games === 'all') return [];
  const unmatched = await database.rows<{ game: string }>(
    `SELECT DISTINCT unnest($games) AS game EXCEPT SELECT unnest(games) FROM shaped ORDER BY game`,
    { games: new TextList(games) },
  );
  return unmatched.map((row) => row.game);
}

async function noSuchGame(database: Database, games: readonly string[] | 'all') {
  const known = await database.rows<{ game: string }>(
    'SELECT DISTINCT unnest(games) AS game FROM shaped ORDER BY game',
  );
  return new AppError(
    'no-such-game',
    `No Pokémon is in the games ${games === 'all' ? 'all' : games.join(', ')}.`,
    {
      hint:
        known.length === 0
          ? 'The documents name no games at all; use --games all.'
          : `The documents name: ${known.map((row) => row.game).join(', ')}.`,
    },
  );
}
