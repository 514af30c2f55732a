import type { Outbox } from '../webhooks/outbox';
import type { CallHandlers } from './dispatcher';

type Calls = 'deliveries.list' | 'deliveries.replay' | 'deliveries.resume';

/** What was sent to webhooks, and what waits to be; what is changed here is looked at at once. */
export function deliveryCalls(outbox: Outbox): Pick<CallHandlers, Calls> {
  return {
    'deliveries.list': () => outbox.list(),
    'deliveries.replay': async ({ id }) => {
      await outbox.replay(id);
      return null;
    },
    'deliveries.resume': async ({ id }) => {
      await outbox.switchOn(id);
      return null;
    },
  };
}
