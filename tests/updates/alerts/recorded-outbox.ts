import type { NewMessage } from '../../../src/main/webhooks/outbox';

interface Sent {
  version: number;
  summary: string;
  rows: { id: number; name: string }[];
  changes: { id: number; change: string; column: string | null }[];
  changes_total: number;
}

interface Body {
  type: string;
  data: unknown;
}

/** What was handed over, once for each id as the contract of an outbox says. */
export class RecordedOutbox {
  readonly messages = new Map<string, Body>();
  /** How often it was handed over, also again under the same id. */
  handed = 0;

  async enqueue({ id, body }: NewMessage): Promise<void> {
    this.handed += 1;
    if (!this.messages.has(id)) this.messages.set(id, body as Body);
  }

  /** Rules whose messages were ended, with the reason. */
  readonly ended: string[] = [];
  /** Messages that were taken up again. */
  readonly revived: string[] = [];

  async waitingByRule(): Promise<Map<string, number>> {
    return new Map();
  }

  async endOf(rule: string, reason: string): Promise<string[]> {
    this.ended.push(`${rule}: ${reason}`);
    return [];
  }

  async revive(ids: readonly string[]): Promise<void> {
    this.revived.push(...ids);
  }

  get bodies(): Body[] {
    return [...this.messages.values()];
  }

  get sent(): Sent[] {
    return this.bodies.map(({ data }) => data as Sent);
  }
}
