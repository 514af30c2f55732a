import type { ChartRequest, ChartRow } from '../../preload/contract/chart-query';
import { AppError } from '../../preload/contract/errors';
import { call } from '../bridge';
import { noteVersion } from './app-store';
import { nextTask } from './next-task';

/** The engine answers so many requests in one call. */
const MOST_IN_ONE = 60;

interface Waiting {
  request: ChartRequest;
  resolve(rows: ChartRow[]): void;
  reject(error: unknown): void;
}

let waiting: Waiting[] = [];
let underWay = false;

/**
 * Asks one question of the engine. Questions asked in the same turn travel as one call, so that
 * a brush that touches every card costs one round trip; so do those asked while a call is under
 * way, which would only queue at the engine.
 */
export function ask(request: ChartRequest): Promise<ChartRow[]> {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0 && !underWay) queueMicrotask(() => void flush());
    waiting.push({ request, resolve, reject });
  });
}

async function flush(): Promise<void> {
  underWay = true;
  while (waiting.length > 0) {
    const batch = waiting.slice(0, MOST_IN_ONE);
    waiting = waiting.slice(MOST_IN_ONE);
    await send(batch);
    // What the answers lead to is asked together too.
    await nextTask();
  }
  underWay = false;
}

/** A question that several ask is sent once. */
async function send(batch: readonly Waiting[]): Promise<void> {
  const requests = new Map(batch.map(({ request }) => [JSON.stringify(request), request]));
  try {
    const { results, version } = await call('explore.query', {
      requests: [...requests.values()],
    });
    noteVersion(version);
    const answers = new Map([...requests.keys()].map((key, index) => [key, results[index] ?? []]));
    for (const { request, resolve } of batch) resolve(answers.get(JSON.stringify(request)) ?? []);
  } catch (error) {
    if (batch.length > 1 && isOneQuestionsFault(error)) {
      // Only that card says what is wrong; the others live on.
      await Promise.all(batch.map((waiting) => send([waiting])));
    } else for (const { reject } of batch) reject(error);
  }
}

function isOneQuestionsFault(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'usage' || error.code === 'bad-view');
}
