import { create } from 'zustand';
import type { SqlResult } from '../../../preload/contract/calls';
import type { AppError } from '../../../preload/contract/errors';
import { call, on } from '../../bridge';
import { sayFailed, toAppError } from '../help/notices';
import { EXAMPLES } from './examples';
import { readHistory, withQuery, writeHistory } from './query-history';

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
  history: readHistory(window.localStorage),
}));

on('engine.restarted', () => useConsole.setState({ restarted: true }));

/** Runs the text as it stands; one query at a time. */
export async function runQuery(): Promise<void> {
  const { text, runningSince, history } = useConsole.getState();
  if (runningSince !== null || text.trim() === '') return;
  const kept = withQuery(history, text);
  writeHistory(window.localStorage, kept);
  useConsole.setState({
    runningSince: Date.now(),
    error: null,
    restarted: false,
    history: kept,
  });
  try {
    useConsole.setState({ result: await call('sql.run', { sql: text }) });
  } catch (error) {
    useConsole.setState({ error: toAppError(error), result: null });
  } finally {
    useConsole.setState({ runningSince: null });
  }
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
  writeHistory(window.localStorage, []);
  useConsole.setState({ history: [] });
}
