/** A proxy let nothing through. Not final by itself: its status, or the cause, says whether asking again may help. */
export class ProxyError extends Error {
  /** What the proxy answered instead of opening a tunnel. */
  readonly status: number | undefined;
  /** What the user should change. */
  readonly hint: string;

  private constructor(message: string, hint: string, details: { readonly status?: number; readonly cause?: unknown }) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = 'ProxyError';
    this.status = details.status;
    this.hint = hint;
  }

  /** There is no connection to the proxy at all, or none that can be trusted. */
  static unreachable(proxy: string, cause: unknown, isUntrusted: boolean): ProxyError {
    const hint = isUntrusted
      ? `The certificate of the proxy ${proxy} is not trusted: add its authority (registries.ca).`
      : `Check HTTPS_PROXY (HTTP_PROXY for plain http) and that ${proxy} runs; what needs no proxy belongs into NO_PROXY.`;
    return new ProxyError(`the proxy ${proxy} could not be reached`, hint, { cause });
  }

  /** The proxy gave no answer to CONNECT. */
  static broken(proxy: string, target: string, cause: unknown): ProxyError {
    const message = `the proxy ${proxy} did not answer when asked for a connection to ${target}`;
    return new ProxyError(message, describeWayOut(proxy, target), { cause });
  }

  /** The proxy answered, but opened no connection. */
  static refused(proxy: string, status: number, target: string, cause?: unknown): ProxyError {
    const message = `the proxy ${proxy} answered ${status} when asked for a connection to ${target}`;
    const hint =
      status === 407
        ? `Put the login of the proxy ${proxy} into HTTPS_PROXY (HTTP_PROXY for plain http), as user:password@ before its host, percent-encoded.`
        : describeWayOut(proxy, target);
    return new ProxyError(message, hint, { status, ...(cause === undefined ? {} : { cause }) });
  }
}

/** The proxy's fault behind an error, or behind what caused it. */
export function findProxyError(error: unknown, depth = 5): ProxyError | undefined {
  if (error instanceof ProxyError) return error;
  if (!(error instanceof Error) || depth === 0) return undefined;
  const inner = [error.cause, ...(error instanceof AggregateError ? error.errors.slice(0, 8) : [])];
  for (const each of inner) {
    const found = findProxyError(each, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function describeWayOut(proxy: string, target: string): string {
  return `Check that the proxy ${proxy} may and can reach ${target}, or name that host in NO_PROXY if it needs no proxy.`;
}
