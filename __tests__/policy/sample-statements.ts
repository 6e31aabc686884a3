import { parseDigest } from '../../src/image/digest.ts';
import { parseReference } from '../../src/image/reference.ts';
import type { KeyAnchor } from '../../src/image/trust-anchor.ts';
import type { TrustList } from '../../src/policy/trust.ts';

export const HEX = 'a'.repeat(64);
export const DIGEST = parseDigest(`sha256:${HEX}`);
export const COMMIT = 'c'.repeat(40);
export const NOW = new Date('2026-03-10T12:00:00Z');
export const SOURCE = parseReference('qa.io/shop/web:1.4');
export const VULN_TYPE = 'https://cosign.sigstore.dev/attestation/vuln/v1';
export const RECORD_TYPE = 'https://promote-image.github.io/promotion/v1';
export const SLSA_TYPE = 'https://slsa.dev/provenance/v1';

/** A statement about DIGEST. */
export function makeStatement(predicateType: string, predicate: unknown, name?: string): object {
  const subject = { ...(name === undefined ? {} : { name }), digest: { sha256: HEX } };
  return { _type: 'https://in-toto.io/Statement/v1', subject: [subject], predicateType, predicate };
}

/** A scan by Trivy that ended then. */
export function makeScan(scanFinishedOn: unknown): object {
  const scanner = { uri: 'pkg:github/aquasecurity/trivy@0.72.0', version: '0.72.0', result: {} };
  return makeStatement(VULN_TYPE, { scanner, metadata: { scanStartedOn: scanFinishedOn, scanFinishedOn } });
}

/** What a promotion to qa leaves at SOURCE, changed as a test wants. */
export function makeRecord(change: object = {}, name = 'qa.io/shop/web'): object {
  const predicate = {
    source: { reference: 'dev.io/shop/web:1.4', digest: DIGEST },
    gates: [{ name: 'Scan', verdict: 'passed', evidence: 'no findings' }],
    environment: 'qa',
    targets: ['qa.io/shop/web:1.4', 'qa.io/shop/web:1'],
    finishedAt: NOW,
    ...change,
  };
  return JSON.parse(JSON.stringify(makeStatement(RECORD_TYPE, predicate, name)));
}

/** What actions/attest-build-provenance says of a push to main. */
export function makeGithubProvenance(workflow: object = {}, dependencies?: readonly object[]): object {
  return makeStatement(SLSA_TYPE, {
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: {
        workflow: {
          ref: 'refs/heads/main',
          repository: 'https://github.com/org/app',
          path: '.github/workflows/build.yml',
          ...workflow,
        },
      },
      internalParameters: { github: { event_name: 'push', runner_environment: 'github-hosted' } },
      resolvedDependencies: dependencies ?? [
        { uri: 'git+https://github.com/org/app@refs/heads/main', digest: { gitCommit: COMMIT } },
      ],
    },
    runDetails: {
      builder: { id: 'https://github.com/org/builds/.github/workflows/build.yml@refs/tags/v1' },
      metadata: { invocationId: 'https://github.com/org/app/actions/runs/1/attempts/1' },
    },
  });
}

export function keyAnchor(name: string, transparencyLog = false): KeyAnchor {
  return { kind: 'key', name, transparencyLog, key: `PEM of ${name}` };
}

export function trustIn(...anchors: readonly KeyAnchor[]): TrustList {
  return { policy: 'p.yml', anchors, lapsed: [] };
}
