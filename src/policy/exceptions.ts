import type { Finding } from '../image/finding.ts';
import { matchesPurl } from './purl.ts';

/** A vulnerability that somebody decided to accept, from a policy's `scan.ignore` or an ignore file. */
export interface Exception {
  readonly id: string;
  /** Package names or package URLs, of which one must match; empty: any package. */
  readonly packages: readonly string[];
  readonly reason?: string;
  /** The day or time it ends, as it was written; absent: it never does (only ignore files may say that). */
  readonly expires?: string;
  /** Milliseconds since 1970 of the first instant at which it no longer holds. */
  readonly endsAt?: number;
  /** Who says so: the names of the policies, or `.trivyignore:3`. */
  readonly source: string;
}

/** The exception that covers a finding, and those that did until they expired. */
export interface FoundException {
  readonly used: Exception | undefined;
  readonly expired: readonly Exception[];
}

/** Looks for exceptions by vulnerability and package; the first that still holds is used. */
export function findException(finding: Finding, exceptions: readonly Exception[], now: Date): FoundException {
  const matching = exceptions.filter((exception) => exception.id === finding.id && coversPackage(exception, finding));
  return {
    used: matching.find((exception) => !isExpired(exception, now)),
    expired: matching.filter((exception) => isExpired(exception, now)),
  };
}

function coversPackage({ packages }: Exception, finding: Finding): boolean {
  if (packages.length === 0) return true;
  return packages.some((text) =>
    text.startsWith('pkg:') ? finding.purl !== undefined && matchesPurl(text, finding.purl) : text === finding.package,
  );
}

function isExpired({ endsAt }: Exception, now: Date): boolean {
  // Written so that a clock that tells no time lets nothing pass.
  return endsAt !== undefined && !(now.getTime() < endsAt);
}
