import { createServer } from 'node:http';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Authority, selfSigned, type ServerIdentity } from '../helpers/certificates';
import { servedMany } from '../helpers/documents';
import { forwardProxy, listeningPort } from '../helpers/forward-proxy';
import {
  asLanded,
  gatherInto,
  landedFiles,
  manifestLines,
  serve,
  serveSecurely,
} from '../helpers/gather-into';
import { runCli } from '../helpers/run-cli';
import { temporaryFolder } from '../helpers/temporary-folder';

const EXPIRED = { from: -9, to: -2 };
const AUTHORITY_FILE = 'NODE_EXTRA_CA_CERTS';

let authority: Authority;
beforeAll(async () => {
  authority = await Authority.make();
});
afterEach(() => vi.unstubAllEnvs());

/** A file of the authority’s certificate, as NODE_EXTRA_CA_CERTS takes it. */
async function authorityFile(): Promise<string> {
  const file = join(await temporaryFolder(), 'authority.pem');
  await writeFile(file, authority.pem);
  return file;
}

const trusted = async () => vi.stubEnv(AUTHORITY_FILE, await authorityFile());

/** Each certificate with what is told of it, and of what to do. */
const CERTIFICATES: [
  name: string,
  make: (host: string) => Promise<ServerIdentity>,
  says: string,
  hint: RegExp,
][] = [
  [
    'that has expired',
    (host) => authority.issue({ host, ...EXPIRED }),
    'has a certificate that has expired',
    /^Check this machine’s date and time; if they are right, its operator has to renew it\.$/,
  ],
  [
    'that is not valid yet',
    (host) => authority.issue({ host, from: 2, to: 9 }),
    'has a certificate that is not valid yet',
    /^Check this machine’s date and time/,
  ],
  [
    'for another host',
    () => authority.issue({ host: 'other.test' }),
    'has a certificate for another host name',
    /^Check the host name in (the source URL|HTTPS_PROXY)\.$/,
  ],
  [
    'that it signed itself',
    (host) => selfSigned({ host }),
    'has a certificate that it signed itself',
    /^If you trust it, name its certificate file in NODE_EXTRA_CA_CERTS\.$/,
  ],
  [
    'of an authority nobody knows',
    async (host) => (await Authority.make('Nobody')).issue({ host }),
    'has a certificate of an authority that this machine does not know',
    /^If you trust it, name the authority’s certificate file in NODE_EXTRA_CA_CERTS\.$/,
  ],
];

describe('a certificate', () => {
  test.each(CERTIFICATES)('%s is told in one sentence with a next step', async (...row) => {
    const [, make, says, hint] = row;
    await trusted();
    const server = await serveSecurely(servedMany(1), await make('127.0.0.1'));
    await expect(gatherInto(await temporaryFolder(), server)).rejects.toMatchObject({
      code: 'source-unreachable',
      // Asked once: it would be the same certificate again.
      message: `The list at ${server.url}/pokemon?limit=500&offset=0 could not be read: it ${says}.`,
      hint: expect.stringMatching(hint) as string,
    });
  });

  test.each(CERTIFICATES)('%s, shown by the proxy, is told of the proxy', async (...row) => {
    const [, make, says, hint] = row;
    await trusted();
    const server = await serveSecurely(servedMany(1), await authority.issue());
    const proxy = await forwardProxy(await make('localhost'));
    vi.stubEnv('HTTPS_PROXY', proxy.url);
    await expect(gatherInto(await temporaryFolder(), server)).rejects.toMatchObject({
      message: expect.stringContaining(`the proxy ${proxy.url} (HTTPS_PROXY) ${says}.`) as string,
      hint: expect.stringMatching(hint) as string,
    });
    expect(proxy.seen).toEqual([]);
    expect(server.log).toEqual([]);
  });

  test('of the source is told of the source, also through a proxy', async () => {
    await trusted();
    const server = await serveSecurely(servedMany(1), await authority.issue(EXPIRED));
    const proxy = await forwardProxy();
    vi.stubEnv('HTTPS_PROXY', proxy.url);
    await expect(gatherInto(await temporaryFolder(), server)).rejects.toMatchObject({
      message: expect.stringMatching(/could not be read: it has a certificate that has expired\.$/),
    });
    expect(proxy.seen).toEqual([`CONNECT ${new URL(server.url).host}`]);
  });

  test('is not asked for where the source speaks no TLS', async () => {
    const { host } = new URL((await serve(servedMany(1))).url);
    const data = await temporaryFolder();
    await expect(gatherInto(data, `https://${host}/api/v2`)).rejects.toMatchObject({
      message: expect.stringMatching(/could not be read: it does not speak TLS there\.$/),
      hint: 'Check the port in the source URL, or begin it with http:// in place of https://.',
    });
  });

  test('that the source wants of us is told without OpenSSL’s text', async () => {
    await trusted();
    const identity = await authority.issue();
    const wanting = { requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' };
    const server = await serveSecurely(servedMany(1), { ...identity, ...wanting });
    await expect(gatherInto(await temporaryFolder(), server)).rejects.toMatchObject({
      message: expect.stringMatching(
        /: it and this app could not agree on a secure connection \(ERR_SSL_\w+\)\.$/,
      ),
      hint: 'It may want an older TLS or a client certificate; check the source URL.',
    });
  });
});

describe('authorities of NODE_EXTRA_CA_CERTS', () => {
  test('are known to the app itself: the packaged one’s Node does not read it', async () => {
    const documents = servedMany(3);
    const server = await serveSecurely(documents, await authority.issue());
    await expect(gatherInto(await temporaryFolder(), server)).rejects.toMatchObject({
      message: expect.stringContaining('an authority that this machine does not know'),
    });
    await trusted();
    const data = await temporaryFolder();
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 3, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
  });

  test.each([
    ['is not there', async (file: string) => `${file}.other`],
    ['is a folder', async (file: string) => join(file, '..')],
    ['holds none', async (file: string) => (await writeFile(file, 'pikachu'), file)],
    [
      'is damaged',
      async (file: string) => (
        await writeFile(file, authority.pem.replace(/^M.*$/m, 'AAAA')),
        file
      ),
    ],
  ])('whose file %s are missed before anything is asked', async (_, spoilt) => {
    const server = await serveSecurely(servedMany(1), await authority.issue());
    const file = await spoilt(await authorityFile());
    vi.stubEnv(AUTHORITY_FILE, file);
    await expect(gatherInto(await temporaryFolder(), server)).rejects.toMatchObject({
      code: 'bad-source',
      message: `NODE_EXTRA_CA_CERTS names ${file}, which holds no certificates.`,
      hint: 'Set NODE_EXTRA_CA_CERTS to a file of certificates in PEM form, or unset it.',
    });
  });
});

describe('a whole gather over TLS through a proxy’s tunnel', () => {
  test.each(['http', 'https'])('that is asked over %s', async (scheme) => {
    const documents = servedMany(60);
    const server = await serveSecurely(documents, await authority.issue());
    const identity = scheme === 'https' ? await authority.issue({ host: 'localhost' }) : null;
    const proxy = await forwardProxy(identity);
    const data = await temporaryFolder();
    const env = { HTTPS_PROXY: proxy.url, [AUTHORITY_FILE]: await authorityFile() };
    const args = ['gather', '--source', server.url, '--data', data, '--json'];
    const first = await runCli(args, env);
    expect(first.code, first.stderr).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ listed: 60, fetched: 60, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded(documents));
    const { host } = new URL(server.url);
    expect([...new Set(proxy.seen)]).toEqual([`CONNECT ${host}`]);
    // The own origin is still the only one: what is kept names the source, never the proxy.
    const urls = (await manifestLines(data)).map(({ url }) => String(url));
    expect(urls.every((url) => url.startsWith(`${server.url}/`))).toBe(true);

    const again = await runCli(args, env);
    expect(JSON.parse(again.stdout)).toMatchObject({ fetched: 0, not_modified: 60 });
  });

  test('that never answers is told of the proxy', async () => {
    const silent = createServer();
    silent.on('connect', () => {});
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${await listeningPort(silent)}`);
    const limits = { headersMs: 200 };
    await expect(
      gatherInto(await temporaryFolder(), 'https://pokeapi.invalid/api/v2', { limits }),
    ).rejects.toMatchObject({
      message: expect.stringMatching(/the proxy .* \(HTTPS_PROXY\) sent no answer in time \(after/),
      hint: expect.stringContaining('NO_PROXY'),
    });
  });
});
