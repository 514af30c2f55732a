import { create } from 'zustand';
import type { Alerts } from '../../preload/contract/alerts';
import type { AppError } from '../../preload/contract/errors';
import { call } from '../bridge';

/** The alerts as main told them last; null before it has. */
export const useAlerts = create<{ alerts: Alerts | null; error: AppError | null }>(() => ({
  alerts: null,
  error: null,
}));

export function takeAlerts(alerts: Alerts): void {
  useAlerts.setState({ alerts, error: null });
}

/** Asks how they are; where no answer comes, the screen says so. */
export async function askAlerts(): Promise<void> {
  try {
    takeAlerts(await call('alerts.list', {}));
  } catch (error) {
    useAlerts.setState({ error: error as AppError });
  }
}
