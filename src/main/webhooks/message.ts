import { z } from 'zod';
import type { Delivery } from '../../preload/contract/deliveries';
import { shownUrl } from './endpoint';

const time = z.iso.datetime();

/** One message as its file holds it: without any secret. */
export const messageSchema = z.object({
  id: z.string(),
  /** What it was queued for, such as an alert's id. */
  rule: z.string().exactOptional(),
  url: z.string(),
  /** Which of the endpoint's secrets it was queued with. */
  secret: z.string(),
  /** What is sent, to the letter. */
  body: z.string(),
  queued: time,
  state: z.enum(['waiting', 'delivered', 'failed', 'ended']),
  /** Why it was ended before it was delivered; a clause. */
  ended: z.string().exactOptional(),
  /** Tries since it was queued or replayed, each counted before it is made. */
  tries: z.int().nonnegative(),
  /** Null where it is done. */
  next: time.nullable(),
  attempts: z.array(
    z.object({ at: time, status: z.int().nullable(), outcome: z.string().nullable() }),
  ),
});

export type Message = z.infer<typeof messageSchema>;

/** What is known of a URL that messages go to. */
export const endpointSchema = z.object({
  /** Since when it wants no messages any more (410); null where it does. */
  off: time.nullable(),
  /** Until when it is left alone after it did not answer well; null where it did. */
  resume: time.nullable(),
  /** Until when one process is believed to send to it; null where none does. */
  busy: time.nullable(),
  /** The secrets that messages were queued with, the latest last. */
  secrets: z.array(z.object({ key: z.string(), secrets: z.array(z.string()) })),
});

export type Endpoint = z.infer<typeof endpointSchema>;

export const NEW_ENDPOINT: Endpoint = { off: null, resume: null, busy: null, secrets: [] };

/** A URL, and what is known of it. */
export const bookSchema = z.object({
  /** The place of the next message in the order of all. */
  order: z.int().nonnegative(),
  endpoints: z.record(z.string(), endpointSchema),
});

export type Book = z.infer<typeof bookSchema>;

export function asDelivery(message: Message, endpoint: Endpoint): Delivery {
  const { id, url, state, queued, attempts, next } = message;
  const isOff = state === 'waiting' && endpoint.off !== null;
  return {
    id,
    url: shownUrl(url),
    state: isOff ? 'endpoint-off' : state,
    queued,
    attempts,
    next: isOff ? null : next,
    ended: message.ended ?? null,
  };
}
