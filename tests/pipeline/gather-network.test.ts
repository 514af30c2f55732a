import { createServer, type AddressInfo, type Server } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../src/preload/contract/errors';
import type { GatherProgress } from '../../src/preload/contract/reports';
import { servedMany } from '../helpers/documents';
import { documentPath, faultOn, isListPath, status } from '../helpers/faults';
import {
  asLanded,
  askedIds,
  gatherInto,
  landedFiles,
  observe,
  QUICK_RETRIES,
  serve,
} from '../helpers/gather-into';
import type { Fault } from '../helpers/pokeapi-server';
import { temporaryFolder } from '../helpers/temporary-folder';

async function failure(run: Promise<unknown>): Promise<AppError> {
  const error: unknown = await run.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw error;
  return error;
}

/** A raw TCP server; returns its port. */
async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}

describe('Retry-After', () => {
  /** When requests came in, by the monotonic clock; document 2 is refused once. */
  function timed(refusal: (now: Date) => Record<string, string>, code: number) {
    const times: number[] = [];
    let refused = -1;
    const fault: Fault = (path, exchange) => {
      times.push(performance.now());
      if (path !== documentPath(2) || exchange.attempt > 1) return false;
      refused = times.length - 1;
      status(code, refusal(new Date()))(exchange, Buffer.alloc(0));
      return true;
    };
    /** The wait between the refusal and the next request to the source. */
    const wait = () => (times[refused + 1] ?? Infinity) - (times[refused] ?? 0);
    return { fault, wait };
  }

  test.each([429, 503])('in seconds holds the whole source off after a %i', async (code) => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(6));
    const { fault, wait } = timed(() => ({ 'retry-after': '1' }), code);
    observe(server, fault);
    const progress: GatherProgress[] = [];
    const before = Date.now();
    const report = await gatherInto(data, server, {
      concurrency: 1,
      onProgress: (at) => progress.push(at),
    });
    expect(report).toMatchObject({ fetched: 6, retries: 1, failed: [] });
    // Timers may be a millisecond or two early.
    expect(wait()).toBeGreaterThan(995);
    const until = progress.find(({ paused_until }) => paused_until !== null)?.paused_until ?? 0;
    expect(until).toBeGreaterThan(before + 900);
    expect(progress.at(-1)).toMatchObject({ done: 6, paused_until: null });
  });

  test('as a date is waited for, by the clock of the source', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(3));
    // This source's clock is a year behind ours; its date is two of its seconds away.
    const { fault, wait } = timed((now) => {
      const theirs = now.getTime() - 365 * 24 * 3600 * 1000;
      return {
        date: new Date(theirs).toUTCString(),
        'retry-after': new Date(theirs + 2000).toUTCString(),
      };
    }, 429);
    observe(server, fault);
    const report = await gatherInto(data, server, { concurrency: 1 });
    expect(report).toMatchObject({ fetched: 3, retries: 1, failed: [] });
    // Both dates are cut to whole seconds.
    expect(wait()).toBeGreaterThan(1995);
  });

  test.each(['0', 'Thu, 01 Jan 1970 00:00:00 GMT', 'soon', '', '-5'])(
    'of “%s” means no wait',
    async (value) => {
      const data = await temporaryFolder();
      const server = await serve(servedMany(3));
      observe(server, timed(() => ({ 'retry-after': value }), 503).fault);
      expect(await gatherInto(data, server)).toMatchObject({ fetched: 3, failed: [] });
    },
  );

  test.each([
    ['a day', () => '86400', '24 hours'],
    ['an age', () => '99999999999999999999', 'more than a year'],
    ['a month', () => '2592000', '30 days'],
    ['a date in three hours', () => new Date(Date.now() + 10_800_000).toUTCString(), '3 hours'],
  ])('of %s is far too long: that document is given up at once', async (_name, value, told) => {
    const data = await temporaryFolder();
    const documents = servedMany(3);
    const server = await serve(documents);
    const paths = observe(
      server,
      faultOn(2, status(429, { 'retry-after': value() }), Buffer.alloc(0)),
    );
    const report = await gatherInto(data, server);
    expect(report.failed).toMatchObject([
      {
        id: 2,
        name: 'mon-2',
        reason: expect.stringMatching(
          `^answered 429 and asks for a pause of .*${told}, too long to wait$`,
        ) as string,
      },
    ]);
    expect(paths.filter((path) => path === documentPath(2))).toHaveLength(1);
    expect([...(await landedFiles(data)).keys()]).toEqual(['1.json', '3.json']);
  });

  test('far too long for everything ends the asking: PokéAPI bans abusers', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(100));
    const paths = observe(server, (path, exchange) => {
      if (isListPath(path)) return false;
      status(429, { 'retry-after': '86400' })(exchange, Buffer.alloc(0));
      return true;
    });
    const report = await gatherInto(data, server, { concurrency: 4 });
    expect(report.failed).toHaveLength(100);
    // Three refusals are enough; some were on their way already.
    expect(askedIds(paths).length).toBeLessThanOrEqual(3 + 4);
    expect([...new Set(report.failed.map(({ reason }) => reason))]).toEqual([
      'answered 429 and asks for a pause of 24 hours, too long to wait',
      'was not asked for: the source wants to be left alone for 24 hours',
    ]);
  });
});

describe('redirects', () => {
  const redirect =
    (from: string, location: string, code = 302): Fault =>
    (path, { response }) => {
      if (path !== from) return false;
      response.writeHead(code, { location }).end('moved');
      return true;
    };

  test.each([301, 302, 303, 307, 308])(
    'of status %i within the origin are followed',
    async (code) => {
      const data = await temporaryFolder();
      const documents = servedMany(3);
      const server = await serve(documents);
      const paths = observe(server, redirect(documentPath(2), '../2', code));
      expect(await gatherInto(data, server)).toMatchObject({ fetched: 3, failed: [] });
      expect(paths).toContain('/api/v2/pokemon/2');
      expect(await landedFiles(data)).toEqual(asLanded(documents));
    },
  );

  test('of the list within the origin are followed', async () => {
    const data = await temporaryFolder();
    const documents = servedMany(3);
    const server = await serve(documents);
    observe(
      server,
      redirect('/api/v2/pokemon?limit=500&offset=0', '/api/v2/pokemon?limit=99&offset=0'),
    );
    expect(await gatherInto(data, server)).toMatchObject({ listed: 3, fetched: 3, failed: [] });
  });

  test.each([
    ['to itself', () => documentPath(2), 'was redirected in a loop', 1],
    [
      'to ever new places',
      (hop: number) => `${documentPath(2)}?hop=${hop}`,
      'was redirected more than 5 times',
      6,
    ],
  ])('that go round or on, %s, end', async (_name, location, reason, asked) => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(3));
    let hop = 0;
    observe(server, (path, { response }) => {
      if (!path.startsWith(documentPath(2))) return false;
      hop += 1;
      response.writeHead(302, { location: location(hop) }).end();
      return true;
    });
    const report = await gatherInto(data, server);
    expect(report.failed).toMatchObject([{ id: 2, name: 'mon-2', reason }]);
    expect(hop).toBe(asked);
  });

  test('to another origin are never followed: it gets no request', async () => {
    const data = await temporaryFolder();
    const other = await serve(servedMany(9));
    const asked = observe(other);
    const server = await serve(servedMany(9));
    const { host, port } = new URL(server.origin);
    const places: Record<string, string> = {
      [documentPath(1)]: `${other.url}/pokemon/1/`,
      [documentPath(2)]: `//${new URL(other.origin).host}/api/v2/pokemon/2/`,
      [documentPath(3)]: `https://${host}/api/v2/pokemon/3/`,
      [documentPath(4)]: `http://localhost:${port}/api/v2/pokemon/4/`,
      [documentPath(5)]: 'file:///etc/passwd',
      [documentPath(6)]: `blob:${server.origin}/api/v2/pokemon/6/`,
      [documentPath(7)]: 'data:application/json,{}',
      [documentPath(8)]: `\\\\${new URL(other.origin).host}\\api\\v2\\pokemon\\8/`,
    };
    const paths = observe(server, (path, { response }) => {
      const location = places[path];
      if (location === undefined) return false;
      response.writeHead(302, { location }).end();
      return true;
    });
    const report = await gatherInto(data, server);
    expect(report.fetched).toBe(1);
    expect(report.failed).toHaveLength(8);
    for (const { reason } of report.failed) expect(reason).toMatch(/redirected to another origin/);
    expect(asked).toEqual([]);
    expect(paths).toHaveLength(10);
    expect([...(await landedFiles(data)).keys()]).toEqual(['9.json']);
  });

  test('of the list to another origin end the gather: it gets no request', async () => {
    const data = await temporaryFolder();
    const other = await serve(servedMany(2));
    const asked = observe(other);
    const server = await serve(servedMany(2));
    observe(
      server,
      redirect('/api/v2/pokemon?limit=500&offset=0', `${other.url}/pokemon?limit=500&offset=0`),
    );
    const error = await failure(gatherInto(data, server));
    expect(error).toMatchObject({ code: 'source-unreachable' });
    expect(error.message).toContain(`redirected to another origin, ${other.origin}`);
    expect(asked).toEqual([]);
  });
});

describe('a source that cannot be had', () => {
  const landedBefore = async () => {
    const data = await temporaryFolder();
    await gatherInto(data, await serve(servedMany(3)));
    return data;
  };

  test('because it refuses connections ends cleanly', async () => {
    const data = await landedBefore();
    const closed = createServer();
    const port = await listening(closed);
    await new Promise((resolve) => closed.close(resolve));
    const error = await failure(gatherInto(data, `http://127.0.0.1:${port}/api/v2`));
    expect(error.code).toBe('source-unreachable');
    expect(error.message).toMatch(/it refused the connection \(after 5 retries\)\.$/);
    expect(error.hint).toMatch(/run it again/);
    expect(await landedFiles(data)).toEqual(asLanded(servedMany(3)));
  });

  test('because it drops every connection ends cleanly', async () => {
    const data = await landedBefore();
    let connections = 0;
    const dropping = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    const port = await listening(dropping);
    const error = await failure(gatherInto(data, `http://127.0.0.1:${port}/api/v2`));
    expect(error.code).toBe('source-unreachable');
    expect(error.message).toMatch(/it closed the connection too early \(after 5 retries\)\.$/);
    expect(connections).toBe(6);
    expect(await landedFiles(data)).toEqual(asLanded(servedMany(3)));
  });

  test('because it accepts and never says a word ends cleanly', async () => {
    const data = await landedBefore();
    const silent = createServer((socket) => {
      onTestFinished(() => void socket.destroy());
      socket.on('error', () => {});
    });
    const port = await listening(silent);
    const error = await failure(
      gatherInto(data, `http://127.0.0.1:${port}/api/v2`, { limits: { headersMs: 200 } }),
    );
    expect(error.code).toBe('source-unreachable');
    expect(error.message).toMatch(/it sent no answer in time \(after 2 retries\)\.$/);
  });

  test('because its name is not found ends cleanly', async () => {
    const data = await landedBefore();
    // RFC 6761 §6.4: names under .invalid never exist.
    const error = await failure(
      gatherInto(data, 'http://nonexistent.invalid/api/v2', {
        retryPolicy: { ...QUICK_RETRIES, retries: 1 },
      }),
    );
    expect(error.code).toBe('source-unreachable');
    expect(error.message).toMatch(/it has a host name that was not found \(after 1 retry\)\.$/);
    expect(await landedFiles(data)).toEqual(asLanded(servedMany(3)));
  });

  test('because it speaks no TLS ends cleanly', async () => {
    const data = await landedBefore();
    const server = await serve(servedMany(1));
    const error = await failure(gatherInto(data, `https://${new URL(server.origin).host}/api/v2`));
    expect(error.code).toBe('source-unreachable');
  });

  test.each([
    'ftp://127.0.0.1/api/v2',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'pokeapi.co/api/v2',
    '',
    'http://',
    'Bundled',
    'http://ash:pikachu@127.0.0.1/api/v2',
    'http://127.0.0.1/api/v2?key=pikachu',
    'http://127.0.0.1/api/v2#pikachu',
  ])('because “%s” is not a source is told as such', async (source) => {
    const data = await landedBefore();
    const error = await failure(gatherInto(data, source));
    expect(error.code).toBe('bad-source');
    expect(error.message).not.toContain('pikachu');
    expect(await landedFiles(data)).toEqual(asLanded(servedMany(3)));
  });

  test('because every document’s connection is dropped names them all', async () => {
    const data = await temporaryFolder();
    const server = await serve(servedMany(12));
    observe(server, (path, { socket }) => {
      if (isListPath(path)) return false;
      socket.destroy();
      return true;
    });
    const report = await gatherInto(data, server);
    expect(report.failed.map(({ id }) => id ?? 0).sort((a, b) => a - b)).toEqual(
      servedMany(12).map(({ id }) => id),
    );
    for (const { reason } of report.failed) {
      expect(reason).toMatch(/^closed the connection too early( \(after \d retr(y|ies)\))?$/);
    }
    observe(server);
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 12, failed: [] });
  });
});
