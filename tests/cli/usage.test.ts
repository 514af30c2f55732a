import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { version } from '../../package.json';
import { runCli } from '../helpers/run-cli';
import { temporaryFolder } from '../helpers/temporary-folder';
import { expectSentences, jsonOf } from './json-output';

const WRONG: [args: string[], sentence: RegExp][] = [
  [[], /^No command was given\.\n/],
  [['nosuch'], /^Unknown command 'nosuch'\.\n/],
  [['help', 'nosuch'], /^Unknown command 'nosuch'\.\n/],
  [['refrsh'], /^Unknown command 'refrsh'\. \(Did you mean refresh\?\)\n/],
  [['gather', '--sorce', 'x'], /^Unknown option '--sorce'\. \(Did you mean .*--source\?\)\n/],
  [['gather', 'extra'], /^Too many arguments for 'gather'/],
  [['gather', '--concurrency'], /argument missing\.\n/],
  [['gather', '--concurrency', '0'], /'0' is invalid\. Give a whole number from 1 to 256\.\n/],
  [['gather', '--concurrency', '1e2'], /Give a whole number from 1 to 256\./],
  [['gather', '--source', 'ftp://example.test'], /^“ftp:\/\/example\.test” is not a source\.\n/],
  [['gather', '--source', ''], /is not a source\./],
  [
    ['gather', '--data', ''],
    /'--data <dir>' argument '' is invalid\. Give the path of a folder\.\n/,
  ],
  [['process', '--games', ','], /Give games by comma, or all\./],
  [['query'], /^Missing required argument 'sql'\.\n/],
  [['query', 'SELECT 1', '--format', 'xml'], /Allowed choices are table, json, csv\.\n/],
  [['export'], /^Required option '--out <file>' not specified\.\n/],
  [['export', '--out', 'x.txt'], /tells no format\.\n/],
  [['changes', '--from', '3', '--to', '2'], /^--from 3 is after --to 2\.\n/],
  [['changes', '--from', '-1'], /Give a whole number/],
];

describe('a wrong command line ends with 2, one clear sentence and the next step', () => {
  test.concurrent.each(WRONG)('pokedex %j', async (args, sentence) => {
    const plain = await runCli(args);
    expect(plain.code).toBe(2);
    expectSentences(plain, sentence);
    expect(plain.stderr.trimEnd().split('\n').length).toBe(2);
  });

  test.concurrent.each([
    [['nosuch'], 'usage', "Unknown command 'nosuch'."],
    [['query'], 'usage', "Missing required argument 'sql'."],
    [['gather', '--source', 'x'], 'bad-source', '“x” is not a source.'],
    [['changes', '--from', '3', '--to', '2'], 'usage', '--from 3 is after --to 2.'],
  ])('pokedex %j --json', async (args, code, message) => {
    const result = await runCli([...args, '--json']);
    expect(result.code).toBe(2);
    expect(jsonOf(result)).toEqual({
      error: { code, message, hint: expect.stringMatching(/\S\.$/) as string },
    });
  });

  test('and nothing was made on disk', async () => {
    const folder = await temporaryFolder();
    await runCli(['refresh', '--data', join(folder, 'data'), '--concurrency', 'x']);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('help', () => {
  const COMMANDS = ['gather', 'process', 'refresh', 'export', 'query', 'history', 'changes'];

  test.concurrent.each(COMMANDS)(
    'pokedex %s --help tells its options and shows examples that are its own',
    async (command) => {
      const result = await runCli([command, '--help']);
      expect(result).toMatchObject({ code: 0, stderr: '' });
      expect(result.stdout).toMatch(new RegExp(`^Usage: pokedex ${command} `));
      for (const option of ['--data <dir>', '--json', '--help'])
        expect(result.stdout).toContain(option);
      const examples = result.stdout.split('\n').filter((line) => line.startsWith('  $ '));
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expect(example.slice(4)).toMatch(`pokedex ${command}`);
    },
  );

  test('pokedex --help names every command, gives examples and the exit codes', async () => {
    const { code, stdout, stderr } = await runCli(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    expect(stdout).toMatch(/\$ pokedex refresh/);
    expect(stdout).toMatch(/0 done.*1 failed.*2 usage.*3 gather incomplete\s+130 interrupted/s);
  });

  test('pokedex query --help tells what a query may be and how much', async () => {
    const { stdout } = await runCli(['query', '--help']);
    expect(stdout).toMatch(/WITH, FROM, VALUES, PIVOT … IN \(…\), DESCRIBE, SUMMARIZE or SHOW/);
    expect(stdout).toMatch(/60 s at most, and shows\n100,000 rows at most, 1,000 in a table\./);
  });

  test('pokedex --version prints the package’s version', async () => {
    expect(await runCli(['--version'])).toMatchObject({
      code: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });
});

describe('without data every reading command says what to run first, and exits 1', () => {
  const COMMANDS: string[][] = [
    ['query', 'SELECT 1'],
    ['export', '--out', 'x.csv'],
    ['export', '--out', 'x.csv', '--pseudonymised'],
    ['history'],
    ['changes', '--json'],
    ['process', '--json'],
  ];

  test.concurrent.each(COMMANDS)('pokedex %s %s %s', async (...args) => {
    const folder = await mkdtemp(join(tmpdir(), 'pokedex-no-data-'));
    const command = args.filter((arg) => typeof arg === 'string');
    const result = await runCli([...command, '--data', join(folder, 'data')]);
    await rm(folder, { recursive: true });
    expect(result.code).toBe(1);
    if (command.includes('--json')) {
      expect(jsonOf(result)).toMatchObject({ error: { code: 'no-data' } });
    } else {
      expectSentences(result, /^Nothing has been published yet\.\nRun refresh first\.\n$/);
    }
  });
});
