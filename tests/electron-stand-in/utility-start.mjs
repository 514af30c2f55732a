/** Runs a program with Electron's `process.parentPort` in place of Node's own IPC. */
import { EventEmitter } from 'node:events';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const send = process.send.bind(process);
const port = new EventEmitter();
port.postMessage = (message) => send(message);
process.on('message', (data) => port.emit('message', { data, ports: [] }));
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.parentPort = port;
process.send = undefined;
const [, , program, ...args] = process.argv;
process.argv = [process.execPath, program, ...args];
await import(pathToFileURL(program).href);
