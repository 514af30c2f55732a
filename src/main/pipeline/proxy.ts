import { AppError } from '../../preload/contract/errors';

/** A proxy as the environment names it. */
export interface Proxy {
  url: URL;
  /** The variable that names it: `HTTPS_PROXY`. */
  variable: string;
}

/** Something went wrong between us and the proxy: the source was not asked. */
export class ProxyFault extends Error {
  constructor(cause: unknown) {
    super('no tunnel through the proxy', { cause });
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy through which `origin` is asked, null for none. By the rules that curl and undici
 * share: HTTPS_PROXY for https, HTTP_PROXY for http and where the former is not set, in lower case
 * first; NO_PROXY names hosts (with their subdomains) that are asked directly, or `*`.
 *
 * Throws `bad-source` for a proxy that is not an http or https URL.
 */
export function proxyFor(origin: URL, env: Environment): Proxy | null {
  const variables = [
    ...(origin.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : []),
    'http_proxy',
    'HTTP_PROXY',
  ];
  const variable = variables.find((name) => env[name] !== undefined);
  const text = variable === undefined ? '' : (env[variable] ?? '').trim();
  if (variable === undefined || text === '' || isDirect(origin, env)) return null;
  // As other programs take it: `127.0.0.1:3128` is an http proxy.
  const full = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new AppError('bad-source', `${variable} does not name an http or https proxy.`, {
      hint: `Set ${variable} to a URL such as http://127.0.0.1:3128, or unset it.`,
    });
  }
  return { url, variable };
}

/** How the proxy is named to a person: never with its password. */
export function proxyName({ url, variable }: Proxy): string {
  return `the proxy ${url.protocol}//${url.host} (${variable})`;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

function isDirect(origin: URL, env: Environment): boolean {
  const host = withoutBrackets(origin.hostname);
  const port = origin.port || DEFAULT_PORTS[origin.protocol];
  const entries = (env['no_proxy'] ?? env['NO_PROXY'] ?? '').toLowerCase().split(/[,\s]+/);
  return entries.filter(Boolean).some((entry) => {
    if (entry === '*') return true;
    const [name, itsPort] = hostAndPort(entry);
    if (itsPort !== null && itsPort !== port) return false;
    return host === name || host.endsWith(`.${name}`);
  });
}

/** `.example.org`, `*.example.org:8080`, `::1` or `[::1]:8080`. */
function hostAndPort(entry: string): [host: string, port: string | null] {
  const isBareIpv6 = entry.split(':').length > 2 && !entry.startsWith('[');
  const port = isBareIpv6 ? null : (/:(\d+)$/.exec(entry)?.[1] ?? null);
  const host = port === null ? entry : entry.slice(0, -port.length - 1);
  return [withoutBrackets(host.replace(/^\*?\./, '')), port];
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
