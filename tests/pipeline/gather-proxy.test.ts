import { createServer } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { proxyFor } from '../../src/main/pipeline/proxy';
import { served, servedMany } from '../helpers/documents';
import { faultOn, sending } from '../helpers/faults';
import { forwardProxy, listeningPort } from '../helpers/forward-proxy';
import { asLanded, gatherInto, landedFiles, observe, serve } from '../helpers/gather-into';
import { temporaryFolder } from '../helpers/temporary-folder';

afterEach(() => vi.unstubAllEnvs());

describe('a proxy of the environment', () => {
  test.each(['HTTP_PROXY', 'http_proxy'])(
    '%s is asked, unless NO_PROXY names the host',
    async (name) => {
      const documents = servedMany(3);
      const server = await serve(documents);
      const proxy = await forwardProxy();
      vi.stubEnv(name, proxy.url);
      const data = await temporaryFolder();
      expect(await gatherInto(data, server)).toMatchObject({ fetched: 3, failed: [] });
      expect(proxy.seen[0]).toBe(`GET ${server.url}/pokemon?limit=500&offset=0`);
      expect(proxy.seen).toHaveLength(4);
      expect(await landedFiles(data)).toEqual(asLanded(documents));
      vi.stubEnv('NO_PROXY', 'example.test, 127.0.0.1');
      expect(await gatherInto(await temporaryFolder(), server)).toMatchObject({ fetched: 3 });
      expect(proxy.seen).toHaveLength(4);
    },
  );

  test('HTTPS_PROXY is asked for a tunnel, whose other end still has to speak TLS', async () => {
    const server = await serve(servedMany(1));
    const proxy = await forwardProxy();
    vi.stubEnv('HTTPS_PROXY', proxy.url);
    const { host } = new URL(server.origin);
    await expect(
      gatherInto(await temporaryFolder(), `https://${host}/api/v2`),
    ).rejects.toMatchObject({ message: expect.stringContaining('does not speak TLS there') });
    expect(proxy.seen[0]).toBe(`CONNECT ${host}`);
  });

  test('is named where it refuses or is not there, its password never', async () => {
    const refusing = createServer((_from, to) => void to.writeHead(407).end());
    refusing.on('connect', (_from, socket) => socket.end('HTTP/1.1 407 No\r\n\r\n'));
    const url = `http://ash:pikachu@127.0.0.1:${await listeningPort(refusing)}`;
    const { host } = new URL(url);
    const server = await serve(servedMany(1));
    vi.stubEnv('HTTP_PROXY', url);
    for (const source of [server.url, 'https://127.0.0.1:1/api/v2']) {
      const error: unknown = await gatherInto(await temporaryFolder(), source).catch((e) => e);
      expect(error).toMatchObject({
        message: expect.stringContaining(
          `it was not asked: the proxy http://${host} (HTTP_PROXY) wants a login`,
        ),
      });
      expect(String(error)).not.toContain('pikachu');
    }
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1');
    await expect(gatherInto(await temporaryFolder(), server)).rejects.toMatchObject({
      message: expect.stringContaining(
        'the proxy http://127.0.0.1:1 (HTTP_PROXY) refused the connection',
      ),
      hint: expect.stringContaining('NO_PROXY'),
    });
  });

  test.each<[string, Record<string, string>, string | null]>([
    ['https://a.test', { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:1' }, 'http://p:1'],
    ['https://a.test', { HTTP_PROXY: 'http://q:1' }, 'http://q:1'],
    ['http://a.test', { HTTPS_PROXY: 'http://p:1' }, null],
    ['http://a.test', { HTTP_PROXY: 'q:1' }, 'http://q:1'],
    ['http://a.test', { HTTP_PROXY: '' }, null],
    ['http://b.a.test', { HTTP_PROXY: 'http://q:1', NO_PROXY: '.a.test' }, null],
    ['http://ba.test', { HTTP_PROXY: 'http://q:1', NO_PROXY: 'a.test' }, 'http://q:1'],
    ['http://a.test:81', { HTTP_PROXY: 'http://q:1', no_proxy: 'a.test:80' }, 'http://q:1'],
    ['http://[::1]:80', { HTTP_PROXY: 'http://q:1', no_proxy: '::1' }, null],
    ['http://a.test', { HTTP_PROXY: 'http://q:1', NO_PROXY: '*' }, null],
  ])('%s with %o is asked through %s', (origin, env, proxy) => {
    expect(proxyFor(new URL(origin), env)?.url.origin ?? null).toBe(proxy);
  });
});

describe('a content encoding', () => {
  test.each<[string, (body: Buffer) => Buffer]>([
    ['deflate', deflateSync],
    ['deflate', (body) => deflateRawSync(body)],
    ['X-GZIP', gzipSync],
    ['gzip, br', (body) => brotliCompressSync(gzipSync(body))],
    ['identity, deflate, gzip', (body) => gzipSync(deflateRawSync(body))],
  ])('“%s” is decoded', async (encoding, encode) => {
    const document = served({ id: 1, name: 'mew' });
    const server = await serve([document]);
    const answer = sending(encode(document.body), { 'content-encoding': encoding });
    observe(server, faultOn(1, answer, document.body));
    const data = await temporaryFolder();
    expect(await gatherInto(data, server)).toMatchObject({ fetched: 1, failed: [] });
    expect(await landedFiles(data)).toEqual(asLanded([document]));
  });

  test.each(['constructor', '__proto__', 'toString', 'gzip, hasOwnProperty'])(
    '“%s” is none that is known',
    async (encoding) => {
      const document = served({ id: 1 });
      const server = await serve([document]);
      const answer = sending(document.body, { 'content-encoding': encoding });
      observe(server, faultOn(1, answer, document.body));
      const { failed } = await gatherInto(await temporaryFolder(), server);
      expect(failed[0]?.reason).toMatch(/^came in an unknown content encoding, /);
    },
  );
});
