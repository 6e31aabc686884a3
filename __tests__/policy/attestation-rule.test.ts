import { describe, expect, it } from '@jest/globals';
import { parseDigest } from '../../src/image/digest.ts';
import { type AttestationVerdict, judgeAttestation } from '../../src/policy/attestation-rule.ts';
import type { AttestationRequirement } from '../../src/policy/effective.ts';
import type { Refusal } from '../../src/policy/refusal.ts';
import {
  DIGEST,
  keyAnchor,
  makeGithubProvenance,
  makeRecord,
  makeScan,
  NOW,
  RECORD_TYPE,
  SLSA_TYPE,
  SOURCE,
  trustIn,
  VULN_TYPE,
} from './sample-statements.ts';

const scanner = keyAnchor('keys/scan.pub');
const DAY = 86_400_000;
const required: AttestationRequirement = { type: VULN_TYPE, role: 'scan', maxAge: 7 * DAY, policy: 'p.yml' };
const fresh = '2026-03-09T12:00:00Z';
const context = { source: SOURCE, digest: DIGEST, trust: trustIn(scanner), now: NOW };

function judge(
  requirement: AttestationRequirement,
  statements: readonly unknown[],
  change: Partial<typeof context> = {},
  others: readonly string[] = [],
): AttestationVerdict {
  const verified = statements.map((statement) => ({ anchor: scanner, statement, signer: 'keys/scan.pub' }));
  return judgeAttestation(requirement, { verified, others }, { ...context, ...change });
}

function refusalOf(verdict: AttestationVerdict): Refusal {
  if (verdict.kind !== 'refused') throw new Error('was satisfied');
  return verdict.refusal;
}

describe('a required attestation', () => {
  it('satisfies, the newest first', () => {
    const scans = ['2026-03-05T00:00:00Z', fresh, '2026-03-08T00:00:00Z', '2026-01-01T00:00:00Z'].map(makeScan);
    expect(judge(required, scans)).toEqual({ kind: 'satisfied', index: 1 });
  });

  it('satisfies beside others that do not', () => {
    expect(judge(required, [makeScan('nonsense'), makeScan(fresh), {}, null])).toEqual({ kind: 'satisfied', index: 1 });
  });

  it('of any age satisfies where no age is demanded, also when it says no time', () => {
    const { maxAge: _, ...ageless } = required;
    for (const time of ['2001-01-01T00:00:00Z', 'nonsense', undefined]) {
      expect(judge(ageless, [makeScan(time)])).toEqual({ kind: 'satisfied', index: 0 });
    }
  });

  it('may be a little ahead of our clock', () => {
    expect(judge(required, [makeScan('2026-03-10T12:05:00Z')])).toMatchObject({ kind: 'satisfied' });
  });

  it('that is missing is told with who was asked for and who else there is', () => {
    const refusal = refusalOf(judge(required, [], {}, ['One by a key does not count: wrong key']));
    expect(refusal).toEqual({
      code: 'ATTESTATION_MISSING',
      message: `qa.io/shop/web:1.4@${DIGEST} lacks an attestation of type ${VULN_TYPE} (at most 7d old): p.yml demands one by keys/scan.pub, and none was found that verifies. By others or unverified: One by a key does not count: wrong key.`,
      hint: 'Let the stage before attach it to this very digest, signed as one of them (an attestation of another digest or signer does not count), or change attestations.require in p.yml.',
      policies: ['p.yml'],
    });
    expect(refusalOf(judge(required, [])).message).toContain('No attestation of this type was found there.');
  });

  it('that is too old is told with its age', () => {
    const refusal = refusalOf(judge(required, [makeScan('2026-03-01T12:00:00Z'), makeScan('nonsense')]));
    expect(refusal.code).toBe('ATTESTATION_STALE');
    expect(refusal.message).toBe(
      `The attestation of type ${VULN_TYPE} at qa.io/shop/web:1.4@${DIGEST} is too old: keys/scan.pub: it is of 2026-03-01T12:00:00.000Z, 9d ago, and may be 7d old; keys/scan.pub: it says no time of RFC 3339 but nonsense. p.yml demands one by keys/scan.pub (at most 7d old).`,
    );
    expect(refusal.hint).toContain('Run again');
  });

  it('that a promotion left is renewed by running that promotion again', () => {
    const record: AttestationRequirement = { type: RECORD_TYPE, role: 'promotion', policy: 'p.yml', maxAge: DAY };
    const refusal = refusalOf(judge(record, [makeRecord({ finishedAt: '2026-03-01T12:00:00Z' })]));
    expect(refusal.code).toBe('ATTESTATION_STALE');
    expect(refusal.hint).toBe(
      'Run the promotion of the stage before again, with existing-tag: accept-same-digest and with p.yml: it attaches a new one once the old one has half of this age, or change attestations.require in p.yml.',
    );
  });

  it.each<[string, unknown, string]>([
    ['says no time', makeScan(undefined), 'it does not say when it was made'],
    ['says no readable time', makeScan('yesterday'), 'it says no time of RFC 3339 but yesterday'],
    ['is of the future', makeScan('2026-03-10T12:05:01Z'), 'which is still to come'],
    ['is of another type', { ...makeScan(fresh), predicateType: RECORD_TYPE }, `its type is ${RECORD_TYPE}`],
    [
      'is about another digest',
      { ...makeScan(fresh), subject: [{ digest: { sha256: 'b'.repeat(64) } }] },
      'it is not about',
    ],
    ['is about nothing', { ...makeScan(fresh), subject: [] }, 'it is not about'],
    ['is no statement', 'text', 'its type is not said plainly'],
  ])('that %s is invalid', (_, statement, reason) => {
    const refusal = refusalOf(judge(required, [statement]));
    expect(refusal.code).toBe('ATTESTATION_INVALID');
    expect(refusal.message).toContain(reason);
  });

  it('counts only under an anchor of the list, log and all', () => {
    const statement = makeScan(fresh);
    for (const anchor of [keyAnchor('keys/other.pub'), keyAnchor('keys/scan.pub', true)]) {
      const verdict = judgeAttestation(
        required,
        { verified: [{ anchor, statement, signer: 'X' }], others: [] },
        context,
      );
      expect(refusalOf(verdict)).toMatchObject({ code: 'ATTESTATION_MISSING', message: expect.stringContaining('X') });
    }
  });

  it('is never there where nobody may sign it', () => {
    const trust = { policy: 'q.yml', anchors: [], lapsed: ['keys/old.pub counted until 2026-01-01.'] };
    const refusal = refusalOf(judge(required, [makeScan(fresh)], { trust }));
    expect(refusal.code).toBe('ATTESTATION_MISSING');
    expect(refusal.message).toContain('keys/old.pub counted until 2026-01-01.');
    expect(refusal.policies).toEqual(['p.yml', 'q.yml']);
  });

  it('cannot be old enough for a clock that tells no time', () => {
    expect(judge(required, [makeScan(fresh)], { now: new Date(Number.NaN) })).toMatchObject({ kind: 'refused' });
  });

  it('is about the platform where that is asked for', () => {
    const digest = parseDigest(`sha256:${'b'.repeat(64)}`);
    expect(refusalOf(judge(required, [makeScan(fresh)], { digest })).code).toBe('ATTESTATION_INVALID');
  });
});

describe('conditions', () => {
  it.each(['trivy', 'Trivy', 'aquasecurity', 'aquasecurity/trivy'])('on the scanner: %s', (name) => {
    expect(judge({ ...required, scanner: name }, [makeScan(fresh)])).toMatchObject({ kind: 'satisfied' });
  });

  it.each(['grype', 'triv', '0.72.0', 'trivy@0.72.0'])('on the scanner that do not hold: %s', (name) => {
    const refusal = refusalOf(judge({ ...required, scanner: name }, [makeScan(fresh)]));
    expect(refusal.code).toBe('ATTESTATION_INVALID');
    expect(refusal.message).toContain(`its scanner is pkg:github/aquasecurity/trivy@0.72.0, not ${name}`);
  });

  const provenance: AttestationRequirement = { type: SLSA_TYPE, role: 'source', policy: 'p.yml' };

  it.each<Partial<AttestationRequirement>>([
    { builder: 'https://github.com/org/builds/.github/workflows/build.yml@*', level: 'SLSA_BUILD_LEVEL_3' },
    { repository: 'org/app', branch: 'main' },
    { branch: 'refs/heads/main' },
  ])('on provenance: %j', (conditions) => {
    expect(judge({ ...provenance, ...conditions }, [makeGithubProvenance()])).toMatchObject({ kind: 'satisfied' });
  });

  it.each<[Partial<AttestationRequirement>, string]>([
    [{ builder: 'https://github.com/actions/runner/github-hosted' }, 'its builder is'],
    [{ repository: 'org/App' }, 'its source repository is org/app, not org/App'],
    [{ repository: 'app' }, 'its source repository is org/app, not app'],
    [{ branch: 'mai' }, 'it was built from refs/heads/main, not refs/heads/mai'],
    [{ branch: 'refs/tags/main' }, 'it was built from refs/heads/main, not refs/tags/main'],
    [{ environment: 'qa' }, 'it cannot say environment qa'],
    [{ maxAge: DAY }, 'it does not say when it was made'],
  ])('on provenance that do not hold: %j', (conditions, reason) => {
    const refusal = refusalOf(judge({ ...provenance, ...conditions }, [makeGithubProvenance()]));
    expect(refusal).toMatchObject({ code: 'ATTESTATION_INVALID', message: expect.stringContaining(reason) });
  });

  it('a tag that is called like the branch is not the branch', () => {
    const built = makeGithubProvenance({ ref: 'main' });
    expect(refusalOf(judge({ ...provenance, branch: 'main' }, [built])).message).toContain('built from main, not');
  });

  it('on what is no provenance never hold', () => {
    const odd = { ...required, repository: 'org/app' };
    expect(refusalOf(judge(odd, [makeScan(fresh)])).message).toContain('it is no SLSA provenance');
  });

  it('a record is held to its repository and tag, whatever is demanded', () => {
    const record: AttestationRequirement = { type: RECORD_TYPE, role: 'promotion', policy: 'p.yml' };
    expect(judge({ ...record, environment: 'qa' }, [makeRecord()])).toMatchObject({ kind: 'satisfied' });
    const copied = refusalOf(judge(record, [makeRecord({}, 'dev.io/shop/web')]));
    expect(copied.message).toContain('it is of dev.io/shop/web, not of qa.io/shop/web');
  });
});
