import { z } from 'zod';
import { create } from 'zustand';
import type { CallInput, SqlResult } from '../../../preload/contract/calls';
import { AppError, type TextPlace } from '../../../preload/contract/errors';
import { LONGEST_QUERY } from '../../../preload/contract/sql-history';
import { formatNumber } from '../../words/numbers';
import { call, on } from '../../bridge';
import { ownId } from '../../own-id';
import { keepPart, keptPart } from '../../session/session-parts';
import { sayFailed, sayUndoable, toAppError } from '../help/notices';
import { EXAMPLES } from './examples';

interface ConsoleState {
  text: string;
  /** When the running query began, epoch milliseconds; null while none runs. */
  runningSince: number | null;
  runningId: string | null;
  /** The last answer; stays in sight while the next query runs. */
  result: SqlResult | null;
  /** The query that it answers, whatever has been written since. */
  resultSql: string;
  error: AppError | null;
  /** Where the text is wrong, as the last run found; null once it is edited. */
  wrongAt: TextPlace | null;
  /** The engine was restarted since the last query began. */
  restarted: boolean;
  history: readonly string[];
  /** How results are looked at; a run does not change it. */
  shown: 'table' | 'chart';
}

/** The SQL console as it was left, whatever screen has been shown in between. */
export const useConsole = create<ConsoleState>(() => ({
  text: keptPart('sql', z.string().max(LONGEST_QUERY)) ?? EXAMPLES[0].sql,
  runningSince: null,
  runningId: null,
  result: null,
  resultSql: '',
  error: null,
  wrongAt: null,
  restarted: false,
  history: [],
  shown: 'table',
}));

useConsole.subscribe(({ text }, before) => {
  if (text !== before.text) keepPart('sql', text);
});

/** What was run before, on any page of this app. */
void follow('sql.history', {});

on('engine.restarted', () => useConsole.setState({ restarted: true }));

/** Runs the text as it stands; one query at a time. */
export async function runQuery(): Promise<void> {
  const { text, runningSince } = useConsole.getState();
  if (runningSince !== null || text.trim() === '') return;
  if (text.length > LONGEST_QUERY)
    return useConsole.setState({ error: tooLong(text), result: null });
  const id = ownId();
  useConsole.setState({
    runningSince: Date.now(),
    runningId: id,
    error: null,
    wrongAt: null,
    restarted: false,
  });
  try {
    void follow('sql.remember', { sql: text });
    useConsole.setState({ result: await call('sql.run', { sql: text, id }), resultSql: text });
  } catch (error) {
    const known = queryError(toAppError(error));
    const isEdited = useConsole.getState().text !== text;
    const wrongAt = isEdited ? null : (known.at ?? null);
    useConsole.setState({ error: known, wrongAt, result: null });
  } finally {
    useConsole.setState({ runningSince: null, runningId: null });
  }
}

/** Does something with the whole result, for which its query runs again and can be cancelled. */
export async function withResult(
  work: (asked: { sql: string; version: number; id: string }) => Promise<void>,
): Promise<void> {
  const { result, resultSql, runningSince } = useConsole.getState();
  if (result === null || runningSince !== null) return;
  const id = ownId();
  useConsole.setState({ runningSince: Date.now(), runningId: id });
  try {
    await work({ sql: resultSql, version: result.version, id });
  } catch (error) {
    sayFailed(queryError(toAppError(error)));
  } finally {
    useConsole.setState({ runningSince: null, runningId: null });
  }
}

function tooLong(text: string): AppError {
  const [most, given] = [LONGEST_QUERY, text.length].map((n) => formatNumber(n));
  return new AppError('query-refused', `The query has ${given} characters; at most ${most} run.`, {
    hint: 'Shorten it, for instance with ranges instead of lists.',
  });
}

/** What a refresh would say of being cancelled is not so of a query: nothing of it stays. */
function queryError(error: AppError): AppError {
  if (error.code !== 'cancelled') return error;
  return new AppError('cancelled', 'Cancelled.', {
    hint: 'Run it again, or narrow it down first, for instance with LIMIT.',
  });
}

export async function cancelQuery(): Promise<void> {
  const id = useConsole.getState().runningId;
  if (id === null) return;
  try {
    await call('sql.cancel', { id });
  } catch (error) {
    sayFailed(error);
  }
}

export function setText(text: string): void {
  useConsole.setState({ text, wrongAt: null });
}

/** Puts another query in place of the text; one that was written and never run is not lost by it. */
export function replaceText(sql: string): void {
  const { text, history } = useConsole.getState();
  const kept = text.trim();
  const isElsewhere =
    kept === '' || history.includes(kept) || EXAMPLES.some((example) => example.sql === text);
  setText(sql);
  if (!isElsewhere && kept !== sql) sayUndoable('Replaced the query', () => setText(text));
}

export async function clearHistory(): Promise<void> {
  const { history } = useConsole.getState();
  if (!(await follow('sql.forget', {})) || history.length === 0) return;
  sayUndoable('Forgot the history', () => void remember(history));
}

/** The oldest first, as they were run; what was run meanwhile stays the newest. */
async function remember(queries: readonly string[]): Promise<void> {
  const since = useConsole.getState().history;
  for (const sql of [...since, ...queries].reverse()) {
    if (!(await follow('sql.remember', { sql }))) return;
  }
}

type HistoryCall = 'sql.history' | 'sql.remember' | 'sql.forget';

/** Shows the history as main has it after the call; whether it answered. */
async function follow<Name extends HistoryCall>(
  name: Name,
  request: CallInput<Name>,
): Promise<boolean> {
  try {
    const history: string[] = await call(name, request);
    useConsole.setState({ history });
    return true;
  } catch (error) {
    const known = toAppError(error);
    // A text no query may be is told by the query itself, an app that is gone by its banner.
    if (known.code !== 'usage' && known.code !== 'engine-died') sayFailed(known);
    return false;
  }
}
