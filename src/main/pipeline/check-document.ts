import { isUtf8 } from 'node:buffer';
import { DOCUMENT_FIELDS, documentProblem } from './document-schema';
import { FetchProblem } from './fetch-problem';
import {
  JsonSyntaxError,
  JsonTooDeepError,
  type Member,
  readJson,
  type Span,
} from './json-scanner';

/** Deepest nesting accepted; PokéAPI's own documents nest 6 deep. */
const MAX_DEPTH = 64;
const LESS_THAN = 0x3c;
const OPEN_OBJECT = 0x7b;
const FRONT_DEFAULT = 'front_default';

/**
 * Passes where the bytes are the document asked for. Throws FetchProblem: transient where the
 * text is damaged (asking again may help), permanent where it is sound but not the document.
 */
export function checkDocument(bytes: Buffer, expectedId: number): void {
  if (bytes.length === 0) throw new FetchProblem('sent an empty body', 'transient');
  if (bytes[0] === LESS_THAN) {
    throw new FetchProblem('sent a web page instead of JSON', 'transient');
  }
  if (!isUtf8(bytes)) throw new FetchProblem('sent text that is not valid UTF-8', 'transient');
  const problem = documentProblem(facts(bytes, read(bytes)), expectedId);
  if (problem !== null) throw new FetchProblem(problem, 'permanent');
}

function read(bytes: Buffer): Member[] {
  try {
    return readJson(bytes, MAX_DEPTH);
  } catch (error) {
    if (error instanceof JsonTooDeepError) {
      throw new FetchProblem(`nests more than ${MAX_DEPTH} deep`, 'permanent', { cause: error });
    }
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new FetchProblem(`sent text that is not valid JSON (${error.message})`, 'transient', {
      cause: error,
    });
  }
}

const FIELDS: ReadonlySet<string> = new Set(DOCUMENT_FIELDS);

/** The needed fields' values; a field the document lacks stays out, to be told from a null. */
function facts(bytes: Buffer, members: readonly Member[]): Record<string, unknown> {
  const texts = new Map<string, string>();
  for (const { key, value } of members) {
    const name = nameOf(bytes, key);
    if (!FIELDS.has(name)) continue;
    // JSON.parse takes the last one, DuckDB the first.
    if (texts.has(name)) throw new FetchProblem(`has field ${name} twice`, 'permanent');
    texts.set(name, name === 'sprites' ? spritesText(bytes, value) : textOf(bytes, value));
  }
  const list = `[${[...texts.values()].join()}]`;
  const values = JSON.parse(list) as unknown[];
  const found = Object.fromEntries([...texts.keys()].map((name, index) => [name, values[index]]));
  // Without blanks and needless escapes, as PokéAPI writes, it comes out as it went in: no name
  // was lost.
  if (JSON.stringify(values) !== list) refuseNameTwice(texts, found);
  return found;
}

function textOf(bytes: Buffer, { start, end }: Span): string {
  return bytes.toString('utf8', start, end);
}

/** A member's name; right where it is ASCII, as those that are looked for are. */
function nameOf(bytes: Buffer, { start, end }: Span): string {
  const name = bytes.toString('latin1', start + 1, end - 1);
  return name.includes('\\') ? (JSON.parse(`"${name}"`) as string) : name;
}

/** The text of `sprites` with the one member that is read: all of them make a large object. */
function spritesText(bytes: Buffer, { start, end }: Span): string {
  const sprites = bytes.subarray(start, end);
  if (sprites[0] !== OPEN_OBJECT) return sprites.toString();
  const members = read(sprites)
    .filter(({ key }) => nameOf(sprites, key) === FRONT_DEFAULT)
    .map(({ value }) => `"${FRONT_DEFAULT}":${textOf(sprites, value)}`);
  return `{${members.join()}}`;
}

function refuseNameTwice(
  texts: ReadonlyMap<string, string>,
  values: Readonly<Record<string, unknown>>,
): void {
  for (const [name, text] of texts) {
    if (keysIn(text) === keysOf(values[name])) continue;
    throw new FetchProblem(`names something twice in field ${name}`, 'permanent');
  }
}

/** Keys written in JSON text: strings with a colon behind them. */
function keysIn(text: string): number {
  // Every string is matched, so that none of its inside is taken for one.
  const strings = text.match(/"(?:[^"\\]|\\.)*"(?:\s*:)?/g) ?? [];
  return strings.filter((string) => string.endsWith(':')).length;
}

/** Keys of a value and all values in it. */
function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value).reduce<number>((sum, item) => sum + keysOf(item), 0);
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length);
}
