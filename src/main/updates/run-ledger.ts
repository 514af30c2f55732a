import { randomUUID } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { isMissing, replaceFileContent, whereFlushable } from '../base/durable-file';
import { readText } from '../base/read-text';
import type { Past } from './next-run';

/**
 * How a run of a schedule ended; `incomplete` where documents did not arrive and nothing was published,
 * `skipped` by a person, `cancelled` with the program, so that it is still due.
 */
const OUTCOMES = [
  'published',
  'unchanged',
  'incomplete',
  'failed',
  'skipped',
  'cancelled',
] as const;

const startSchema = z.object({ run: z.string(), started: z.iso.datetime(), missed: z.int() });
const endSchema = z.object({
  run: z.string(),
  ended: z.iso.datetime(),
  outcome: z.enum(OUTCOMES),
  /** The version that was published; null for none. */
  version: z.int().nullable(),
  /** What went wrong; null where nothing did. */
  error: z.string().nullable(),
});
const lineSchema = z.union([endSchema, startSchema]);

export type RunEnd = Omit<z.infer<typeof endSchema>, 'run' | 'ended'>;
type Line = z.infer<typeof lineSchema>;

/** Lines beyond these are forgotten, the oldest first. */
const MOST_LINES = 2_000;

/**
 * The runs of a schedule on disk: a line where one begins and one where it ends, so that a program
 * that is killed in every run still waits longer after each.
 */
export class RunLedger {
  constructor(private readonly path: string) {}

  /** As of the last line that can be read; a torn one (power cut) is passed over. */
  async past(): Promise<Past> {
    const ends = new Map<string, { at: number; isFailure: boolean }>();
    for (const line of await this.lines()) {
      if ('outcome' in line) {
        if (line.outcome === 'cancelled') ends.delete(line.run);
        else {
          const isFailure = line.outcome === 'failed' || line.outcome === 'incomplete';
          ends.set(line.run, { at: Date.parse(line.ended), isFailure });
        }
        continue;
      }
      // Until its end is told, it counts as one that was killed.
      ends.set(line.run, { at: Date.parse(line.started), isFailure: true });
    }
    const all = [...ends.values()];
    const lastGood = all.findLastIndex(({ isFailure }) => !isFailure);
    return { ended: all.at(-1)?.at ?? null, failures: all.length - 1 - lastGood };
  }

  /** Notes that a run begins; returns what notes its end. */
  async begin(
    started: number,
    missed: number,
  ): Promise<(ended: number, how: RunEnd) => Promise<void>> {
    await this.shorten();
    const run = randomUUID();
    await this.append({ run, started: new Date(started).toISOString(), missed });
    return (ended, how) => this.append({ run, ended: new Date(ended).toISOString(), ...how });
  }

  private async lines(): Promise<Line[]> {
    let text: string;
    try {
      text = await readText(this.path);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
    return text.split('\n').flatMap((line) => readLine(line) ?? []);
  }

  private async append(line: Line): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    const file = await open(this.path, 'a+');
    try {
      const { size } = await file.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await file.read(last, 0, 1, size - 1);
      // A line that was torn off stays alone.
      const start = size > 0 && last.toString() !== '\n' ? '\n' : '';
      await file.write(`${start}${JSON.stringify(line)}\n`);
      await whereFlushable(() => file.sync());
    } finally {
      await file.close();
    }
  }

  private async shorten(): Promise<void> {
    const lines = await this.lines();
    if (lines.length <= MOST_LINES) return;
    const kept = lines.slice(-MOST_LINES / 2).map((line) => `${JSON.stringify(line)}\n`);
    await replaceFileContent(this.path, kept.join(''));
  }
}

function readLine(text: string): Line | null {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
