import { dataPaths } from '../../base/data-folder';
import { namesIn } from '../../base/durable-file';
import { LogFile } from '../../base/log-file';

const running = new Set<Promise<void>>();

/**
 * Holds a folder's alerts against what was published, beside everything else: whoever published it
 * waits for nothing, and what goes wrong is logged and made up for by the next evaluation.
 */
export function evaluateSoon(data: string): void {
  const evaluation = evaluateFolder(data)
    .catch((error: unknown) => new LogFile(dataPaths(data).log).failed('alerts', error))
    .finally(() => running.delete(evaluation));
  running.add(evaluation);
}

/** Resolves once every evaluation that was begun here has ended. */
export async function alertsSettled(): Promise<void> {
  await Promise.all(running);
}

async function evaluateFolder(data: string): Promise<void> {
  if ((await namesIn(dataPaths(data).alertRules)).length === 0) return;
  // Most folders have no alerts, and a command that only gathers needs no engine's code.
  const { alertsOf } = await import('./alerts');
  await alertsOf(data).evaluate();
}
