import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, literalPath, TextList } from '../base/duckdb';
import { DOCUMENT_FIELDS, documentProblem } from './document-schema';
import { FetchProblem } from './fetch-problem';
import { scanJson } from './scan-json';

/** Deepest nesting accepted; PokéAPI's own documents nest 6 deep. */
const MAX_DEPTH = 64;
/** Documents a statement: few enough to stay prompt, enough to spread a statement's own cost. */
const MOST = 64;
const ENOUGH = 24;
/** How long a statement waits for more documents. */
const PATIENCE_MS = 15;

const PATHS = DOCUMENT_FIELDS.map((field) => `$.${field}`);

/** What DuckDB took out of one file. */
interface Extract {
  filename: string;
  /** The fields' values as JSON texts, empty where the document has none; null if not JSON. */
  parts: string | null;
}

interface Waiting {
  path: string;
  resolve(found: Extract | null): void;
  reject(error: unknown): void;
}

/**
 * Checks documents that were written to disk. DuckDB's JSON parser takes the needed fields out
 * of a batch of files on its own threads (JSON.parse of every document costs the gather worker
 * several times as much); the small rest goes through the schema.
 */
export class DocumentValidator {
  private waiting: Waiting[] = [];
  private running = false;

  constructor(private readonly database: Database) {}

  /**
   * Resolves when the file at `path`, whose content is `bytes`, is the document asked for.
   * Rejects with FetchProblem: transient where the text is damaged (asking again may help),
   * permanent where it is sound but not the document.
   */
  async check(path: string, bytes: Buffer, expectedId: number): Promise<void> {
    if (bytes.length === 0) throw new FetchProblem('sent an empty body', 'transient');
    if (bytes[0] === 0x3c) {
      throw new FetchProblem('sent a web page instead of JSON', 'transient');
    }
    refuseWhatDuckdbTakes(bytes);
    const found = await new Promise<Extract | null>((resolve, reject) => {
      this.waiting.push({ path, resolve, reject });
      void this.work();
    });
    const parts = found?.parts ?? null;
    if (parts === null) {
      parseStrictly(bytes);
      throw new FetchProblem('sent text that is not valid JSON', 'transient');
    }
    const problem = documentProblem(factsOf(parts), expectedId);
    if (problem !== null) throw new FetchProblem(problem, 'permanent');
  }

  private async work(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      while (this.waiting.length > 0) {
        if (this.waiting.length < ENOUGH) await sleep(PATIENCE_MS);
        await this.extract(this.waiting.splice(0, MOST));
      }
    } finally {
      this.running = false;
    }
  }

  private async extract(batch: Waiting[]): Promise<void> {
    try {
      const rows = await this.database.rows<Extract>(
        `SELECT filename, array_to_string(list_transform(
           TRY(json_extract(content, $paths)), lambda p: coalesce(p::VARCHAR, '')), chr(30)) AS parts
         FROM read_text($files)`,
        {
          paths: new TextList(PATHS),
          files: new TextList(batch.map((item) => literalPath(item.path))),
        },
      );
      const byPath = new Map(rows.map((row) => [row.filename, row]));
      for (const item of batch) {
        const row = byPath.get(item.path);
        item.resolve(row ?? null);
      }
    } catch (error) {
      // One such file fails the whole statement: find it by asking one by one.
      const [only] = batch;
      if (only === undefined) return;
      if (batch.length > 1) {
        for (const item of batch) await this.extract([item]);
      } else if (error instanceof Error && /UTF-8/i.test(error.message)) {
        only.reject(new FetchProblem('sent text that is not valid UTF-8', 'transient'));
      } else if (error instanceof Error && /Out of Memory/i.test(error.message)) {
        only.reject(new FetchProblem('holds too many values to be checked', 'permanent'));
      } else {
        only.reject(error);
      }
    }
  }
}

/** JSON text never has this control character, so it parts texts that came as one string. */
const SEPARATOR = '\u001e';

/** A field the document lacks stays out, so that it is told from one that is null. */
function factsOf(parts: string): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  for (const [index, text] of parts.split(SEPARATOR).entries()) {
    const field = DOCUMENT_FIELDS[index];
    if (field === undefined || text === '') continue;
    const value: unknown = JSON.parse(text);
    if (keysIn(text) !== keysOf(value)) {
      // JSON.parse takes the last one, DuckDB the first.
      throw new FetchProblem(`names something twice in field ${field}`, 'permanent');
    }
    facts[field] = value;
  }
  return facts;
}

/** Keys written in minified JSON text: strings with a colon behind them. */
function keysIn(text: string): number {
  const strings = text.match(/"(?:[^"\\]|\\.)*":?/g) ?? [];
  return strings.filter((string) => string.endsWith('":')).length;
}

/** Keys of a value and all values in it. */
function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value).reduce<number>((sum, item) => sum + keysOf(item), 0);
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

/** Searching for telling pieces on DuckDB's threads costs as much and misses what is spaced. */
function refuseWhatDuckdbTakes(bytes: Buffer): void {
  const scan = scanJson(bytes);
  if (scan.depth > MAX_DEPTH) {
    throw new FetchProblem(`nests ${scan.depth} deep, more than ${MAX_DEPTH}`, 'permanent');
  }
  if (scan.doubtful) parseStrictly(bytes);
}

function parseStrictly(bytes: Buffer): void {
  try {
    JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new FetchProblem(
      `sent text that is not valid JSON (${detail.slice(0, 120)})`,
      'transient',
      {
        cause,
      },
    );
  }
}
