import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';

const LISTENS = `
require('node:net').createServer().listen({ port: 0, host: process.argv[1], backlog: 1 },
  function () { console.log(this.address().port); });
`;
/** More than the shortest queue that a system has. */
const FULL = 8;

/**
 * A port of `host` where nobody answers, not even with a refusal: the process that listens there
 * is stopped and its queue is full, so Linux drops what comes. Until the test ends.
 */
export async function silentPort(host: string): Promise<number> {
  const listener = spawn(process.execPath, ['-e', LISTENS, host]);
  onTestFinished(() => void listener.kill('SIGKILL'));
  const port = await new Promise<number>((resolve) =>
    listener.stdout.once('data', (text: Buffer) => resolve(Number(text.toString()))),
  );
  listener.kill('SIGSTOP');
  const queue = Array.from({ length: FULL }, () => connect(port, host).on('error', () => {}));
  onTestFinished(() => queue.forEach((socket) => socket.destroy()));
  await new Promise((resolve) => setTimeout(resolve, 200));
  return port;
}
