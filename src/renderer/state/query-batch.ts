import type { ChartRequest, ChartRow } from '../../preload/contract/chart-query';
import { call } from '../bridge';

/** The engine answers so many requests in one call. */
const MOST_IN_ONE = 60;

interface Waiting {
  request: ChartRequest;
  resolve(rows: ChartRow[]): void;
  reject(error: unknown): void;
}

let waiting: Waiting[] = [];

/**
 * Asks one question of the engine. Questions asked in the same turn travel as one call, so that
 * a brush that touches every card costs one round trip.
 */
export function ask(request: ChartRequest): Promise<ChartRow[]> {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0) queueMicrotask(() => void flush());
    waiting.push({ request, resolve, reject });
  });
}

async function flush(): Promise<void> {
  const batch = waiting;
  waiting = [];
  for (let at = 0; at < batch.length; at += MOST_IN_ONE) {
    await send(batch.slice(at, at + MOST_IN_ONE));
  }
}

async function send(batch: readonly Waiting[]): Promise<void> {
  try {
    const { results } = await call('explore.query', {
      requests: batch.map(({ request }) => request),
    });
    for (const [index, { resolve }] of batch.entries()) resolve(results[index] ?? []);
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
