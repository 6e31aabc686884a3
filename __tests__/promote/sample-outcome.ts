import { digestOf } from '../../src/image/digest.ts';
import type { Finding, ScannedPlatform, Severity } from '../../src/image/finding.ts';
import { parseReference, pinReference, type TagReference } from '../../src/image/reference.ts';
import { countFindings, groupByFinding } from '../../src/policy/finding-counts.ts';
import type { Gate } from '../../src/policy/gate.ts';
import type { Refusal } from '../../src/policy/refusal.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import type { ScanSummary } from '../../src/steps/scan-summary.ts';

export const DIGEST = digestOf('the image');

/** An outcome of a promotion of staging.example/shop/web:1.4.0 that passed; `changes` make it another. */
export function sampleOutcome(changes: Partial<Outcome> = {}): Outcome {
  const source = parseReference('staging.example/shop/web:1.4.0');
  const target = parseTarget('prod.example/shop/web:1.4.0');
  return {
    result: 'promoted',
    source,
    pinned: pinReference(source, DIGEST),
    targets: [{ target, result: changes.result ?? 'promoted' }],
    environment: undefined,
    gates: [passed('Allowed registries'), passed('Allowed tags'), passed('Target tag'), passed('Vulnerability scan')],
    refusals: [],
    scan: sampleScan(),
    relied: [],
    evidence: [],
    kept: [],
    referrers: [],
    notes: [],
    plan: undefined,
    seconds: 3.21,
    targetTouched: true,
    publicKey: '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n',
    anchor: undefined,
    signs: { signature: true, record: true, format: 'bundle' },
    transparencyLog: false,
    trustedRoot: undefined,
    error: undefined,
    ...changes,
  };
}

/** What a scan of these platforms comes to; every finding blocks. */
export function sampleScan(platforms: readonly ScannedPlatform[] = [samplePlatform('linux/amd64')]): ScanSummary {
  const found = platforms.flatMap(({ platform, findings }) => findings.map((finding) => ({ platform, finding })));
  const counts = countFindings(platforms);
  return {
    platforms,
    counts,
    verdict: {
      counts,
      blocking: groupByFinding(found),
      refusals: [],
      usedExceptions: [],
      expiredExceptions: [],
      allowedIncomplete: [],
    },
    scanner: 'Trivy 0.74.0',
    database: {
      source: 'mirror.example/trivy-db:2',
      digest: digestOf('the database'),
      updatedAt: new Date('2026-11-21T09:30:00Z'),
    },
    reportPath: '/results/scan.json',
    sarifPath: '/results/scan.sarif',
  };
}

export function samplePlatform(platform: string, findings: readonly Finding[] = []): ScannedPlatform {
  return { complete: true, platform, digest: digestOf(platform), findings };
}

export function sampleFinding(
  number: number,
  severity: Severity = 'CRITICAL',
  changes: Partial<Finding> = {},
): Finding {
  return {
    id: `CVE-2026-${String(number).padStart(4, '0')}`,
    package: `lib${number}`,
    installedVersion: '1.0.0-1',
    fixedVersion: '1.0.1-1',
    severity,
    target: 'debian 12',
    ...changes,
  };
}

export function passed(name: string): Gate {
  return { name, verdict: 'passed', evidence: `${name} holds` };
}

export function vulnerable(scan: ScanSummary): Refusal {
  const findings = scan.verdict.blocking;
  return {
    code: 'VULNERABLE',
    message: `${findings.length} findings block.`,
    hint: 'Rebuild the image with the fixed versions.',
    findings,
  };
}

export function parseTarget(text: string): TagReference {
  const target = parseReference(text);
  if (target.kind !== 'tag') throw new TypeError(`${text} has no tag`);
  return target;
}
