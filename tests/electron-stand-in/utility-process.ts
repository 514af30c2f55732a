import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { ForkOptions } from 'electron';
import { app } from './app';
import { records } from './records';

const START = join(import.meta.dirname, 'utility-start.mjs');

class UtilityProcess extends EventEmitter {
  constructor(private readonly child: ReturnType<typeof fork>) {
    super();
    child.on('message', (message) => this.emit('message', message));
    child.on('spawn', () => this.emit('spawn'));
    child.on('exit', (code) => this.emit('exit', code ?? 9));
    // What could not be delivered is lost, as with Electron; the exit tells.
    child.on('error', () => {});
  }

  get pid(): number | undefined {
    return this.child.exitCode === null ? this.child.pid : undefined;
  }
  postMessage(message: unknown): void {
    this.child.send(message as object, () => {});
  }
  kill = () => this.child.kill('SIGTERM');
}

export const utilityProcess = {
  fork(program: string, args: string[] = [], options: ForkOptions = {}): UtilityProcess {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    const env = options.env === undefined ? null : (options.env as Record<string, string>);
    const child = fork(START, [program, ...args], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: env ?? process.env,
    });
    records.utilityProcesses.push({ program, env, pid: child.pid ?? null });
    return new UtilityProcess(child);
  },
};
