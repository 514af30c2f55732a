import { parentPort } from 'node:worker_threads';
import { type Landing, LocalLanding } from '../pipeline/landing';
import { type LandAnswer, type LandingCommand, refusal } from './landing-messages';

/** The landing thread's entry: lands every body it is sent, until it is told to close. */
function main(): void {
  const port = parentPort;
  if (port === null) throw new Error('landing-worker runs in a worker thread only');
  let landing: Landing | null = null;
  const answer = (message: LandAnswer) => port.postMessage(message);

  port.on('message', (command: LandingCommand) => {
    if (command.kind === 'open') {
      landing = new LocalLanding(command.paths);
    } else if (command.kind === 'close') {
      void (landing?.close() ?? Promise.resolve()).finally(() => port.close());
    } else {
      if (landing === null) throw new Error('the landing thread was not told where to land');
      const { id, pieces } = command;
      landing
        .land(id, pieces.map(asBuffer))
        .finally(() => release(pieces))
        .then(
          () => answer({ id, landed: true }),
          (error: unknown) => answer(refusal(id, error)),
        );
    }
  });
}

/** A Buffer does not survive a message as one. */
function asBuffer(bytes: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Gives the memory back at once, for the next bodies: until it is collected as garbage, tens of
 * megabytes would gather.
 */
function release(pieces: readonly Uint8Array<ArrayBuffer>[]): void {
  const transfer = [...new Set(pieces.map(({ buffer }) => buffer))];
  structuredClone(null, { transfer });
}

main();
