import { gzipSync } from 'node:zlib';
import type { Exchange, Fault } from './pokeapi-server';

/** Answers one request in a way of its own; `body` is what a sound answer would have carried. */
export type Answer = (exchange: Exchange, body: Buffer) => void;

export const documentPath = (id: number) => `/api/v2/pokemon/${id}/`;

export function isListPath(path: string): boolean {
  return path.startsWith('/api/v2/pokemon?');
}

/**
 * Gives `answer` to the first `times` requests of one document, with or without the slash at its
 * end; the rest is answered soundly.
 */
export function faultOn(id: number, answer: Answer, body: Buffer, times = Infinity): Fault {
  return (path, exchange) => {
    if (path.replace(/\/?$/, '/') !== documentPath(id) || exchange.attempt > times) return false;
    answer(exchange, body);
    return true;
  };
}

/** Gives `answer` to the first `times` requests of each list page. */
export function faultOnList(answer: Answer, times = Infinity): Fault {
  return (path, exchange) => {
    if (!isListPath(path) || exchange.attempt > times) return false;
    answer(exchange, Buffer.alloc(0));
    return true;
  };
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return ({ response }) => void response.writeHead(code, headers).end('no');
}

/** A 200 with this body and headers, whatever was asked. */
export function sending(body: Buffer | string, headers: Record<string, string> = {}): Answer {
  return ({ response }) => {
    const bytes = Buffer.from(body);
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(bytes);
  };
}

export const resetBeforeAnswer: Answer = ({ socket }) => void socket.resetAndDestroy();

export const dropBeforeAnswer: Answer = ({ socket }) => void socket.destroy();

const EARLY_HINTS = 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n';

/** Early hints (RFC 8297), then nothing more. */
export const dropAfterHints: Answer = ({ socket }) => void socket.end(EARLY_HINTS);

export const resetInBody: Answer = ({ socket }, body) => {
  socket.write(`${headOf(body.length)}${body.toString('latin1', 0, body.length >> 1)}`, () =>
    setTimeout(() => socket.resetAndDestroy(), 5),
  );
};

/** Declares ten bytes more than it sends, then closes. */
export const declaresMore: Answer = ({ socket }, body) => {
  socket.end(Buffer.concat([Buffer.from(headOf(body.length + 10)), body]));
};

/** Declares ten bytes fewer than it sends. */
export const declaresLess: Answer = ({ socket }, body) => {
  socket.write(Buffer.concat([Buffer.from(headOf(body.length - 10)), body]));
};

export const truncatedChunked: Answer = ({ socket }, body) => {
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  // The whole document, but the last chunk that would end it never comes.
  const chunk = `${body.length.toString(16)}\r\n${body.toString('latin1')}\r\n`;
  socket.end(`${head}${chunk}`);
};

export const brokenChunkSize: Answer = ({ socket }) => {
  socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n');
};

export const notHttp: Answer = ({ socket }) => void socket.end('220 smtp.example.test ready\r\n');

export const neverAnswers: Answer = () => {};

/** Half a body, then silence. */
export function stallsInBody(code: number): Answer {
  return ({ socket }, body) => {
    const half = body.toString('latin1', 0, body.length >> 1);
    socket.write(`${headOf(body.length, code)}${half}`);
  };
}

/** A byte now and then: never silent for long, never done. */
export function drips(code: number): Answer {
  return ({ response }, body) => {
    response.writeHead(code, { 'content-length': body.length });
    let sent = 0;
    const timer = setInterval(() => {
      response.write(body.subarray(sent, sent + 1));
      sent += 1;
      if (sent >= body.length - 1) clearInterval(timer);
    }, 20);
    response.on('close', () => clearInterval(timer));
  };
}

/** A few kilobytes that unpack to `bytes`. */
export function gzipBomb(bytes: number): Answer {
  const bomb = gzipSync(Buffer.alloc(bytes, 0x20));
  return sending(bomb, { 'content-encoding': 'gzip' });
}

/** `bytes` or a little more, as fast as they are taken, without saying so beforehand. */
export function endlessBody(bytes: number, code: number): Answer {
  return ({ response }) => {
    response.writeHead(code, { 'content-type': 'application/json' });
    response.on('error', () => {});
    const piece = Buffer.alloc(16 * 1024, 0x20);
    let sent = 0;
    const more = () => {
      while (sent < bytes && !response.destroyed) {
        sent += piece.length;
        if (!response.write(piece)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  };
}

function headOf(length: number, code = 200): string {
  return `HTTP/1.1 ${code} Any\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
}
