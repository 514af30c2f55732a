/**
 * `endpoint-off`: kept, but not sent until a person switches the endpoint on again. `ended`:
 * not sent any more, because of what it was queued for.
 */
export const DELIVERY_STATES = ['waiting', 'delivered', 'failed', 'endpoint-off', 'ended'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface DeliveryAttempt {
  at: string;
  /** The HTTP status; null where no answer came. */
  status: number | null;
  /** One clause without a full stop: `answered 503`. Null while it is under way. */
  outcome: string | null;
}

/** One message as the delivery log tells it: never with a secret, a body, or a URL's query. */
export interface Delivery {
  id: string;
  /** Without its query, which may hold a token. */
  url: string;
  state: DeliveryState;
  queued: string;
  attempts: DeliveryAttempt[];
  /** When it is tried next; null where it is not. */
  next: string | null;
  /** Why it was ended, as a clause: `its alert was removed`; null where it was not. */
  ended: string | null;
}
