import { readBodyStart } from '../../registry/transport/body.ts';
import { createDispatcher, DEFAULT_TIMEOUTS } from '../../registry/transport/dispatcher.ts';
import type { ProxySettings } from '../../registry/transport/proxy.ts';

/** Where a job asks for its token; https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token */
export interface TokenService {
  readonly url: string;
  /** The right to ask. */
  readonly bearer: string;
  readonly proxy: ProxySettings;
  /** Milliseconds that one answer may take. */
  readonly patience: number;
}

/** A token, or an answer without one; without a status nothing answered, and `fault` says why. */
export type TokenAnswer =
  | { readonly token: string }
  | { readonly token?: undefined; readonly status?: number; readonly fault?: unknown };

const MAX_ANSWER_BYTES = 256 * 1024;

/** Asks once. The client of the runner's own package cannot be stopped, and waits three minutes for an answer; this one ends with `signal`, and throws its reason. */
export async function askTokenService(
  { url, bearer, proxy, patience }: TokenService,
  audience: string,
  signal: AbortSignal,
): Promise<TokenAnswer> {
  const address = URL.parse(url);
  if (address === null) return { fault: new TypeError('ACTIONS_ID_TOKEN_REQUEST_URL is no address') };
  address.searchParams.set('audience', audience);
  const { send, close } = createDispatcher({
    ...{ proxy, userAgent: 'promote-image', isInsecure: () => false },
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    timeouts: DEFAULT_TIMEOUTS,
  });
  try {
    const headers = { authorization: `Bearer ${bearer}`, accept: 'application/json' };
    const response = await send({ method: 'GET', url: address, headers });
    const text = new TextDecoder().decode(await readBodyStart(response, MAX_ANSWER_BYTES));
    const token = response.status === 200 ? readValue(text) : undefined;
    if (token !== undefined) return { token };
    return { status: response.status };
  } catch (fault) {
    signal.throwIfAborted();
    return { fault };
  } finally {
    await close();
  }
}

function readValue(text: string): string | undefined {
  try {
    const { value } = (JSON.parse(text) ?? {}) as { readonly value?: unknown };
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}
