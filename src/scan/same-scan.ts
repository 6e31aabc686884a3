import { z } from 'zod';
import type { VulnPredicate } from '../chain/vuln.ts';

const scanSchema = z.looseObject({
  scanner: z.looseObject({ uri: z.string(), version: z.string(), db: z.looseObject({ uri: z.string() }) }),
  metadata: z.looseObject({ scanFinishedOn: z.string() }),
});

/** A scan is attested again after half a day, so that who demands one of the last day, of a job that runs once a day, always has one. */
const RENEWED_AFTER_MS = 12 * 3_600_000;

/** True for a scan by the same scanner in the same version with the very same database, from whichever mirror, half a day ago at most: it would find the same, and is as good. */
export function saysSameScan(found: unknown, wanted: VulnPredicate): boolean {
  const { data } = scanSchema.safeParse(found);
  if (data === undefined) return false;
  const { uri, version, db } = data.scanner;
  const { scanner, metadata } = wanted;
  const age = Date.parse(metadata.scanFinishedOn) - Date.parse(data.metadata.scanFinishedOn);
  if (!(Math.abs(age) < RENEWED_AFTER_MS)) return false;
  return uri === scanner.uri && version === scanner.version && digestIn(db.uri) === digestIn(scanner.db.uri);
}

/** True for this scan itself. */
export function isSameScan(found: unknown, wanted: VulnPredicate): boolean {
  const finished = scanSchema.safeParse(found).data?.metadata.scanFinishedOn;
  return saysSameScan(found, wanted) && finished === wanted.metadata.scanFinishedOn;
}

/** `sha256:…` of `oci://registry/repo@sha256:…`; what has none is like nothing else. */
function digestIn(uri: string): string {
  const at = uri.lastIndexOf('@');
  return at < 0 ? `none in ${uri}` : uri.slice(at + 1);
}
