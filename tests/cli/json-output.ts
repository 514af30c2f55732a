import { expect } from 'vitest';
import type { CliResult } from '../helpers/run-cli';

/** The one document of `--json`; fails where there is anything beside it. */
export function jsonOf(result: CliResult): unknown {
  expect(result.stderr).toBe('');
  // Indented, so a second document would have to begin at a line's start.
  expect(result.stdout).toMatch(/^(\{\n[^]*^\}|\[\]|\[\n[^]*^\])\n$/m);
  return JSON.parse(result.stdout);
}

/** An error as people see it: sentences on standard error, nothing on standard output. */
export function expectSentences(result: CliResult, sentence: RegExp): void {
  expect(result.stdout).toBe('');
  expect(result.stderr).toMatch(sentence);
  const lines = result.stderr.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(3);
  for (const line of lines) expect(line).toMatch(/^[A-Z“0-9/-].*[.)]$/);
  expect(result.stderr).not.toMatch(/\bat .*:\d+:\d+|node_modules|undefined|\[object|^\w*Error:/m);
}
