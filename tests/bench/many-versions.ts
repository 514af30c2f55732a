import { dataPaths } from '../../src/main/base/data-folder';
import { Database, quotedText } from '../../src/main/base/duckdb';
import { commitVersion } from '../../src/main/warehouse/commit-version';
import { readHistory } from '../../src/main/warehouse/read-history';
import { DEFAULT_PROCESS } from '../../src/main/workers/process-options';
import { processInto } from '../helpers/land-documents';
import { runCli } from '../helpers/run-cli';

/** Rows that each of the versions changes. */
const CHANGED = 10;

/**
 * Makes a data folder of so many versions: the first is the bundled snapshot, each of the others
 * changes the weight of a few rows through the app's own commits, and the last one is again what
 * landing says. A folder that has versions already gets the rest.
 */
export async function makeVersions(data: string, versions: number): Promise<void> {
  const paths = dataPaths(data);
  const { code, stderr } = await runCli(['refresh', '--source', 'bundled', '--data', data]);
  if (code !== 0) throw new Error(stderr);
  const [newest] = await readHistory(paths);
  const database = await Database.open({ memoryLimit: '512MB', threads: 1 });
  try {
    await database.run(
      `CREATE TEMP TABLE next_rows AS FROM read_parquet(${quotedText(paths.parquet)})`,
    );
    const { rows } = await database.row<{ rows: number }>(
      'SELECT count(*)::INTEGER AS rows FROM next_rows',
    );
    for (let version = (newest?.version ?? 0) + 1; version < versions; version += 1) {
      await database.run(
        `UPDATE next_rows SET weight = weight + 1
         WHERE id % (SELECT count(*) // ${CHANGED} FROM next_rows) = $rest`,
        { rest: version % Math.floor(rows / CHANGED) },
      );
      await commitVersion(database, paths, {
        source: 'made for measuring',
        folder: null,
        gathered_at: new Date().toISOString(),
        games: DEFAULT_PROCESS.games,
        listed: rows,
        rows,
        missing: [],
        keepVersions: DEFAULT_PROCESS.keepVersions,
      });
    }
  } finally {
    database.close();
  }
  await processInto(data);
}

if (process.argv[1] === import.meta.filename) {
  const [data, versions] = process.argv.slice(2);
  await makeVersions(data ?? '', Number(versions));
}
