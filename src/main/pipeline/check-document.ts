import { isUtf8 } from 'node:buffer';
import {
  DOCUMENT_FIELDS,
  type DocumentFacts,
  documentFacts,
  documentProblem,
} from './document-schema';
import { FetchProblem } from './fetch-problem';
import { jsonOutline, type Member, type Span } from './json-outline';
import { parseSoundJson } from './sound-json';

/** Deepest nesting accepted; PokéAPI's own documents nest 6 deep. */
const MAX_DEPTH = 64;
const LESS_THAN = 0x3c;

/**
 * What is needed of the document, where the bytes are the one asked for (any where `expectedId` is null). Throws
 * FetchProblem: transient where the text is damaged (asking again may help), permanent where it is
 * sound but not the document.
 */
export function checkDocument(bytes: Buffer, expectedId: number | null): DocumentFacts {
  if (bytes.length === 0) throw new FetchProblem('sent an empty body', 'transient');
  if (bytes[0] === LESS_THAN) {
    throw new FetchProblem('sent a web page instead of JSON', 'transient');
  }
  if (!isUtf8(bytes)) throw new FetchProblem('sent text that is not valid UTF-8', 'transient');
  const { depth, members } = jsonOutline(bytes);
  if (depth > MAX_DEPTH) throw new FetchProblem(`nests more than ${MAX_DEPTH} deep`, 'permanent');
  const document = parse(bytes);
  refuseFieldsTwice(bytes, members, document);
  const problem = documentProblem(document, expectedId);
  if (problem !== null) throw new FetchProblem(problem, 'permanent');
  return documentFacts(document);
}

function parse(bytes: Buffer): unknown {
  try {
    return parseSoundJson(bytes.toString('utf8'));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new FetchProblem('sent text that is not valid JSON', 'transient', { cause });
  }
}

const FIELDS: ReadonlySet<string> = new Set(DOCUMENT_FIELDS);

/** For a name given twice JSON.parse takes the last value and DuckDB the first, so none is accepted. */
function refuseFieldsTwice(bytes: Buffer, members: readonly Member[], document: unknown): void {
  if (typeof document !== 'object' || document === null) return;
  const seen = new Set<string>();
  for (const { key, value } of members) {
    const name = JSON.parse(textOf(bytes, key)) as string;
    if (!FIELDS.has(name)) continue;
    if (seen.has(name)) throw new FetchProblem(`has field ${name} twice`, 'permanent');
    seen.add(name);
    if (lostAName(textOf(bytes, value).trim(), Reflect.get(document, name))) {
      throw new FetchProblem(`names something twice in field ${name}`, 'permanent');
    }
  }
}

function textOf(bytes: Buffer, { start, end }: Span): string {
  return bytes.toString('utf8', start, end);
}

/** Whether `value`, parsed from `text`, has fewer names than were written. */
function lostAName(text: string, value: unknown): boolean {
  // Without blanks and needless escapes, as PokéAPI writes it, the text comes out as it went in.
  return JSON.stringify(value) !== text && keysIn(text) !== keysOf(value);
}

/** Keys written in JSON text: strings with a colon behind them. */
function keysIn(text: string): number {
  // Every string is matched, so that no part of its inside is taken for a string.
  const strings = text.match(/"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?/g) ?? [];
  return strings.filter((string) => string.endsWith(':')).length;
}

/** Keys of a value and all values in it. */
function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value).reduce<number>((sum, item) => sum + keysOf(item), 0);
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length);
}
