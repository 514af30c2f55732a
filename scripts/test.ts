import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/**
 * `npm test`, after the build: lint and the tests side by side; both must pass. Arguments are
 * vitest's. What lint says stands under the tests' own report.
 */
const ROOT = resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const vitest = join(require.resolve('vitest/package.json'), '../vitest.mjs');

const said: Buffer[] = [];
const lint = spawn('npm', ['run', '--silent', 'lint'], {
  cwd: ROOT,
  // npm is a script on Windows.
  shell: process.platform === 'win32',
  stdio: ['ignore', 'pipe', 'pipe'],
});
lint.stdout.on('data', (text: Buffer) => said.push(text));
lint.stderr.on('data', (text: Buffer) => said.push(text));
const tests = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});

const [linted, tested] = await Promise.all([ended(lint), ended(tests)]);
process.stdout.write(Buffer.concat(said));
console.log(
  `Lint ${linted === 0 ? 'passed' : 'failed'}; the tests ${tested === 0 ? 'passed' : 'failed'}.`,
);
process.exitCode = linted === 0 && tested === 0 ? 0 : 1;

function ended(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((settle, reject) => {
    child.on('error', reject);
    child.on('close', (code) => settle(code ?? 1));
  });
}
