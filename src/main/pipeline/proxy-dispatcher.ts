// All of undici, loaded only where there is a proxy: it gives its pools a CONNECT.
import { type buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { ProxyFault } from './proxy';

interface Timeouts {
  headersMs: number;
  keepAliveMs: number;
}

/**
 * Asks through the proxy at `uri`, as curl does: the proxy gets plain http requests whole, and https
 * goes through a tunnel. What goes wrong before the tunnel is open is a ProxyFault.
 */
export function proxyDispatcher(
  uri: string,
  connect: buildConnector.BuildOptions,
  { headersMs, keepAliveMs }: Timeouts,
): Dispatcher {
  return new ProxyAgent({
    uri,
    proxyTunnel: false,
    connect,
    proxyTls: connect,
    requestTls: connect,
    clientFactory: (origin, options) =>
      new TunnelPool(origin, { ...options, headersTimeout: headersMs }),
    keepAliveTimeout: keepAliveMs,
  });
}

type ConnectOptions = Omit<Dispatcher.ConnectOptions, 'origin'>;
type OnConnect = (error: Error | null, data: Dispatcher.ConnectData) => void;

class TunnelPool extends Pool {
  override connect(options: ConnectOptions): Promise<Dispatcher.ConnectData>;
  override connect(options: ConnectOptions, callback: OnConnect): void;
  override connect(options: ConnectOptions, callback?: OnConnect): unknown {
    if (callback !== undefined) return super.connect(options, callback);
    return super.connect(options).catch((error: unknown) => {
      throw new ProxyFault(error);
    });
  }
}
