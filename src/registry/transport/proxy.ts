import { type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { isCertificateFault } from './certificate-fault.ts';
import { findProxyError, ProxyError } from './proxy-error.ts';

/** Proxies by the scheme of the registry's address, and the hosts that are reached without one. */
export interface ProxySettings {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
}

/** What an agent is made from: undici's own settings, those of TLS to the far end, and the milliseconds until a tunnel must be open. */
export interface ProxyAgentOptions {
  readonly settings: Pool.Options;
  readonly trust: { readonly ca?: string[] | undefined; readonly rejectUnauthorized?: boolean };
  readonly tunnelTimeout: number;
}

type Connector = Extract<Pool.Options['connect'], (...args: never[]) => unknown>;
type AskTunnel = (target: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData>;

/** An agent for what goes through a proxy, and for what NO_PROXY excepts. What the proxy itself does wrong comes out as ProxyError: undici alone does not tell whose fault it was, and waits for a silent proxy as long as for an answer. */
export function createProxyAgent(
  proxy: ProxySettings,
  { settings, trust, tunnelTimeout }: ProxyAgentOptions,
): EnvHttpProxyAgent {
  const { httpProxy = '', httpsProxy = '', noProxy = '' } = proxy;
  const proxies = new Set([httpProxy, httpsProxy].filter((url) => url !== '').map((url) => new URL(url).href));
  return new EnvHttpProxyAgent({
    ...settings,
    requestTls: trust,
    proxyTls: { ...trust, rejectUnauthorized: true },
    ...{ httpProxy, httpsProxy, noProxy },
    clientFactory: (address, options) =>
      openTunnels(address, { ...settings, ...blameConnections(address, options), headersTimeout: tunnelTimeout }),
    // undici gives the proxy's own address where plain http is carried, else the origin that is behind it.
    factory: (address, options) =>
      proxies.has(String(address))
        ? new Pool(address, { ...settings, ...blameConnections(address, options) })
        : new Pool(address, options),
  });
}

/** The fault of a request that went through a proxy, with the proxy named where plain http was refused for want of a login. */
export function explainProxied(fault: unknown, url: URL, proxy: string): unknown {
  const isRefused = fault instanceof Error && /^Proxy Authentication Required/.test(fault.message);
  if (!isRefused || findProxyError(fault) !== undefined) return fault;
  return ProxyError.refused(new URL(proxy).host, 407, url.host, fault);
}

/** Connections to the proxy itself, whose faults are its own. */
function blameConnections(address: URL | string, options: object): Pool.Options {
  const { host } = new URL(address);
  const { connect, ...others } = options as { connect: Connector };
  return {
    ...others,
    connect: (target, done) =>
      connect(target, (...result: Parameters<typeof done>) => {
        const [fault] = result;
        if (fault === null) done(...result);
        else done(ProxyError.unreachable(host, fault, isCertificateFault(fault)), null);
      }),
  };
}

function openTunnels(address: URL | string, options: Pool.Options): Pool {
  const { host } = new URL(address);
  const pool = new Pool(address, options);
  const ask = pool.connect.bind(pool) as AskTunnel;
  const open: AskTunnel = async (target) => {
    const tunnel = await ask(target).catch((fault: unknown) => {
      throw fault instanceof ProxyError ? fault : ProxyError.broken(host, target.path, fault);
    });
    if (tunnel.statusCode === 200) return tunnel;
    tunnel.socket.on('error', () => undefined).destroy();
    throw ProxyError.refused(host, tunnel.statusCode, target.path);
  };
  return Object.assign(pool, { connect: open as Pool['connect'] });
}
