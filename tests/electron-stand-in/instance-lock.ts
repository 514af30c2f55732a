import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';

/** Connects, sends and ends; exits with 1 where nobody listens. */
const TELL = `
const socket = require('node:net').connect(process.argv[1], () => socket.end(process.argv[2]));
socket.on('error', () => process.exit(1));
`;

/**
 * Electron's single instance lock over a local socket. False where another instance holds it,
 * which then hears of this one's arguments and of the data it was given.
 */
export function takeInstanceLock(
  socket: string,
  data: unknown,
  heard: (argv: string[], data: unknown) => void,
): boolean {
  if (existsSync(socket)) {
    const text = JSON.stringify({ argv: process.argv, data });
    const told = spawnSync(process.execPath, ['-e', TELL, socket, text]);
    if (told.status === 0) return false;
    rmSync(socket);
  }
  const server = createServer((connection) => {
    let text = '';
    connection.on('data', (chunk) => (text += String(chunk)));
    connection.on('end', () => {
      const told = JSON.parse(text) as { argv: string[]; data?: unknown };
      heard(told.argv, told.data);
    });
  });
  server.listen(socket).unref();
  return true;
}
