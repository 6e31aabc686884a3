import { readFileSync } from 'node:fs';

/** A made-up vulnerability that every platform of the lab's database knows. */
export interface Advisory {
  readonly id: string;
  readonly severity: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';
  readonly status: 'fixed' | 'affected' | 'will_not_fix';
  /** Source packages it is in; as Java artifacts they are in the group `org.example`. */
  readonly packages: readonly string[];
}

/** What the database says of a platform: a version its vulnerable packages have, and the first one where `fixed` advisories no longer hold. */
export interface AdvisoryPlatform {
  readonly name: string;
  readonly versions: { readonly vulnerable: string; readonly fixed: string };
}

const known = JSON.parse(readFileSync(new URL('./advisories.json', import.meta.url), 'utf8')) as {
  platforms: readonly AdvisoryPlatform[];
  vulnerabilities: readonly Advisory[];
};

/** Everything that `trivy.db` holds, from the file it is generated from. */
export const ADVISORIES: readonly Advisory[] = known.vulnerabilities;

/** The platforms that `trivy.db` knows, by the names of the image builder. */
export const ADVISORY_PLATFORMS: readonly AdvisoryPlatform[] = known.platforms;

/** A package with every advisory that names it, to install in an image; throws for a package or platform the database does not know. */
export function pickPackage(
  name: string,
  platform: string,
  state: 'vulnerable' | 'fixed' = 'vulnerable',
): { readonly name: string; readonly version: string } {
  const versions = known.platforms.find((candidate) => candidate.name === platform)?.versions;
  const isKnown = ADVISORIES.some((advisory) => advisory.packages.includes(name));
  if (versions === undefined || !isKnown) throw new RangeError(`the database has no ${name} for ${platform}`);
  return { name, version: versions[state] };
}
