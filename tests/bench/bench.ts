import { fork, spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { highWaterMark } from '../helpers/high-water-mark';
import { CLI, runCli } from '../helpers/run-cli';
import { type BenchRow, benchTable, median, ms } from './bench-table';

/**
 * What the pipeline costs, side by side with the plainest tool for the same work, in one run:
 * medians of paired rounds. Absolute times vary between machines; the ratios are the result.
 */
const ROUNDS = Number(process.env['POKEDEX_BENCH_ROUNDS'] ?? '5');
const CONCURRENCY = 16;
const CURL = ['--silent', '--no-progress-meter', '--fail', '--parallel'];
CURL.push('--parallel-max', String(CONCURRENCY));

interface Source {
  url: string;
  ids: number[];
}

/** How long a source in the network takes to answer. */
const FAR_MS = 60;

const work = mkdtempSync(join(tmpdir(), 'pokedex-bench-'));
/** The last data folder that was gathered into. */
let data = '';
try {
  const far = await withSource(FAR_MS, benchFarGather);
  const near = await withSource(0, async (source) => [
    ...(await benchNearGather(source)),
    ...(await benchProcess()),
    ...(await benchMemory(source)),
  ]);
  const title = `Pipeline, medians of ${ROUNDS} paired rounds`;
  process.stdout.write(benchTable(title, [...far, ...near]));
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function withSource<T>(latency: number, measure: (source: Source) => Promise<T>): Promise<T> {
  const server = fork(join(import.meta.dirname, 'serve-full-size.ts'), [String(latency)], {
    execArgv: ['--import', 'tsx'],
  });
  try {
    return await measure(await new Promise<Source>((resolve) => server.once('message', resolve)));
  } finally {
    server.disconnect();
  }
}

/**
 * What a person waits for: the whole command (start, list, fetch, check, write, flush) against curl
 * getting the same documents from the same source, which checks and flushes nothing; then the
 * command once more, when nothing has changed.
 */
async function benchFarGather(source: Source): Promise<BenchRow[]> {
  const rounds = await paired(async (round) => {
    const folder = join(work, `far-${round}`);
    const theirs = await runCurl(source, `${folder}-curl`);
    const { whole } = await runGather(source, folder);
    const again = await runGather(source, folder);
    return { theirs, whole, again: again.whole, bodies: again.bodies };
  });
  const title = `gather, answers after ${FAR_MS} ms, ${CONCURRENCY} at a time`;
  const bodies = Math.max(...rounds.map((round) => round.bodies));
  return [
    row(title, rounds, 'whole', 'curl --parallel', '≤ 1.2'),
    {
      ...row('the same again, nothing changed', rounds, 'again', 'curl --parallel', ''),
      limit: `bodies sent: ${bodies}; 0`,
    },
  ];
}

/**
 * The same without the network's part, against the plainest program on the same HTTP client, which
 * checks nothing. Every run gets a new folder: files made where others have just been deleted cost
 * ext4 several times as much.
 */
async function benchNearGather(source: Source): Promise<BenchRow[]> {
  const ids = join(work, 'ids.json');
  writeFileSync(ids, JSON.stringify(source.ids));
  const script = join(import.meta.dirname, 'bare-fetch.mjs');
  const rounds = await paired(async (round) => {
    const folder = join(work, `near-${round}`);
    const ours = () => runGather(source, folder);
    // Each goes first in turn: what runs later finds memory the earlier one made ready.
    const early = round % 2 === 0 ? await ours() : null;
    const curl = await runCurl(source, `${folder}-curl`);
    const bare = await timed(process.execPath, [
      script,
      source.url,
      ids,
      `${folder}-bare`,
      String(CONCURRENCY),
    ]);
    const { job, whole } = early ?? (await ours());
    data = folder;
    return { curl, bare, job, whole };
  });
  const node = rounds.map((round) => ({ ...round, theirs: round.bare }));
  const curl = rounds.map((round) => ({ ...round, theirs: round.curl }));
  return [
    row('gather, no latency, its own work', node, 'job', 'bare undici, unchecked', '≤ 2000 ms'),
    row('gather, no latency, whole command', node, 'whole', 'bare undici, unchecked', ''),
    row('bare undici, unchecked', curl, 'bare', 'curl --parallel', ''),
  ];
}

function runCurl(source: Source, folder: string): Promise<number> {
  mkdirSync(folder);
  const config = join(work, 'curl.txt');
  const lines = source.ids.map(
    (id) => `url = "${source.url}/pokemon/${id}/"\noutput = "${folder}/${id}.json"\n`,
  );
  writeFileSync(config, lines.join(''));
  return timed('curl', [...CURL, '--config', config]);
}

async function runGather(source: Source, folder: string) {
  const { job, whole, report } = await timedCommand([
    'gather',
    '--source',
    source.url,
    '--data',
    folder,
  ]);
  return { job, whole, bodies: Number(report['fetched']) };
}

/** process against the bare statement that makes the same columns of the same files. */
async function benchProcess(): Promise<BenchRow[]> {
  const bare = join(import.meta.dirname, 'bare-copy.mjs');
  const rounds = await paired(async () => {
    rmSync(join(data, 'tables'), { recursive: true, force: true });
    rmSync(join(data, 'pokemon.parquet'), { force: true });
    rmSync(join(data, 'landing', 'shaped.parquet'), { force: true });
    const theirs = await timed(process.execPath, [
      bare,
      join(data, 'landing', 'pokemon'),
      join(work, 'bare.parquet'),
    ]);
    const ours = await timedCommand(['process', '--data', data]);
    return { theirs, job: ours.job, whole: ours.whole };
  });
  const against = 'bare DuckDB COPY';
  return [
    // The bare script is timed with its own start, so this is the fair row.
    row('process, whole command', rounds, 'whole', against, ''),
    row('process, its own work alone', rounds, 'job', against, ''),
  ];
}

/** Peak resident memory of a whole refresh against a Node.js process that does nothing. */
async function benchMemory(source: Source): Promise<BenchRow[]> {
  const data = join(work, 'memory');
  const ours = await peakMemory([CLI, 'refresh', '--source', source.url, '--data', data, '--json']);
  const theirs = await peakMemory(['-e', 'setTimeout(() => {}, 1000)']);
  return [
    {
      what: 'refresh, peak memory',
      ours: mb(ours),
      against: 'idle Node.js',
      theirs: mb(theirs),
      ratio: '',
      limit: `+${Math.round(ours - theirs)} MB; ≤ +300 MB`,
    },
  ];
}

/** Rounds of the same pair of measurements, after one that only warms up. */
async function paired<T>(measure: (round: number) => Promise<T>): Promise<T[]> {
  const rounds: T[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const measured = await measure(round);
    if (round > 0) rounds.push(measured);
  }
  return rounds;
}

interface Timed {
  /** The command's own time, as its report tells it; milliseconds. */
  job: number;
  /** That of the whole process. */
  whole: number;
  report: Record<string, unknown>;
}

async function timedCommand(args: readonly string[]): Promise<Timed> {
  const started = performance.now();
  const { code, stdout, stderr } = await runCli([...args, '--json']);
  const whole = performance.now() - started;
  if (code !== 0) throw new Error(`${args[0]} ended with code ${code}: ${stdout}${stderr}`);
  const report = JSON.parse(stdout) as Record<string, unknown>;
  return { job: Number(report['duration_ms']), whole, report };
}

function timed(program: string, args: readonly string[]): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(performance.now() - started);
      else reject(new Error(`${program} ended with code ${code}`));
    });
  });
}

/** Sampled until the process ends; megabytes. */
function peakMemory(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    let peak = 0;
    const timer = setInterval(() => {
      peak = Math.max(peak, highWaterMark(child.pid ?? 0));
    }, 5);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code === 0) resolve(peak);
      else reject(new Error(`node ended with code ${code}`));
    });
  });
}

function mb(value: number): string {
  return `${value.toFixed(0)} MB`;
}

function row<Key extends string>(
  what: string,
  rounds: readonly Record<Key | 'theirs', number>[],
  ours: Key,
  against: string,
  limit: string,
): BenchRow {
  return {
    what,
    ours: ms(median(rounds.map((round) => round[ours]))),
    against,
    theirs: ms(median(rounds.map((round) => round.theirs))),
    ratio: median(rounds.map((round) => round[ours] / round.theirs)).toFixed(2),
    limit,
  };
}
