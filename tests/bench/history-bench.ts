import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataPaths } from '../../src/main/base/data-folder';
import { Database } from '../../src/main/base/duckdb';
import { tellChanges } from '../../src/main/warehouse/read-changes';
import { readHistory } from '../../src/main/warehouse/read-history';
import { highWaterMark } from '../helpers/high-water-mark';
import { processInto } from '../helpers/land-documents';
import { runCli } from '../helpers/run-cli';
import { serveReadyApp } from '../helpers/served-app';
import { type BenchRow, benchTable, median, ms } from './bench-table';
import { makeVersions } from './many-versions';

/**
 * What a data folder of many versions costs against one of few, and what a commit of few changes costs
 * against one of many: medians of rounds in which each takes its turn.
 */
const ROUNDS = Number(process.env['POKEDEX_BENCH_ROUNDS'] ?? '5');
const FEW = 5;
const MANY = (process.env['POKEDEX_BENCH_VERSIONS'] ?? '200,2000').split(',').map(Number);
/** Where folders of many versions stay and are used again: making 2,000 takes minutes. */
const KEPT = process.env['POKEDEX_BENCH_KEPT'];
const CHANGED = [0, 10, 100, 1351];

const mb = (value: number) => `${value.toFixed(0)} MB`;
const TOLD = {
  history: { title: '`history`', unit: ms },
  list: { title: 'the versions alone, in a running process', unit: ms },
  changes: { title: '`changes --from` the last', unit: ms },
  tell: { title: 'the same told by the tables, in a running process', unit: ms },
  nothing: { title: '`process`, nothing new', unit: ms },
  ten: { title: '`process`, 10 documents changed', unit: ms },
  start: { title: '`serve` until its page is answered', unit: ms },
  memory: { title: '`serve`, peak memory of its process', unit: mb },
};

const work = mkdtempSync(join(tmpdir(), 'pokedex-history-bench-'));
try {
  await benchVersions();
  await benchCommits();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function benchVersions(): Promise<void> {
  const folders = new Map<number, string>();
  for (const versions of [FEW, ...MANY]) {
    const data = join(KEPT ?? work, `of-${versions}`);
    if (!existsSync(data)) await makeVersions(data, versions);
    folders.set(versions, data);
  }
  const found = new Map<string, number[]>();
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [versions, data] of folders) {
      for (const [what, value] of Object.entries(await costsOf(data, round))) {
        const key = `${what} ${versions}`;
        if (round > 0) found.set(key, [...(found.get(key) ?? []), value]);
      }
    }
  }
  const middle = (what: string, versions: number) => median(found.get(`${what} ${versions}`) ?? []);
  const rows = Object.entries(TOLD).flatMap(([what, { title, unit }]) =>
    MANY.map((versions): BenchRow => {
      const [ours, theirs] = [middle(what, versions), middle(what, FEW)];
      return {
        what: `${title}, ${versions} versions`,
        ours: unit(ours),
        against: `${FEW} versions`,
        theirs: unit(theirs),
        ratio: (ours / theirs).toFixed(2),
        limit: '',
      };
    }),
  );
  const title = `Many versions of 649 Pokémon, medians of ${ROUNDS} rounds`;
  process.stdout.write(benchTable(title, rows));
}

async function costsOf(data: string, round: number): Promise<Record<keyof typeof TOLD, number>> {
  const paths = dataPaths(data);
  const [newest] = await readHistory(paths);
  const version = newest?.version ?? 0;
  const timed = async (act: () => Promise<unknown>) => {
    const started = performance.now();
    await act();
    return performance.now() - started;
  };
  const command = (...args: string[]) => timed(() => succeed([...args, '--data', data, '--json']));
  const nothing = await command('process');
  const history = await command('history');
  const changes = await command('changes', '--from', String(version));
  const list = await timed(() => readHistory(paths));
  renameSync(paths.changes, `${paths.changes}-aside`);
  const tell = await timed(() => tellLast(data, version));
  renameSync(`${paths.changes}-aside`, paths.changes);
  const ends: (() => unknown)[] = [];
  let pid = 0;
  const start = await timed(async () => {
    ({ pid } = await serveReadyApp(data, (end) => void ends.push(end)));
  });
  const memory = highWaterMark(pid);
  for (const end of ends.reverse()) await end();
  changeDocuments(data, 10, round);
  const ten = await command('process');
  return { nothing, history, changes, list, tell, start, memory, ten };
}

async function tellLast(data: string, version: number): Promise<void> {
  const database = await Database.open();
  try {
    await tellChanges(database, dataPaths(data), { from: version, to: version });
  } finally {
    database.close();
  }
}

async function succeed(args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runCli(args);
  if (code !== 0) throw new Error(`${args[0]} ended with code ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** Gives so many landed documents another weight. */
function changeDocuments(data: string, count: number, by: number): void {
  const { documents } = dataPaths(data);
  for (const name of readdirSync(documents).slice(0, count)) {
    const path = join(documents, name);
    const document = JSON.parse(readFileSync(path, 'utf8')) as { weight: number };
    writeFileSync(path, JSON.stringify({ ...document, weight: document.weight + by + 1 }));
  }
}

/** What a process of so many changed documents, of all games, takes, reads and writes. */
async function benchCommits(): Promise<void> {
  const data = join(work, 'commits');
  await succeed(['refresh', '--source', 'bundled', '--games', 'all', '--data', data, '--json']);
  const found = new Map(CHANGED.map((count) => [count, [] as Cost[]]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [count, costs] of found) {
      changeDocuments(data, count, round);
      const cost = await processCost(data);
      if (round > 0) costs.push(cost);
    }
  }
  const lines = [...found].map(([count, costs]) => {
    const of = (part: keyof Cost) => median(costs.map((cost) => cost[part]));
    const kb = (part: keyof Cost) => `${(of(part) / 1000).toFixed(0)} kB`;
    return `| ${count} | ${ms(of('time'))} | ${ms(of('cpu'))} | ${kb('read')} | ${kb('written')} | ${kb('tables')} |`;
  });
  process.stdout.write(
    [
      `A process of changed documents among 1,351, medians of ${ROUNDS} rounds`,
      '',
      '| changed | time | of processors | bytes read | bytes written | of these to the tables and files of changes |',
      '| --- | --- | --- | --- | --- | --- |',
      ...lines,
      '',
    ].join('\n'),
  );
}

interface Cost {
  time: number;
  /** Time of processors, which other work on the machine hardly changes. */
  cpu: number;
  read: number;
  written: number;
  tables: number;
}

/** In a process of this one's threads, as /proc counts what it reads and writes. */
async function processCost(data: string): Promise<Cost> {
  const before = new Set(filesOf(data));
  const [read, written] = bytesSoFar();
  const started = performance.now();
  const cpuBefore = process.cpuUsage();
  await processInto(data, { games: 'all' });
  const time = performance.now() - started;
  const { user, system } = process.cpuUsage(cpuBefore);
  const [readNow, writtenNow] = bytesSoFar();
  const tables = filesOf(data)
    .filter((file) => !before.has(file))
    .reduce((sum, file) => sum + readFileSync(file).length, 0);
  return {
    time,
    cpu: (user + system) / 1000,
    read: readNow - read,
    written: writtenNow - written,
    tables,
  };
}

function filesOf(data: string): string[] {
  const { tables, changes } = dataPaths(data);
  return [tables, changes].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
}

function bytesSoFar(): [read: number, written: number] {
  const io = readFileSync('/proc/self/io', 'utf8');
  const count = (name: string) => Number(new RegExp(`${name}: (\\d+)`).exec(io)?.[1] ?? 'NaN');
  return [count('rchar'), count('wchar')];
}
