import { DomainError, redactUrls } from '../base/error.ts';
import type { Diagnostic } from './transport/diagnostics.ts';

/** What went wrong between us and a registry. CONFLICT: the registry would not take a manifest (400, 405, 409, 412): look at what is there. */
export type RegistryErrorCode =
  | 'UNAUTHORIZED'
  | 'DENIED'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'PROTOCOL'
  | 'TOO_LARGE'
  | 'DIGEST_MISMATCH'
  | 'SIZE_MISMATCH'
  | 'REDIRECT_REFUSED'
  | 'CREDENTIALS'
  | 'CANCELLED';

/** What is known of the exchange behind an error. */
export interface RegistryErrorDetails {
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  readonly status?: number | undefined;
  readonly method?: string | undefined;
  readonly url?: URL | string | undefined;
  readonly diagnostics?: readonly Diagnostic[] | undefined;
  readonly retryAfter?: string | undefined;
}

/** A registry, its token service or a credential helper did not do what was asked. */
export class RegistryError extends DomainError<RegistryErrorCode> {
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined;
  readonly method: string | undefined;
  /** Without user info, query and fragment, which may carry secrets. */
  readonly url: string | undefined;
  /** What the registry itself said: its own codes and words, cleaned and shortened. */
  readonly diagnostics: readonly Diagnostic[];
  /** Retry-After as the registry sent it. */
  readonly retryAfter: string | undefined;

  constructor(code: RegistryErrorCode, message: string, details: RegistryErrorDetails = {}) {
    super(code, message, {
      ...(details.hint === undefined ? {} : { hint: details.hint }),
      ...('cause' in details ? { cause: details.cause } : {}),
    });
    this.status = details.status;
    this.method = details.method;
    this.url = details.url === undefined ? undefined : redactUrls(String(details.url));
    this.diagnostics = details.diagnostics ?? [];
    this.retryAfter = details.retryAfter;
  }
}
