import { DomainError } from '../../base/error.ts';
import { registryOf } from '../../image/reference.ts';
import { RegistryError, type RegistryErrorCode } from '../error.ts';
import { explainCertificate } from './certificate-fault.ts';
import { type Diagnostic, type ErrorBody, formatDiagnostics, readErrorBody } from './diagnostics.ts';
import { headerOf, type RegistryRequest, type Response } from './message.ts';
import { findProxyError } from './proxy-error.ts';

/** The error for an answer that is not what was asked for; reads what the registry says about it, and frees the connection. */
export async function refuseResponse(
  request: RegistryRequest,
  response: Response,
  known: { readonly code?: RegistryErrorCode; readonly hint?: string; readonly body?: ErrorBody } = {},
): Promise<RegistryError> {
  const { kind, diagnostics } = known.body ?? (await readErrorBody(response));
  const code = known.code ?? chooseCode(response.status, diagnostics);
  const said = diagnostics.length > 0 ? ` (${formatDiagnostics(diagnostics)})` : sayNothing(request, kind);
  const message = `could not ${request.purpose}: ${response.url.host} answered ${response.status}${said} to ${request.method} ${response.url.origin}${response.url.pathname}${sayEnd(response)}`;
  return new RegistryError(code, message, {
    status: response.status,
    method: request.method,
    url: response.url,
    diagnostics,
    retryAfter: headerOf(response, 'retry-after'),
    hint: known.hint ?? chooseHint(code, request),
  });
}

/** The error for a request that got no answer, or not all of it. Errors that are already ours pass through. */
export function wrapFault(request: RegistryRequest, fault: unknown, signal: AbortSignal): DomainError {
  if (signal.aborted) {
    return new RegistryError('CANCELLED', `could not ${request.purpose}: cancelled`, { cause: signal.reason });
  }
  if (fault instanceof DomainError) return fault;
  const registry = registryOf(request.repository);
  return new RegistryError('UNAVAILABLE', `could not ${request.purpose}: ${registry} gave no full answer`, {
    cause: fault,
    method: request.method,
    hint: explainSilence(fault, registry),
  });
}

/** What to change where a host gave no answer: at its proxy, at its certificate, or on the way to it. */
export function explainSilence(fault: unknown, host: string): string {
  return (
    findProxyError(fault)?.hint ??
    explainCertificate(fault, host) ??
    `Check that ${host} can be reached from here, also through the proxy if there is one.`
  );
}

/** Why no other answer was waited for, as the end of a sentence; empty when time was not the reason. */
export function sayEnd({ gaveUp }: Response): string {
  return gaveUp === undefined ? '' : `; ${gaveUp}`;
}

function chooseCode(status: number, diagnostics: readonly Diagnostic[]): RegistryErrorCode {
  if (status === 429 || diagnostics.some(({ code }) => code === 'TOOMANYREQUESTS')) return 'RATE_LIMITED';
  if (status === 401) return 'UNAUTHORIZED';
  if (status === 403) return 'DENIED';
  if (status === 404) return 'NOT_FOUND';
  if (status === 413) return 'TOO_LARGE';
  if (status === 408 || status >= 500 || status === 499) return 'UNAVAILABLE';
  return 'PROTOCOL';
}

function chooseHint(code: RegistryErrorCode, { repository, scopes }: RegistryRequest): string | undefined {
  const right = scopes.some((scope) => scope.endsWith('push')) ? 'pull and push' : 'pull';
  switch (code) {
    case 'UNAUTHORIZED':
      return `Log in to ${registryOf(repository)}, or pass credentials that may ${right} in ${repository}.`;
    case 'DENIED':
      return `Give the account the right to ${right} in ${repository}.`;
    case 'NOT_FOUND':
      return `Check the name; ${repository} may not exist, or be hidden from this account.`;
    case 'RATE_LIMITED':
      return `${registryOf(repository)} limits how much may be asked: log in, wait, or use a mirror.`;
    case 'TOO_LARGE':
      return `${registryOf(repository)}, or a proxy before it, limits the size of a request: raise that limit.`;
    case 'UNAVAILABLE':
      return `${registryOf(repository)} is in trouble: run this again later.`;
    default:
      return undefined;
  }
}

function sayNothing({ method }: RegistryRequest, kind: ErrorBody['kind']): string {
  if (method === 'HEAD' || kind === 'empty') return ' without saying why';
  return kind === 'foreign' ? ' with a page that is not from a registry' : '';
}
