import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { gather, type GatherOptions } from '../../src/main/pipeline/gather';
import type { GatherProgress, GatherReport } from '../../src/preload/contract/reports';
import { type Fault, PokeapiServer, type ServedDocument } from './pokeapi-server';
import type { ServerIdentity } from './certificates';
import type { AtTestEnd } from './temporary-folder';

export interface GatherExtras extends Partial<GatherOptions> {
  signal?: AbortSignal;
  onProgress?: (progress: GatherProgress) => void;
}

/** As many retries as the product makes, without its waits. */
export const QUICK_RETRIES = { retries: 5, timeoutRetries: 2, baseMs: 2, capMs: 10 };

/** Gathers `source` into the folder `data`, with quick retries unless `extras` say otherwise. */
export function gatherInto(
  data: string,
  source: PokeapiServer | string,
  { signal, onProgress, ...extras }: GatherExtras = {},
): Promise<GatherReport> {
  const options: GatherOptions = {
    data,
    source: typeof source === 'string' ? source : source.url,
    concurrency: 8,
    force: false,
    allowMissing: false,
    snapshot: join(data, 'no-snapshot'),
    retryPolicy: QUICK_RETRIES,
    ...extras,
  };
  return gather(options, {
    report: onProgress ?? (() => {}),
    signal: signal ?? new AbortController().signal,
  });
}

/** A server that goes away with the test. */
export async function serve(
  documents: ServedDocument[],
  atEnd: AtTestEnd = onTestFinished,
  port = 0,
): Promise<PokeapiServer> {
  return listening(new PokeapiServer(documents), atEnd, port);
}

/** The same over TLS. */
export async function serveSecurely(
  documents: ServedDocument[],
  identity: ServerIdentity,
): Promise<PokeapiServer> {
  return listening(new PokeapiServer(documents, identity), onTestFinished);
}

async function listening(
  server: PokeapiServer,
  atEnd: AtTestEnd,
  port = 0,
): Promise<PokeapiServer> {
  await server.listen(port);
  atEnd(() => server.close());
  return server;
}

/** Puts `fault` on the server and returns the path of every request from now on. */
export function observe(server: PokeapiServer, fault: Fault = () => false): string[] {
  const paths: string[] = [];
  server.clearLog();
  server.fault = (path, exchange) => {
    paths.push(path);
    return fault(path, exchange);
  };
  return paths;
}

/** File name → content of every landed document. */
export async function landedFiles(data: string): Promise<Map<string, string>> {
  const folder = join(data, 'landing', 'pokemon');
  const names = (await readdir(folder)).sort();
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'latin1')] as const),
  );
  return new Map(files);
}

/** What `landedFiles` has to be after these documents, and no others, have landed. */
export function asLanded(documents: readonly ServedDocument[]): Map<string, string> {
  const files = documents.map(({ id, body }) => [`${id}.json`, body.toString('latin1')] as const);
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The manifest's lines, as any other program would read them. */
export async function manifestLines(data: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(data, 'landing', 'manifest.ndjson'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Every file and folder below `folder`, as relative paths. */
export async function everythingBelow(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).sort();
}

/** What a gather left half-way: bodies written aside that never took their place. */
export async function halfLanded(data: string): Promise<string[]> {
  return everythingBelow(join(data, 'landing', 'incoming'));
}

/** The numbers of the documents among requested paths, each once. */
export function askedIds(paths: readonly string[]): number[] {
  const ids = paths.map((path) => Number(/\/pokemon\/(\d+)\/$/.exec(path)?.[1] ?? '0'));
  return [...new Set(ids.filter((id) => id > 0))].sort((a, b) => a - b);
}
