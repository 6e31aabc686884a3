import type { Digest } from '../image/digest.ts';
import type { ScannedPlatform } from '../image/finding.ts';
import type { Repository } from '../image/reference.ts';
import { buildSarif, type SarifFinding } from './sarif.ts';

/** All findings of all platforms as SARIF 2.1.0 text. What a VEX statement cleared is left out, as code scanning would raise an alert for it. `category` is what the alerts are filed under. */
export function renderSarif(
  image: Repository,
  digest: Digest,
  platforms: readonly ScannedPlatform[],
  toolVersion: string,
  category: string = image,
): string {
  const results = platforms.flatMap(({ platform, findings }) =>
    findings
      .filter((finding) => finding.suppressedBy === undefined)
      .map(({ id, target: _target, suppressedBy: _suppressedBy, ...finding }): SarifFinding => {
        const help = helpUri(id);
        return { ...finding, ruleId: id, image, digest, platform, ...(help === undefined ? {} : { helpUri: help }) };
      }),
  );
  return JSON.stringify(buildSarif({ toolVersion, results, category: `promote-image/${category}` }), null, 1);
}

function helpUri(id: string): string | undefined {
  if (/^CVE-\d{4}-\d+$/.test(id)) return `https://avd.aquasec.com/nvd/${id.toLowerCase()}`;
  if (/^GHSA(-[a-z0-9]{4}){3}$/.test(id)) return `https://github.com/advisories/${id}`;
  return undefined;
}
