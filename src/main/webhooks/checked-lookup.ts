import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address';

/** All addresses of a host name. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

export const SYSTEM_RESOLVE: Resolve = (host) =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });

/** A host name leads to an address that a webhook must not ask unless a person typed it. */
export class NotPublic extends Error {
  constructor(readonly address: string) {
    super(
      `was not asked: its host name leads to ${address}, which is not a public address; type a private address itself if you mean it`,
    );
    this.name = 'NotPublic';
  }
}

/**
 * Resolves the host names of connections. The addresses it has checked are the ones that are connected to,
 * so a name that resolves to another address a moment later (DNS rebinding) changes nothing. One address
 * that is not public refuses the name as a whole. IP addresses never come here: a person typed those.
 */
export function checkedLookup(resolve: Resolve): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      (found) => {
        const allowed = isLoopbackName(host) ? isLoopback : isPublicAddress;
        const refused = found.find(({ address }) => !allowed(address));
        if (refused !== undefined) return callback(new NotPublic(refused.address), '', 0);
        if (options.all === true) return callback(null, found);
        const [first] = found;
        if (first === undefined) return callback(notFound(host), '', 0);
        callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

/** `localhost` would be the proxy's own machine. */
export class MeansTheProxy extends Error {
  constructor() {
    super(
      'was not asked: through the proxy its name would mean the proxy’s own machine; except it from the proxy with NO_PROXY',
    );
    this.name = 'MeansTheProxy';
  }
}

/**
 * What can be known here of a host that a proxy will resolve: a name that leads to an address that is not
 * public is refused. One that only the proxy can resolve goes to it unchecked, as does an address, which a
 * person typed.
 */
export async function checkBeforeProxy(host: string, resolve: Resolve): Promise<void> {
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return;
  if (isLoopbackName(host)) throw new MeansTheProxy();
  const found = await resolve(host).catch(() => []);
  const refused = found.find(({ address }) => !isPublicAddress(address));
  if (refused !== undefined) throw new NotPublic(refused.address);
}

/** RFC 6761 §6.3: these names mean this computer, so whoever types one means it. */
function isLoopbackName(host: string): boolean {
  return /^(?:.+\.)?localhost\.?$/i.test(host);
}

function isLoopback(address: string): boolean {
  return isIP(address) === 4 ? address.startsWith('127.') : address === '::1';
}

function notFound(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`no address for ${host}`), { code: 'ENOTFOUND' });
}
