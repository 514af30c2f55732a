import type { DeliveryLoop } from '../webhooks/delivery-loop';
import type { Outbox } from '../webhooks/outbox';
import type { CallHandlers } from './dispatcher';

type Calls = 'deliveries.list' | 'deliveries.replay' | 'deliveries.resume';

/** What was sent to webhooks, and what waits to be. */
export function deliveryCalls(outbox: Outbox, loop: DeliveryLoop): Pick<CallHandlers, Calls> {
  return {
    'deliveries.list': () => outbox.list(),
    'deliveries.replay': async ({ id }) => {
      await outbox.replay(id);
      loop.look();
      return null;
    },
    'deliveries.resume': async ({ id }) => {
      await outbox.switchOn(id);
      loop.look();
      return null;
    },
  };
}
