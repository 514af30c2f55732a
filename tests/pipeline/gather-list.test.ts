import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/preload/contract/errors';
import { served, servedMany } from '../helpers/documents';
import { documentPath, faultOnList, isListPath, sending, status } from '../helpers/faults';
import {
  asLanded,
  askedIds,
  gatherInto,
  landedFiles,
  manifestLines,
  observe,
  serve,
} from '../helpers/gather-into';
import { PokeapiServer, type Fault } from '../helpers/pokeapi-server';
import { temporaryFolder } from '../helpers/temporary-folder';

async function failure(run: Promise<unknown>): Promise<AppError> {
  const error: unknown = await run.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw error;
  expect(error.hint).toMatch(/\w/);
  return error;
}

/** Serves pages as given, by offset; documents as usual. */
function pages(page: (offset: number, attempt: number) => unknown): Fault {
  return (path, { response, attempt }) => {
    if (!isListPath(path)) return false;
    const offset = Number(new URL(path, 'http://list').searchParams.get('offset') ?? '0');
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(page(offset, attempt)));
    return true;
  };
}

const entry = (server: PokeapiServer, id: number, name = `mon-${id}`) => ({
  name,
  url: `${server.url}/pokemon/${id}/`,
});
const next = (server: PokeapiServer, offset: number) =>
  `${server.url}/pokemon?offset=${offset}&limit=4`;

describe('a sound list', () => {
  test.each([1, 3, 4, 7, 100])('is followed to its end in pages of %i', async (pageSize) => {
    const data = await temporaryFolder();
    const documents = servedMany(12);
    const server = await serve(documents);
    server.pageSize = pageSize;
    const paths = observe(server);
    expect(await gatherInto(data, server)).toMatchObject({ listed: 12, fetched: 12, failed: [] });
    expect(paths.filter(isListPath)).toHaveLength(Math.ceil(12 / pageSize));
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('may name pages and documents by relative URLs', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(3);
    const server = await serve(documents);
    observe(
      server,
      pages((offset) => ({
        count: 3,
        next: offset === 0 ? '?offset=2&limit=2' : null,
        previous: null,
        results: documents
          .slice(offset, offset + 2)
          .map(({ id, name }) => ({ name, url: `/api/v2/pokemon/${id}/` })),
      })),
    );
    expect(await gatherInto(data, server)).toMatchObject({ listed: 3, fetched: 3, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('is had again where its pages fail and heal', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(10));
    server.pageSize = 4;
    const paths = observe(server, faultOnList(status(502), 3));
    const report = await gatherInto(data, server);
    expect(report).toMatchObject({ listed: 10, fetched: 10, retries: 9, failed: [] });
    expect(paths.filter(isListPath)).toHaveLength(12);
  });
});

test('a list whose pages are named again each time does not fill the disk', async () => {
  const data = await temporaryFolder();
  const documents = servedMany(3);
  const server = await serve(documents);
  let run = 0;
  observe(
    server,
    pages((offset) => ({
      count: 3,
      next: offset === 2 ? null : `?offset=${offset + 1}&run=${run}`,
      results: [entry(server, offset + 1)],
    })),
  );
  const sizes = new Set<number>();
  for (; run < 4; run += 1) {
    await gatherInto(data, server);
    sizes.add((await stat(join(data, 'landing', 'list.json'))).size);
  }
  expect(sizes.size).toBe(1);
});

describe('a list that changes while it is read', () => {
  test('and shrinks between pages loses no document that is still on it', async () => {
    const data = await temporaryFolder();
    const all = servedMany(12);
    const server = await serve(all);
    server.pageSize = 4;
    observe(server, (path) => {
      // The first document leaves before page two is read: the fifth moves up to page one.
      if (path.includes('offset=4&')) server.documents = all.slice(1);
      return false;
    });
    expect(await gatherInto(data, server)).toMatchObject({ listed: 11, fetched: 11, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(all.slice(1)));
  });

  test('and grows between pages has the new documents too', async () => {
    const data = await temporaryFolder();
    const all = servedMany(12);
    const server = await serve(all.slice(2));
    server.pageSize = 4;
    observe(server, (path) => {
      if (path.includes('offset=8&')) server.documents = all;
      return false;
    });
    expect(await gatherInto(data, server)).toMatchObject({ listed: 12, fetched: 12, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(all));
  });

  test('and never comes to rest is refused, and nothing is lost', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(12));
    await gatherInto(data, server);
    server.pageSize = 4;
    let added = 12;
    observe(server, (path) => {
      added += 1;
      if (isListPath(path)) server.documents = [served({ id: added }), ...server.documents];
      return false;
    });
    const error = await failure(gatherInto(data, server));
    expect(error).toMatchObject({ code: 'list-invalid', message: /kept changing/ });
    expect(await landedFiles(data)).toEqual(asLanded(servedMany(12)));
    expect(await manifestLines(data)).toHaveLength(12);
  });
});

describe('an odd list', () => {
  test('with duplicates is merged: one document, one request', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(4);
    const server = await serve(documents);
    server.entries = () => [1, 2, 2, 3, 1, 4].map((id) => entry(server, id));
    server.pageSize = 4;
    const paths = observe(server);
    expect(await gatherInto(data, server)).toMatchObject({ listed: 4, fetched: 4, failed: [] });
    for (const { id } of documents) {
      expect(paths.filter((path) => path === documentPath(id))).toHaveLength(1);
    }
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('with one number for two documents lands the first and names the second', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(2));
    server.entries = () => [
      entry(server, 1),
      { name: 'other-1', url: `${server.url}/pokemon-form/1/` },
      // The same document once more.
      { name: 'mon-1', url: `${server.url}/pokemon/1` },
      entry(server, 2),
    ];
    const paths = observe(server);
    const report = await gatherInto(data, server);
    expect(report).toMatchObject({ listed: 3, fetched: 2 });
    expect(report.failed).toMatchObject([
      {
        name: 'other-1',
        reason: `its list entry has the number 1, as mon-1 has at ${server.url}/pokemon/1/`,
      },
    ]);
    expect(askedIds(paths)).toEqual([1, 2]);
  });

  test('with entries of another origin, another scheme or no number asks for none of them', async () => {
    const data = await temporaryFolder();
    const other = await serve(servedMany(9));
    const asked = observe(other);
    const server = await serve(servedMany(9));
    const strange: [name: string, url: string, reason: string][] = [
      ['other', `${other.url}/pokemon/2/`, `another origin, http://${new URL(other.url).host}`],
      ['scheme', `https://${new URL(server.url).host}/api/v2/pokemon/3/`, 'another origin, https:'],
      ['protocol-relative', `//${new URL(other.url).host}/pokemon/4/`, 'another origin, http:'],
      ['localhost', server.url.replace('127.0.0.1', 'localhost') + '/pokemon/5/', 'localhost'],
      ['file', 'file:///etc/passwd/6/', 'another origin, file:'],
      ['data', 'data:application/json,{"id":7}/7/', 'another origin, data:'],
      ['blob', `blob:${server.origin}/pokemon/8/`, 'another origin, blob:'],
      ['script', 'javascript:alert(1)//9/', 'another origin, javascript:'],
      ['no-number', `${server.url}/pokemon/pikachu/`, 'no number'],
      ['zero', `${server.url}/pokemon/0/`, 'no number'],
      ['negative', `${server.url}/pokemon/-1/`, 'no number'],
      ['huge', `${server.url}/pokemon/99999999999/`, 'no number'],
      ['query', `${server.url}/pokemon?id=/9/`, 'no number'],
      ['unparsable', 'http://[', 'no usable URL'],
      ['empty', '', 'no number'],
    ];
    server.entries = () => [
      entry(server, 1),
      ...strange.map(([name, url]) => ({ name, url })),
      // What the path says is the same origin's, however it looks.
      { name: 'mon-2', url: `${server.origin}//api/../api/v2/pokemon/2/` },
    ];
    const paths = observe(server);
    const report = await gatherInto(data, server);
    expect(report).toMatchObject({ listed: strange.length + 2, fetched: 1 });
    const [first, ...refused] = report.failed;
    expect(first).toMatchObject({ id: 2, name: 'mon-2', reason: 'answered 404' });
    expect(refused).toEqual(
      strange.map(([name, url, reason]) => ({
        name,
        url,
        landed_before: false,
        reason: expect.stringContaining(reason) as string,
      })),
    );
    expect(asked).toEqual([]);
    expect(paths.filter((path) => !isListPath(path))).toEqual([
      '/api/v2/pokemon/1/',
      '//api/v2/pokemon/2/',
      '//api/v2/pokemon/2',
    ]);
    expect(await landedFiles(data)).toEqual(asLanded(servedMany(1)));
  });

  test('that refuses an entry deletes nothing, since the gather is incomplete', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(3));
    await gatherInto(data, server);
    server.entries = () => [entry(server, 1), { name: 'gone', url: 'file:///etc/passwd' }];
    const report = await gatherInto(data, server);
    expect(report).toMatchObject({ listed: 2, removed: 0, failed: [{ name: 'gone' }] });
    expect(await landedFiles(data)).toEqual(asLanded(servedMany(3)));
  });
});

describe('a list that cannot be right is refused and nothing is lost', () => {
  interface ListCase {
    name: string;
    fault: (server: PokeapiServer, other: PokeapiServer) => Fault;
    code: string;
    message: RegExp;
    /** Requests of list pages at most. */
    atMost: number;
  }

  const page = (server: PokeapiServer, results: unknown[], rest: object = {}) => ({
    count: results.length,
    next: null,
    previous: null,
    results,
    ...rest,
  });

  const CASES: ListCase[] = [
    {
      name: 'one whose pages go round',
      fault: (server) =>
        pages((offset) => ({
          count: 12,
          next: next(server, offset === 0 ? 4 : 0),
          results: [1, 2].map((at) => entry(server, offset + at)),
        })),
      code: 'list-invalid',
      message: /goes round in a loop/,
      atMost: 12,
    },
    {
      name: 'one whose page names itself as the next',
      fault: (server) =>
        pages((offset) => ({
          count: 12,
          next: `${server.url}/pokemon?limit=500&offset=${offset}`,
          results: [entry(server, 1)],
        })),
      code: 'list-invalid',
      message: /goes round in a loop/,
      atMost: 4,
    },
    {
      name: 'one that never ends',
      fault: (server) =>
        pages((offset) => ({
          count: 12,
          next: next(server, offset + 1),
          results: [entry(server, 1)],
        })),
      code: 'list-invalid',
      message: /does not end/,
      atMost: 2001,
    },
    {
      name: 'one that counts more than it names',
      fault: (server) =>
        pages(() => page(server, [entry(server, 1), entry(server, 2)], { count: 12 })),
      code: 'list-invalid',
      message: /counts 12 Pokémon but names only 2/,
      atMost: 4,
    },
    {
      name: 'an empty one',
      fault: (server) => pages(() => page(server, [])),
      code: 'list-invalid',
      message: /lists no Pokémon/,
      atMost: 1,
    },
    {
      name: 'one that goes on at another origin',
      fault: (server, other) =>
        pages(() => page(server, [entry(server, 1)], { count: 12, next: next(other, 4) })),
      code: 'list-invalid',
      message: /goes on at another origin/,
      atMost: 1,
    },
    {
      name: 'one that goes on in a file',
      fault: (server) =>
        pages(() => page(server, [entry(server, 1)], { count: 12, next: 'file:///etc/passwd' })),
      code: 'list-invalid',
      message: /goes on at another origin/,
      atMost: 1,
    },
    {
      name: 'one without a count',
      fault: (server) => pages(() => page(server, [entry(server, 1)], { count: undefined })),
      code: 'source-unreachable',
      message: /not a PokéAPI list \(count/,
      atMost: 1,
    },
    {
      name: 'one whose entry has no name',
      fault: (server) => pages(() => page(server, [{ url: `${server.url}/pokemon/1/` }])),
      code: 'source-unreachable',
      message: /not a PokéAPI list \(results\.0\.name/,
      atMost: 1,
    },
    {
      name: 'one whose results are not an array',
      fault: (server) => pages(() => page(server, [], { results: { 0: entry(server, 1) } })),
      code: 'source-unreachable',
      message: /not a PokéAPI list \(results/,
      atMost: 1,
    },
    {
      name: 'HTML',
      fault: () => faultOnList(sending('<!doctype html>')),
      code: 'source-unreachable',
      message: /a web page instead of JSON \(after 5 retries\)/,
      atMost: 6,
    },
    {
      name: 'truncated JSON',
      fault: () => faultOnList(sending('{"count": 12, "next": null, "results": [')),
      code: 'source-unreachable',
      message: /not JSON \(after 5 retries\)/,
      atMost: 6,
    },
    {
      name: 'a list page that is missing',
      fault: () => faultOnList(status(404)),
      code: 'source-unreachable',
      message: /it answered 404\.$/,
      atMost: 1,
    },
    {
      name: 'a list page that keeps failing',
      fault: () => faultOnList(status(500)),
      code: 'source-unreachable',
      message: /it answered 500 \(after 5 retries\)\.$/,
      atMost: 6,
    },
    {
      name: 'a list page far too busy',
      fault: () => faultOnList(status(429, { 'retry-after': '86400' })),
      code: 'source-unreachable',
      message: /answered 429 and asks for a pause of 24 hours/,
      atMost: 1,
    },
    {
      name: 'a list page unchanged though we asked for it whole',
      fault: () => faultOnList(status(304)),
      code: 'source-unreachable',
      message: /it answered 304\.$/,
      atMost: 1,
    },
  ];

  test.each(CASES)('$name', async ({ fault, code, message, atMost }) => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(12));
    const other = await serve(servedMany(12));
    const asked = observe(other);
    await gatherInto(data, server);
    const lines = await manifestLines(data);

    const paths = observe(server, fault(server, other));
    const error = await failure(gatherInto(data, server, { force: true }));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(paths.filter(isListPath).length).toBeLessThanOrEqual(atMost);
    expect(askedIds(paths)).toEqual([]);
    expect(asked).toEqual([]);
    expect(await landedFiles(data)).toEqual(asLanded(servedMany(12)));
    expect(await manifestLines(data)).toEqual(lines);

    observe(server);
    expect(await gatherInto(data, server)).toMatchObject({ listed: 12, failed: [], removed: 0 });
    expect(await landedFiles(data)).toEqual(asLanded(servedMany(12)));
  });
});
