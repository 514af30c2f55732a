import { createReadStream } from 'node:fs';

/** Where something stands in a file: bytes from `start` up to `end`, which is not included. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface JsonOutline {
  /** Whether another value follows the first: a file of lines. */
  hasMore: boolean;
  /** The largest list of objects in the first value, where that is an object. */
  rows: (ByteRange & { path: string[]; count: number }) | null;
}

const DEEPEST = 4;

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

interface Level {
  isList: boolean;
  start: number;
  key: string;
  objects: number;
  others: number;
}

/**
 * Looks over a file's first JSON value, byte by byte and never the whole at once: is it one of many,
 * and where in it are the rows?
 */
export async function outlineJson(path: string): Promise<JsonOutline> {
  const levels: Level[] = [];
  let best: JsonOutline['rows'] = null;
  let inText = false;
  let escaped = false;
  let text: number[] = [];
  let lastText = '';
  let at = -1;
  let ended = false;
  for await (const chunk of createReadStream(path, {
    highWaterMark: 1 << 20,
  }) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      at += 1;
      if (inText) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) {
          inText = false;
          lastText = keyText(text);
          continue;
        }
        if (levels.length <= DEEPEST && text.length < 1000) text.push(byte);
        continue;
      }
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue;
      if (ended) return { hasMore: true, rows: best };
      const level = levels.at(-1);
      switch (byte) {
        case QUOTE:
          inText = true;
          text = [];
          break;
        case COLON:
          if (level !== undefined) level.key = lastText;
          break;
        case COMMA:
          break;
        case OPEN_OBJECT:
        case OPEN_LIST:
          if (level?.isList === true) {
            if (byte === OPEN_OBJECT) level.objects += 1;
            else level.others += 1;
          }
          levels.push({ isList: byte === OPEN_LIST, start: at, key: '', objects: 0, others: 0 });
          break;
        case CLOSE_OBJECT:
        case CLOSE_LIST: {
          const closed = levels.pop();
          if (
            closed?.isList === true &&
            closed.others === 0 &&
            closed.objects > (best?.count ?? 0) &&
            levels.length <= DEEPEST &&
            levels.every(({ isList }) => !isList)
          ) {
            const keys = levels.map(({ key }) => key);
            best = { start: closed.start, end: at + 1, path: keys, count: closed.objects };
          }
          ended = levels.length === 0;
          break;
        }
        default:
          break;
      }
    }
  }
  return { hasMore: false, rows: best };
}

function keyText(bytes: readonly number[]): string {
  const raw = Buffer.from(bytes).toString('utf8');
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    // Not JSON: whoever reads the rows says so.
    return raw;
  }
}
