import { create } from 'zustand';
import type { AppError } from '../../preload/contract/errors';

interface Connection {
  /** Why the cards' questions are not answered; null while they are. */
  lost: AppError | null;
  /** How often answers came again: what failed meanwhile is asked again. */
  recovered: number;
  /** The app behind this page is another version, or shows other data: the page is to be reloaded. */
  outdated: boolean;
}

/** Whether the app and its engine answer the page. */
export const useConnection = create<Connection>(() => ({
  lost: null,
  recovered: 0,
  outdated: false,
}));

/** Takes note of how a call for the cards ended; null where it was answered. */
export function noteAnswer(error: AppError | null): void {
  if (isPageWide(error)) return useConnection.setState({ lost: error });
  const { lost, recovered } = useConnection.getState();
  if (lost !== null) useConnection.setState({ lost: null, recovered: recovered + 1 });
}

/** An error that every card has at once: said once, above them. */
export function isPageWide(error: AppError | null): error is AppError {
  return error?.code === 'engine-died';
}
