import { parentPort, workerData } from 'node:worker_threads';
import { LocalLanding } from '../pipeline/landing';
import {
  CLOSE,
  type LandAnswer,
  type LandingInput,
  type LandRequest,
  refusal,
} from './landing-messages';

/** The landing thread's entry: lands every body it is sent, until it is told to close. */
function main(): void {
  const port = parentPort;
  if (port === null) throw new Error('landing-worker runs in a worker thread only');
  const { paths } = workerData as LandingInput;
  const landing = new LocalLanding(paths);
  const answer = (message: LandAnswer) => port.postMessage(message);
  port.on('message', (message: LandRequest | typeof CLOSE) => {
    if (message === CLOSE) {
      void landing.close().finally(() => port.close());
      return;
    }
    const { id, pieces } = message;
    landing.land(id, pieces.map(asBuffer)).then(
      () => answer({ id, landed: true }),
      (error: unknown) => answer(refusal(id, error)),
    );
  });
}

/** A Buffer does not survive a message as one. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

main();
