import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { AppError } from '../../preload/contract/errors';

const VARIABLE = 'POKEDEX_PASSPHRASE';

/**
 * The passphrase in the environment, which no process that is started afterwards has; null where there
 * is none.
 */
export function givenPassphrase(): string | null {
  const given = process.env[VARIABLE];
  delete process.env[VARIABLE];
  return given === undefined || given === '' ? null : given;
}

/** Asks for it in the terminal, where nothing of it is shown. Throws `usage` where there is no terminal. */
export async function askPassphrase(question: string): Promise<string> {
  const given = givenPassphrase();
  if (given !== null) return given;
  if (!process.stdin.isTTY) {
    throw new AppError('usage', 'No passphrase was given.', {
      hint: `Give it in the environment variable ${VARIABLE}, or run it in a terminal, which asks.`,
    });
  }
  process.stderr.write(`${question} `);
  const nowhere = new Writable({ write: (_part, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('SIGINT', () => reject(new AppError('cancelled', 'Cancelled.')));
    });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
