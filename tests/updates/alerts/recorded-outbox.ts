import type { Outbox } from '../../../src/main/updates/alerts/outbox';

interface Sent {
  version: number;
  summary: string;
  rows: { id: number; name: string }[];
  changes: { id: number; change: string; column: string | null }[];
  changes_total: number;
}

/** What was handed over, once for each id as the contract of an outbox says. */
export class RecordedOutbox implements Outbox {
  readonly messages = new Map<string, Readonly<Record<string, unknown>>>();
  /** How often it was handed over, also again under the same id. */
  handed = 0;

  async enqueue({ id, body }: Parameters<Outbox['enqueue']>[0]): Promise<void> {
    this.handed += 1;
    if (!this.messages.has(id)) this.messages.set(id, body);
  }

  get bodies(): Readonly<Record<string, unknown>>[] {
    return [...this.messages.values()];
  }

  get sent(): Sent[] {
    return this.bodies.map(({ data }) => data as Sent);
  }
}
