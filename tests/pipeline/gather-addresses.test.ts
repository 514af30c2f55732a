import dns, { type LookupAddress } from 'node:dns';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { whenBusy } from '../helpers/busy-machine';
import { servedMany } from '../helpers/documents';
import { asLanded, gatherInto, landedFiles, serve } from '../helpers/gather-into';
import { silentPort } from '../helpers/silent-address';
import { temporaryFolder } from '../helpers/temporary-folder';

const HOST = 'two.test';
const at = (port: number) => `http://${HOST}:${port}/api/v2`;
/** Nothing listens there, so that the system refuses. */
const NO_PORT = 1;
/** Each retry would take as long as the first try. */
const ONCE = { retries: 0, timeoutRetries: 0, baseMs: 1, capMs: 1 };

type OnFound = (error: Error | null, addresses: LookupAddress[]) => void;
let addresses: string[] = [];

/** The system's resolver, but for one name; what connects is real. */
beforeEach(() => {
  const known: { lookup(name: string, options: dns.LookupAllOptions, found: OnFound): void } = dns;
  const system = dns.lookup;
  vi.spyOn(known, 'lookup').mockImplementation((name, options, found) => {
    if (name !== HOST) return system(name, options, found);
    const all = addresses.map((address) => ({ address, family: 4 }));
    process.nextTick(found, null, all);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

// Other systems give 127.0.0.1 alone to their loopback.
describe.runIf(process.platform === 'linux')('a source at several addresses', () => {
  test.each<[name: string, addresses: string[], silent: string | null, says: string]>([
    [
      'all of which refuse',
      ['127.0.0.2', '127.0.0.3'],
      null,
      'refused the connection at any of its 2 addresses',
    ],
    [
      'of which one is silent and the next refuses',
      ['127.0.0.2', '127.0.0.3'],
      '127.0.0.2',
      'could not be reached at any of its 2 addresses',
    ],
    [
      'of which one is silent and two refuse',
      ['127.0.0.2', '127.0.0.3', '127.0.0.4'],
      '127.0.0.3',
      'could not be reached at any of its 3 addresses',
    ],
    [
      'of which one refuses and the last is silent',
      ['127.0.0.2', '127.0.0.3'],
      '127.0.0.3',
      'could not be reached in time',
    ],
    [
      'all of which are silent',
      ['127.0.0.2', '127.0.0.2'],
      '127.0.0.2',
      'could not be reached in time',
    ],
  ])('%s, says so', async (_, its, silent, says) => {
    addresses = its;
    const port = silent === null ? NO_PORT : await silentPort(silent);
    const limits = { connectMs: 2_500 };
    await expect(
      gatherInto(await temporaryFolder(), at(port), { limits, retryPolicy: ONCE }),
    ).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringMatching(new RegExp(`could not be read: it ${says}\\.$`)) as string,
      hint: 'Check the source URL and the network, then run it again; what was published before is intact.',
    });
  });

  test.each([
    ['refuses', null],
    ['is silent', '127.0.0.2'],
  ])('the first of which %s, is gathered from the next', async (_, silent) => {
    const documents = servedMany(40);
    const port = silent === null ? 0 : await silentPort(silent);
    const server = await serve(documents, undefined, port);
    const source = at(Number(new URL(server.url).port));
    server.entries = () =>
      documents.map(({ id, name }) => ({ name, url: `${source}/pokemon/${id}/` }));
    addresses = ['127.0.0.2', '127.0.0.1'];
    const data = await temporaryFolder();
    const report = await gatherInto(data, source);
    expect(report).toMatchObject({ fetched: 40, failed: [], retries: 0 });
    // A second for each new connection of the eight, and those at once.
    expect(report.duration_ms).toBeLessThan(whenBusy(10_000));
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test('and so is a proxy, of which it is told', async () => {
    addresses = ['127.0.0.2', '127.0.0.3'];
    for (const source of ['http://pokeapi.test/api/v2', 'https://pokeapi.test/api/v2']) {
      vi.stubEnv('HTTP_PROXY', `http://${HOST}:${NO_PORT}`);
      await expect(
        gatherInto(await temporaryFolder(), source, { retryPolicy: ONCE }),
      ).rejects.toMatchObject({
        message: expect.stringMatching(
          /: it was not asked: the proxy http:\/\/two\.test:1 \(HTTP_PROXY\) refused the connection at any of its 2 addresses\.$/,
        ),
      });
    }
  });
});
