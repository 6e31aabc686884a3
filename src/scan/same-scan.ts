import { z } from 'zod';
import { VULN_PREDICATE, type VulnPredicate } from '../chain/vuln.ts';
import type { EffectivePolicy } from '../policy/effective.ts';

const scanSchema = z.looseObject({
  invocation: z.looseObject({ parameters: z.array(z.string()) }),
  scanner: z.looseObject({ uri: z.string(), version: z.string(), db: z.looseObject({ uri: z.string() }) }),
  metadata: z.looseObject({ scanFinishedOn: z.string() }),
});

/** However often a job runs within it, in milliseconds, what it attested first will do. */
const RENEWED_AFTER_MS = 3_600_000;

/** How old an attested scan may be before a new one is attached, in milliseconds: an hour, or half of the least that the policies allow. */
export function chooseRenewal(maxAges: EffectivePolicy['maxAges']): number {
  return Math.min(RENEWED_AFTER_MS, (maxAges.get(VULN_PREDICATE) ?? Number.POSITIVE_INFINITY) / 2);
}

/** True for a scan of the same kind by the same scanner in the same version with the very same database, from whichever mirror, and no older than `renewAfter` milliseconds: it would find the same, and is as good. */
export function saysSameScan(found: unknown, wanted: VulnPredicate, renewAfter: number): boolean {
  const { data } = scanSchema.safeParse(found);
  if (data === undefined) return false;
  const age = Date.parse(wanted.metadata.scanFinishedOn) - Date.parse(data.metadata.scanFinishedOn);
  return saysSame(data, wanted) && Math.abs(age) <= renewAfter;
}

/** True for this scan itself. */
export function isSameScan(found: unknown, wanted: VulnPredicate): boolean {
  return saysSameScan(found, wanted, 0);
}

function saysSame({ scanner, invocation }: z.infer<typeof scanSchema>, wanted: VulnPredicate): boolean {
  return (
    scanner.uri === wanted.scanner.uri &&
    scanner.version === wanted.scanner.version &&
    digestIn(scanner.db.uri) === digestIn(wanted.scanner.db.uri) &&
    JSON.stringify(invocation.parameters) === JSON.stringify(wanted.invocation.parameters)
  );
}

/** `sha256:…` of `oci://registry/repo@sha256:…`; what has none is like nothing else. */
function digestIn(uri: string): string {
  const at = uri.lastIndexOf('@');
  return at < 0 ? `none in ${uri}` : uri.slice(at + 1);
}
