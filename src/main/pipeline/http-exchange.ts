import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher, Pool } from 'undici';

export interface Exchange {
  status: number;
  headers: IncomingHttpHeaders;
  /**
   * The pieces of the body as transferred; none for any status but 200, whose body alone matters.
   * Joining them would copy every byte once more.
   */
  body: Buffer[];
}

/** Up to here the body of another status is read, so that its connection can be used again. */
const READ_THROUGH_BYTES = 64 * 1024;

/** A 200 whose body is longer than allowed. */
export class BodyTooLarge extends Error {}

/** The whole exchange took longer than allowed. */
export class DeadlineExceeded extends Error {}

/**
 * One request and its whole answer. Uses undici's dispatch interface: a body stream an answer
 * costs a third more processor time, with thousands of answers.
 *
 * Rejects with BodyTooLarge, DeadlineExceeded, or undici's error.
 */
export function exchange(
  pool: Pool,
  request: { path: string; headers: Record<string, string> },
  limits: { maxBytes: number; totalMs: number },
): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    let status = 0;
    let headers: IncomingHttpHeaders = {};
    let length = 0;
    const pieces: Buffer[] = [];

    /** The rest of the body cannot be had, which matters for a 200 alone. */
    const cutShort = (error: Error) => {
      clearTimeout(timer);
      if (controller !== null && !controller.aborted) controller.abort(error);
      // Below 200 are early hints: the answer itself is still to come.
      if (status <= 200) reject(error);
      else resolve({ status, headers, body: [] });
    };
    const timer = setTimeout(() => cutShort(new DeadlineExceeded()), limits.totalMs);

    pool.dispatch(
      { method: 'GET', path: request.path, headers: request.headers },
      {
        onRequestStart(started) {
          controller = started;
        },
        onResponseStart(_controller, statusCode, responseHeaders) {
          status = statusCode;
          headers = responseHeaders;
          const declared = Number(headers['content-length'] ?? '0');
          if (status === 200 && declared > limits.maxBytes) cutShort(new BodyTooLarge());
        },
        onResponseData(_controller, piece) {
          length += piece.length;
          if (length > (status === 200 ? limits.maxBytes : READ_THROUGH_BYTES)) {
            cutShort(new BodyTooLarge());
          } else if (status === 200) {
            pieces.push(piece);
          }
        },
        onResponseEnd() {
          clearTimeout(timer);
          resolve({ status, headers, body: pieces });
        },
        onResponseError(_controller, error) {
          cutShort(error);
        },
      },
    );
  });
}
