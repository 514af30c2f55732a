import { readFile } from 'node:fs/promises';
import { type Database, TextList } from '../base/duckdb';
import { DOCUMENT_FIELDS, documentProblem } from './document-schema';
import { FetchProblem } from './fetch-problem';
import { scanJson } from './scan-json';

/** Deepest nesting accepted; PokéAPI's own documents nest 6 deep. */
const MAX_DEPTH = 64;
/** Documents a statement: enough to keep DuckDB's threads busy, few enough to stay prompt. */
const BATCH = 48;

const PATHS = DOCUMENT_FIELDS.map((field) => `$.${field}`);

interface Waiting {
  path: string;
  resolve(parts: (string | null)[] | null): void;
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
    const scan = scanJson(bytes);
    if (scan.depth > MAX_DEPTH) {
      throw new FetchProblem(`nests ${scan.depth} deep, more than ${MAX_DEPTH}`, 'permanent');
    }
    if (scan.doubtful) parseStrictly(bytes);
    const parts = await new Promise<(string | null)[] | null>((resolve, reject) => {
      this.waiting.push({ path, resolve, reject });
      void this.work();
    });
    if (parts === null) {
      parseStrictly(await readFile(path));
      throw new FetchProblem('sent text that is not valid JSON', 'transient');
    }
    const problem = documentProblem(factsOf(parts), expectedId);
    if (problem !== null) throw new FetchProblem(problem, 'permanent');
  }

  private async work(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      while (this.waiting.length > 0) await this.extract(this.waiting.splice(0, BATCH));
    } finally {
      this.running = false;
    }
  }

  private async extract(batch: Waiting[]): Promise<void> {
    try {
      const rows = await this.database.rows<{ filename: string; parts: (string | null)[] | null }>(
        `SELECT filename, TRY(json_extract(content, $paths)) AS parts FROM read_text($files)`,
        { paths: new TextList(PATHS), files: new TextList(batch.map((item) => item.path)) },
      );
      const byPath = new Map(rows.map((row) => [row.filename, row.parts]));
      for (const item of batch) item.resolve(byPath.get(item.path) ?? null);
    } catch (error) {
      // One file that is not UTF-8 fails the whole statement: find it by asking one by one.
      const [only] = batch;
      if (only === undefined) return;
      if (batch.length > 1) {
        for (const item of batch) await this.extract([item]);
      } else if (error instanceof Error && /UTF-8/i.test(error.message)) {
        only.reject(new FetchProblem('sent text that is not valid UTF-8', 'transient'));
      } else {
        only.reject(error);
      }
    }
  }
}

function factsOf(parts: (string | null)[]): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  for (const [index, field] of DOCUMENT_FIELDS.entries()) {
    const text = parts[index];
    if (text !== null && text !== undefined) facts[field] = JSON.parse(text);
  }
  return facts;
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
