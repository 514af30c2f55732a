import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { type BodyHold, ORDINARY_BYTES } from './body-room';

export interface Exchange {
  status: number;
  headers: IncomingHttpHeaders;
  /** The body as transferred: all of a 200's, the beginning of any other's. */
  body: Buffer;
}

/** The body of another status is read up to here, so that its connection can be used again. */
const READ_THROUGH_BYTES = 64 * 1024;

/** A 200 whose body is longer than allowed. */
export class BodyTooLarge extends Error {}

/** The whole exchange took longer than allowed. */
export class DeadlineExceeded extends Error {}

interface ExchangeRequest {
  origin: string;
  path: string;
  headers: Record<string, string>;
}

export interface ExchangeLimits {
  maxBytes: number;
  headersMs: number;
  idleMs: number;
  totalMs: number;
}

/**
 * One request and its whole answer. Uses undici's dispatch interface: with thousands of answers, a
 * body stream per answer costs a third more processor time. While there is no room for a body it is
 * not read, and the timeouts do not run.
 *
 * Rejects with BodyTooLarge, DeadlineExceeded, or undici's error.
 */
export function exchange(
  dispatcher: Dispatcher,
  { origin, path, headers: requestHeaders }: ExchangeRequest,
  limits: ExchangeLimits,
  hold: BodyHold,
): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    let status = 0;
    let headers: IncomingHttpHeaders = {};
    let length = 0;
    const pieces: Buffer[] = [];
    let ended = false;

    /** The rest of the body cannot be had, which matters only for a 200. */
    const cutShort = (error: Error) => {
      ended = true;
      clearTimeout(timer);
      if (controller !== null && !controller.aborted) controller.abort(error);
      // Below 200 are early hints: the answer itself is still to come.
      if (status <= 200) reject(error);
      else resolve({ status, headers, body: Buffer.concat(pieces) });
    };
    let left = limits.totalMs;
    let running = performance.now();
    const startClock = () => setTimeout(() => cutShort(new DeadlineExceeded()), left);
    let timer = startClock();

    const makeRoom = (bytes: number) => {
      const goOn = () => {
        if (ended) return;
        running = performance.now();
        timer = startClock();
        controller?.resume();
      };
      if (hold.reserve(bytes, goOn)) return;
      clearTimeout(timer);
      left -= performance.now() - running;
      controller?.pause();
    };

    dispatcher.dispatch(
      {
        method: 'GET',
        origin,
        path,
        headers: requestHeaders,
        headersTimeout: limits.headersMs,
        bodyTimeout: limits.idleMs,
      },
      {
        onRequestStart(started) {
          controller = started;
        },
        onResponseStart(_controller, statusCode, responseHeaders) {
          status = statusCode;
          headers = responseHeaders;
          if (status !== 200) return;
          const declared = Number(headers['content-length'] ?? '0');
          if (declared > limits.maxBytes) cutShort(new BodyTooLarge());
          else makeRoom(declared);
        },
        onResponseData(_controller, piece) {
          length += piece.length;
          if (length > (status === 200 ? limits.maxBytes : READ_THROUGH_BYTES)) {
            cutShort(new BodyTooLarge());
            return;
          }
          pieces.push(piece);
          if (status === 200 && length > ORDINARY_BYTES) makeRoom(limits.maxBytes);
        },
        onResponseEnd() {
          ended = true;
          clearTimeout(timer);
          resolve({ status, headers, body: Buffer.concat(pieces) });
        },
        onResponseError(_controller, error) {
          cutShort(error);
        },
      },
    );
  });
}
