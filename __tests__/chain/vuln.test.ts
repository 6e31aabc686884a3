import { describe, expect, it } from '@jest/globals';
import { makeVuln, VULN_PREDICATE, type VulnFacts } from '../../src/chain/vuln.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';

const DIGEST = digestOf('image');
const DATABASE = digestOf('database');
const finding = (id: string) => ({ VulnerabilityID: id, PkgName: 'bash', Severity: 'HIGH' });
const report = (id: string) => ({
  SchemaVersion: 2,
  ArtifactType: 'container_image',
  Metadata: { OS: { Family: 'debian', Name: '13' } },
  Results: [
    {
      Target: 'app (debian 13)',
      Class: 'os-pkgs',
      Packages: [{ Name: 'bash' }],
      Vulnerabilities: [{ ...finding(id), Description: 'long', References: ['https://x.test'] }],
      ExperimentalModifiedFindings: [
        { Status: 'not_affected', Finding: { ...finding('CVE-9'), Description: 'long', References: [] } },
      ],
    },
  ],
});
const make = (more: Partial<VulnFacts> = {}) =>
  makeVuln({
    repository: parseRepository('prod.test/app'),
    digest: DIGEST,
    scannerVersion: '0.72.0',
    database: { source: 'mirror.test:5000/trivy-db:2', digest: DATABASE, updatedAt: new Date('2026-11-20T00:00:00Z') },
    reports: [{ platform: 'linux/amd64', report: report('CVE-1') }],
    run: { runUrl: 'https://github.test/org/app/actions/runs/7', runId: '7', workflow: 'org/app/promote.yml' },
    parameters: ['severity=CRITICAL'],
    startedAt: new Date('2026-11-21T00:00:00Z'),
    finishedAt: new Date('2026-11-21T00:01:00Z'),
    ...more,
  });

describe('the attestation of a scan', () => {
  it('has the form of cosign, with real times, the database and the run', () => {
    const { predicate, ...statement } = make();
    expect(statement).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'prod.test/app', digest: { sha256: DIGEST.slice(7) } }],
      predicateType: VULN_PREDICATE,
    });
    expect(predicate).toMatchObject({
      invocation: {
        parameters: ['severity=CRITICAL'],
        uri: 'https://github.test/org/app/actions/runs/7',
        event_id: '7',
        'builder.id': 'org/app/promote.yml',
      },
      scanner: {
        uri: 'pkg:github/aquasecurity/trivy@0.72.0',
        version: '0.72.0',
        db: { uri: `oci://mirror.test:5000/trivy-db@${DATABASE}`, version: '2026-11-20T00:00:00.000Z' },
      },
      metadata: { scanStartedOn: '2026-11-21T00:00:00.000Z', scanFinishedOn: '2026-11-21T00:01:00.000Z' },
    });
  });

  it('holds what Trivy found, without what is no finding', () => {
    expect(make().predicate.scanner.result).toEqual({
      SchemaVersion: 2,
      ArtifactName: `prod.test/app@${DIGEST}`,
      ArtifactType: 'container_image',
      Metadata: { OS: { Family: 'debian', Name: '13' } },
      Results: [
        {
          Target: 'app (debian 13)',
          Class: 'os-pkgs',
          Vulnerabilities: [finding('CVE-1')],
          ExperimentalModifiedFindings: [{ Status: 'not_affected', Finding: finding('CVE-9') }],
        },
      ],
    });
  });

  it('says of each finding of an index on which platform it is', () => {
    const reports = [
      { platform: 'linux/amd64', report: report('CVE-1') },
      { platform: 'linux/arm64', report: report('CVE-2') },
      { platform: 'windows/amd64', report: undefined },
    ];
    const { result } = make({ reports }).predicate.scanner;
    expect(result).not.toHaveProperty('Metadata');
    expect(result).toMatchObject({
      Results: [
        { Target: 'linux/amd64 app (debian 13)', Vulnerabilities: [finding('CVE-1')] },
        { Target: 'linux/arm64 app (debian 13)', Vulnerabilities: [finding('CVE-2')] },
      ],
    });
  });

  it.each([[undefined], [null], ['text'], [{}], [{ Results: null }], [{ Results: [null, 1] }]])(
    'does not fail over a report of %j',
    (broken) => {
      const { result } = make({ reports: [{ platform: 'linux/amd64', report: broken }] }).predicate.scanner;
      expect(result).toMatchObject({ SchemaVersion: 2, Results: [] });
    },
  );

  it('leaves empty what a run outside a pipeline cannot know', () => {
    expect(make({ run: {} }).predicate.invocation).toMatchObject({ uri: '', event_id: '', 'builder.id': '' });
  });
});
