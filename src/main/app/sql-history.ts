import type { Trouble } from '../../preload/contract/settings';
import { notQueries, soundHistory, withQuery } from '../../preload/contract/sql-history';
import { EditedFile, type JsonObject } from '../base/edited-file';
import { hostError } from '../base/host-error';
import type { CallHandlers } from './dispatcher';

type Change = (history: string[]) => string[];

/** The queries a person ran, in one JSON file: every window and every process shows the same. */
export class SqlHistory {
  private readonly file: EditedFile;
  /** What could not be written holds for as long as the app runs. */
  private unwritten: Change[] = [];
  private changing: Promise<unknown> = Promise.resolve();

  constructor(path: string, tell: (trouble: Trouble) => void) {
    this.file = new EditedFile(path, tell);
  }

  /** Newest first; none where there is no file or a broken one. */
  list(): Promise<string[]> {
    return this.inTurn(async () => this.applied(await this.file.read()));
  }

  remember(sql: string): Promise<string[]> {
    return this.change((history) => withQuery(history, sql));
  }

  /** All of it, also what only a newer version can read. */
  forget(): Promise<string[]> {
    return this.change(() => []);
  }

  private change(to: Change): Promise<string[]> {
    return this.inTurn(async () => {
      this.unwritten.push(to);
      const written = await this.file.change((json) => {
        const queries = this.applied(json);
        return { ...json, queries: queries.length === 0 ? [] : [...queries, ...notQueries(json)] };
      });
      this.unwritten = [];
      return soundHistory(written);
    });
  }

  private applied(json: JsonObject | null): string[] {
    return this.unwritten.reduce((history, to) => to(history), soundHistory(json));
  }

  /** One after the other, so that of two queries run at once none is lost. */
  private inTurn(work: () => Promise<string[]>): Promise<string[]> {
    const done = this.changing.then(work).catch((error: unknown) => {
      throw hostError(error, 'The history of queries') ?? error;
    });
    this.changing = done.catch(() => {});
    return done;
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
