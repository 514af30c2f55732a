/** Runs a program with Electron's `process.parentPort` in place of Node's own IPC. */
import { EventEmitter } from 'node:events';
import process from 'node:process';
import { setImmediate } from 'node:timers';
import { pathToFileURL } from 'node:url';

const send = process.send.bind(process);
const port = new EventEmitter();
port.postMessage = (message) => send(message);
// As Electron's: what comes before the program listens is kept for it.
const early = [];
process.on('message', (data) => {
  if (early.length > 0 || port.listenerCount('message') === 0) early.push(data);
  else port.emit('message', { data, ports: [] });
});
port.on('newListener', (name) => {
  if (name !== 'message') return;
  setImmediate(() => {
    for (const data of early.splice(0)) port.emit('message', { data, ports: [] });
  });
});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.parentPort = port;
process.send = undefined;
const [, , program, ...args] = process.argv;
process.argv = [process.execPath, program, ...args];
await import(pathToFileURL(program).href);
