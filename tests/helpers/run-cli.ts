import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** The built command: what a person runs. `POKEDEX_OUT` names another build folder than `out`. */
export const CLI = resolve(
  import.meta.dirname,
  '../..',
  process.env['POKEDEX_OUT'] ?? 'out',
  'main/cli.js',
);

export interface CliResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunningCli {
  pid: number;
  kill(signal: NodeJS.Signals): void;
  /** Resolves once standard error has had `text`; never where it ends without. */
  says(text: string): Promise<void>;
  done: Promise<CliResult>;
}

/** Starts `pokedex ARGS` as a process of its own. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCli {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const done = new Promise<CliResult>((settle, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => settle({ code, signal, stdout, stderr }));
  });
  const says = (text: string) =>
    new Promise<void>((heard) => {
      const listen = () => {
        if (!stderr.includes(text)) return;
        child.stderr.off('data', listen);
        heard();
      };
      child.stderr.on('data', listen);
      listen();
    });
  return { pid: child.pid ?? -1, kill: (signal) => child.kill(signal), says, done };
}

export function runCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  return startCli(args, env).done;
}
