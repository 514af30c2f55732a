#!/usr/bin/env node
import { tooFewOpenFiles } from './base/open-files';

/** The `pokedex` command's entry: loads the command itself only where it can run. */
const problem = tooFewOpenFiles();
if (problem === null) {
  await import('./cli');
} else {
  const json = process.argv.includes('--json');
  if (json) process.stdout.write(`${JSON.stringify({ error: problem }, null, 2)}\n`);
  else process.stderr.write(`${problem.message}\n${problem.hint}\n`);
  process.exitCode = 1;
}
