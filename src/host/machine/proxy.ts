import { type Problem, UsageError } from '../../base/error.ts';
import type { Log } from '../../base/ports.ts';
import type { ProxySettings } from '../../registry/transport/proxy.ts';

/** Proxies as the usual variables name them, lower case first; an address without a scheme is one of http, as for curl and Go. Throws UsageError for what is no address, without quoting it. */
export function readProxy(env: NodeJS.ProcessEnv): ProxySettings {
  const problems: Problem[] = [];
  const pick = (name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined;
  const pickAddress = (name: string): string | undefined => {
    const text = pick(name)?.trim();
    if (text === undefined || text === '') return undefined;
    const address = text.includes('://') ? text : `http://${text}`;
    if (isProxyAddress(address)) return address;
    problems.push({
      where: `variable ${name}`,
      message: 'is not the address of a proxy.',
      fix: 'Write http://host:port or https://host:port; a login goes before the host as user:password@, percent-encoded.',
    });
    return undefined;
  };
  const httpProxy = pickAddress('HTTP_PROXY');
  const httpsProxy = pickAddress('HTTPS_PROXY');
  const noProxy = pick('NO_PROXY');
  if (problems.length > 0) throw new UsageError(problems);
  return {
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    ...(noProxy === undefined ? {} : { noProxy }),
  };
}

/** Masks the logins of the proxies, which an address without a scheme does not show to who looks for URLs. */
export function maskProxyLogins({ httpProxy, httpsProxy }: ProxySettings, log: Log): void {
  for (const address of [httpProxy, httpsProxy]) {
    if (address === undefined) continue;
    const { username, password } = new URL(address);
    const secret = decodeURIComponent(password);
    if (secret === '') continue;
    log.mask(password);
    log.mask(secret);
    log.mask(Buffer.from(`${decodeURIComponent(username)}:${secret}`).toString('base64'));
  }
}

/** False too for an address with a path: it is what a password with a slash in it makes of one. */
function isProxyAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !/^(?:https?|socks5):$/.test(url.protocol)) return false;
  if (url.hostname === '' || !/^\/?$/.test(url.pathname + url.search + url.hash)) return false;
  try {
    decodeURIComponent(url.username + url.password);
    return true;
  } catch {
    return false;
  }
}
