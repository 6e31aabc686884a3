import { parseDigest } from '../../src/image/digest.ts';
import type { CompleteScan, Finding, IncompleteScan } from '../../src/image/finding.ts';

export const DIGEST = parseDigest(`sha256:${'c'.repeat(64)}`);

export function finding(over: Partial<Finding> = {}): Finding {
  return {
    id: 'CVE-2026-1',
    package: 'openssl',
    installedVersion: '3.0.1',
    fixedVersion: '3.0.2',
    severity: 'CRITICAL',
    purl: 'pkg:deb/debian/openssl@3.0.1?arch=amd64',
    target: 'debian 12',
    ...over,
  };
}

export function withoutFix(over: Partial<Finding> = {}): Finding {
  const { fixedVersion: _, ...rest } = finding(over);
  return rest;
}

export function complete(platform: string, ...findings: Finding[]): CompleteScan {
  return { complete: true, platform, digest: DIGEST, findings };
}

export function incomplete(platform: string, reason: string, ...findings: Finding[]): IncompleteScan {
  return { complete: false, platform, digest: DIGEST, reason, findings };
}
