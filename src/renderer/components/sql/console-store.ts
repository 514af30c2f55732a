import { create } from 'zustand';
import type { CallInput, SqlResult } from '../../../preload/contract/calls';
import { AppError } from '../../../preload/contract/errors';
import { LONGEST_QUERY } from '../../../preload/contract/sql-history';
import { formatNumber } from '../../charts/format';
import { call, on } from '../../bridge';
import { sayFailed, toAppError } from '../help/notices';
import { EXAMPLES } from './examples';

interface ConsoleState {
  text: string;
  /** When the running query began, epoch milliseconds; null while none runs. */
  runningSince: number | null;
  /** The last answer; stays in sight while the next query runs. */
  result: SqlResult | null;
  error: AppError | null;
  /** The engine was restarted since the last query began. */
  restarted: boolean;
  history: readonly string[];
}

/** The SQL console as it was left, whatever screen has been shown in between. */
export const useConsole = create<ConsoleState>(() => ({
  text: EXAMPLES[0].sql,
  runningSince: null,
  result: null,
  error: null,
  restarted: false,
  history: [],
}));

/** What was run before, on any page of this app. */
void follow('sql.history', {});

on('engine.restarted', () => useConsole.setState({ restarted: true }));

/** Runs the text as it stands; one query at a time. */
export async function runQuery(): Promise<void> {
  const { text, runningSince } = useConsole.getState();
  if (runningSince !== null || text.trim() === '') return;
  if (text.length > LONGEST_QUERY)
    return useConsole.setState({ error: tooLong(text), result: null });
  useConsole.setState({ runningSince: Date.now(), error: null, restarted: false });
  try {
    void follow('sql.remember', { sql: text });
    useConsole.setState({ result: await call('sql.run', { sql: text }) });
  } catch (error) {
    useConsole.setState({ error: queryError(toAppError(error)), result: null });
  } finally {
    useConsole.setState({ runningSince: null });
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
  try {
    await call('sql.cancel', {});
  } catch (error) {
    sayFailed(error);
  }
}

export function setText(text: string): void {
  useConsole.setState({ text });
}

export function clearHistory(): void {
  void follow('sql.forget', {});
}

type HistoryCall = 'sql.history' | 'sql.remember' | 'sql.forget';

/** Shows the history as main has it after the call. */
async function follow<Name extends HistoryCall>(name: Name, request: CallInput<Name>) {
  try {
    const history: string[] = await call(name, request);
    useConsole.setState({ history });
  } catch (error) {
    const known = toAppError(error);
    // A text no query may be is told by the query itself, an app that is gone by its banner.
    if (known.code !== 'usage' && known.code !== 'engine-died') sayFailed(known);
  }
}
