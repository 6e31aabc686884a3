import { z } from 'zod';
import type { VulnPredicate } from '../chain/vuln.ts';

const scanSchema = z.looseObject({
  scanner: z.looseObject({ uri: z.string(), version: z.string(), db: z.looseObject({ uri: z.string() }) }),
  metadata: z.looseObject({ scanFinishedOn: z.string() }),
});

/** True for a scan by the same scanner in the same version with the very same database, from whichever mirror: it would find the same. */
export function saysSameScan(found: unknown, wanted: VulnPredicate): boolean {
  const { data } = scanSchema.safeParse(found);
  if (data === undefined) return false;
  const { uri, version, db } = data.scanner;
  const { scanner } = wanted;
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
