import type { AlertChannel } from '../../../preload/contract/alerts';

export type WebhookChannel = Extract<AlertChannel, { kind: 'webhook' }>;

/** Takes messages over to be delivered. */
export interface Outbox {
  /** Resolves once it is on the disk. What was taken over under an id before is not taken again. */
  enqueue(message: {
    id: string;
    channel: WebhookChannel;
    body: Readonly<Record<string, unknown>>;
  }): Promise<void>;
}
