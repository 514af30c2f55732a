import { readFile, stat } from 'node:fs/promises';
import { soundHistory, withQuery } from '../../preload/contract/sql-history';
import { isMissing, replaceFileContent } from '../base/durable-file';
import { hostError } from '../base/host-error';
import type { CallHandlers } from './dispatcher';

/** An escaped character takes six bytes at the most: what is larger is no history of ours. */
const MOST_BYTES = 4_000_000;

/** The queries a person ran, in one JSON file: every window and every port shows the same. */
export class SqlHistory {
  private queries: string[] | null = null;
  private changing: Promise<unknown> = Promise.resolve();

  constructor(private readonly path: string) {}

  /** Newest first; none where there is no file or a broken one. */
  list(): Promise<string[]> {
    return this.change((history) => history);
  }

  remember(sql: string): Promise<string[]> {
    return this.change((history) => withQuery(history, sql));
  }

  forget(): Promise<string[]> {
    return this.change(() => []);
  }

  /** One after the other, so that of two queries run at once none is lost. */
  private change(to: (history: string[]) => string[]): Promise<string[]> {
    const changed = this.changing
      .then(() => this.keep(to))
      .catch((error: unknown) => {
        throw hostError(error, 'The history of queries') ?? error;
      });
    this.changing = changed.catch(() => {});
    return changed;
  }

  private async keep(to: (history: string[]) => string[]): Promise<string[]> {
    const before = (this.queries ??= soundHistory(await readJson(this.path)));
    const queries = to(before);
    if (queries === before) return before;
    // Also where it cannot be written it holds for as long as the app runs.
    this.queries = queries;
    await replaceFileContent(this.path, `${JSON.stringify({ queries }, null, 2)}\n`);
    return queries;
  }
}

export function sqlHistoryCalls(
  history: SqlHistory,
): Pick<CallHandlers, 'sql.history' | 'sql.remember' | 'sql.forget'> {
  return {
    'sql.history': () => history.list(),
    'sql.remember': ({ sql }) => history.remember(sql),
    'sql.forget': () => history.forget(),
  };
}

async function readJson(path: string): Promise<unknown> {
  try {
    if ((await stat(path)).size > MOST_BYTES) return null;
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return null;
    throw error;
  }
}
