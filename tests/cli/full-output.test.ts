import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cases } from '../helpers/rounds';
import { CLI, runCli } from '../helpers/run-cli';
import { temporaryFolder } from '../helpers/temporary-folder';
import { publishedData } from './published-data';

const places = publishedData();

function intoFull(...args: string[]): { status: number | null; lines: string[] } {
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', 'exec "$0" "$@" >/dev/full', process.execPath, CLI, ...args],
    { encoding: 'utf8' },
  );
  const lines = stderr
    .split('\n')
    .filter((line) => line !== '' && !/^(Gather|Process)ing/.test(line));
  return { status, lines };
}

const FULL = 'Standard output cannot be written: the disk is full.';

describe.skipIf(!existsSync('/dev/full'))('a result that cannot be written is told', () => {
  it.each(cases<[string[]]>([[[]]], [[['--json']]]))(
    'refresh %j: the version was published all the same',
    async (json) => {
      const data = await temporaryFolder();
      const refresh = ['refresh', '--source', 'bundled', '--data', data, ...json];
      expect(intoFull(...refresh)).toEqual({
        status: 1,
        lines: [FULL, 'Version 1 was published all the same.'],
      });
      const history = await runCli(['history', '--json', '--data', data]);
      expect(JSON.parse(history.stdout)).toHaveLength(1);
      expect(intoFull(...refresh).lines).toEqual([FULL, 'Nothing was published.']);
    },
  );

  it.each([
    ['query', 'SELECT 1'],
    ['query', 'SELECT 1', '--json'],
    ['query', 'SELECT range FROM range(5000)', '--format', 'csv'],
    ['history'],
    ['changes'],
    ['serve', '--no-open'],
  ])('%s %s %s', (...args) => {
    expect(intoFull(...args, '--data', places.data)).toEqual({
      status: 1,
      lines: [FULL, 'Send it elsewhere and run it again.'],
    });
  });

  it('gather, process, export and help; an error keeps its own words and code', () => {
    const out = join(places.folder, 'x.csv');
    const said = (...args: string[]) => intoFull(...args, '--data', places.data).lines;
    expect(said('export', '--out', out)).toEqual([
      FULL,
      `The export was written all the same: ${out}`,
    ]);
    expect(said('process')).toEqual([FULL, 'Nothing was published.']);
    expect(intoFull('--help').lines).toEqual([FULL, 'Send it elsewhere and run it again.']);
    const wrong = intoFull('query', 'SELEC', '--json', '--data', places.data);
    expect(wrong.status).toBe(1);
    expect(wrong.lines[0]).toBe(FULL);
    expect(wrong.lines[1]).toContain('SELEC');
    expect(intoFull('export', '--json', '--data', places.data).status).toBe(2);
  });
});
