import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

/** `npm run dist`, after the build: electron-builder, and one clear line where it cannot download. */
const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/;

let said = '';
const program = createRequire(import.meta.url).resolve('electron-builder/cli.js');
const args = ['--config', 'electron-builder.yml', '--publish', 'never'];
const builder = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
builder.stdout.on('data', (text: Buffer) => tell(process.stdout, text));
builder.stderr.on('data', (text: Buffer) => tell(process.stderr, text));
builder.on('close', (code) => {
  process.exitCode = code ?? 1;
  if (code === 0 || !UNREACHABLE.test(said)) return;
  console.error(
    '\nNothing was packaged: Electron’s program could not be fetched from github.com. Run it again ' +
      'where that site can be reached, or name a mirror in ELECTRON_MIRROR.',
  );
});

function tell(stream: NodeJS.WriteStream, text: Buffer): void {
  said += text.toString('utf8');
  stream.write(text);
}
