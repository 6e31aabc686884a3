import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AttestationVerdict, judgeAttestation } from '../../src/policy/attestation-rule.ts';
import type { AttestationRequirement } from '../../src/policy/effective.ts';
import { parseGitSource } from '../../src/policy/git-source.ts';
import { readPredicateTime } from '../../src/policy/predicate-time.ts';
import { readProvenance } from '../../src/policy/provenance.ts';
import { quoteForeign } from '../../src/policy/quote.ts';
import { judgeSourceSignature } from '../../src/policy/source-signature-rule.ts';
import { hold, holdLong, mutate } from '../property-runs.ts';
import {
  DIGEST,
  keyAnchor,
  makeGithubProvenance,
  makeRecord,
  makeScan,
  makeStatement,
  NOW,
  RECORD_TYPE,
  SLSA_TYPE,
  SOURCE,
  trustIn,
  VULN_TYPE,
} from './sample-statements.ts';

const anchor = keyAnchor('k');
const policy = 'p.yml';

/** Each requirement, a statement that meets it, and the fields on which that rests. */
const CASES: readonly (readonly [AttestationRequirement, object, readonly (readonly string[])[]])[] = [
  [
    { type: VULN_TYPE, role: 'scan', policy, maxAge: 86_400_000, scanner: 'trivy' },
    makeScan(NOW.toISOString()),
    [['metadata'], ['scanner', 'uri']],
  ],
  [
    { type: RECORD_TYPE, role: 'promotion', policy, environment: 'qa' },
    makeRecord(),
    [['environment'], ['targets'], ['source', 'digest']],
  ],
  [
    { type: SLSA_TYPE, role: 'source', policy, repository: 'org/app', branch: 'main', builder: 'https://github.com/*' },
    makeGithubProvenance(),
    [
      ['buildDefinition', 'externalParameters', 'workflow', 'repository'],
      ['buildDefinition', 'externalParameters', 'workflow', 'ref'],
      ['runDetails', 'builder', 'id'],
    ],
  ],
];

/** Everything that JSON can hold, with what JavaScript trips over among its keys and dates among its texts. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__": {"uri": "trivy"}, "constructor": null, "toString": 1, "length": -1}'),
    'x'.repeat(100_000),
    '9999-12-31T23:59:59Z',
    '0001-01-01T00:00:00Z',
    '2026-03-10',
    { toJSON: 1, valueOf: 'x' },
    [[[[]]]],
    1e308,
  ),
);

function judge(requirement: AttestationRequirement, statement: unknown): AttestationVerdict {
  const evidence = { verified: [{ anchor, statement, signer: 'k' }], others: [] };
  return judgeAttestation(requirement, evidence, { source: SOURCE, digest: DIGEST, trust: trustIn(anchor), now: NOW });
}

function isShort(verdict: AttestationVerdict): boolean {
  return (
    verdict.kind === 'refused' &&
    verdict.refusal.message.length < 4_000 &&
    !/[\n\0\u202e]/.test(verdict.refusal.message)
  );
}

function replaceAt(value: unknown, [key, ...rest]: readonly string[], leaf: unknown): unknown {
  if (key === undefined) return leaf;
  const record = value as Record<string, unknown>;
  return { ...record, [key]: replaceAt(record[key], rest, leaf) };
}

describe.each(CASES.map((row) => [row[0].type, ...row] as const))('%s', (_, requirement, good, fields) => {
  const predicate = (good as { predicate: unknown }).predicate;

  it('passes as it is', () => {
    expect(judge(requirement, good)).toEqual({ kind: 'satisfied', index: 0 });
  });

  it('never passes with a predicate of another shape, and never throws', () => {
    hold(odd, (value) => {
      const { name } = (good as { subject: { name?: string }[] }).subject[0] ?? {};
      expect(isShort(judge(requirement, makeStatement(requirement.type, value, name)))).toBe(true);
    });
  });

  it('never passes with anything else in a field that it rests on', () => {
    hold(fc.tuple(fc.constantFrom(...fields), odd), ([field, value]) => {
      expect(isShort(judge(requirement, { ...good, predicate: replaceAt(predicate, field, value) }))).toBe(true);
    });
  });

  it('never passes as a statement of another shape, type or subject', () => {
    hold(fc.tuple(fc.constantFrom('predicate', 'predicateType', 'subject'), odd), ([key, value]) => {
      expect(judge(requirement, value).kind).toBe('refused');
      expect(judge(requirement, { ...good, [key]: value }).kind).toBe('refused');
    });
  });

  it('is judged without an exception, whatever is cut out of it', () => {
    hold(mutate(fc.constant(JSON.stringify(good))), (text) => {
      let statement: unknown;
      try {
        statement = JSON.parse(text);
      } catch {
        return;
      }
      expect(['satisfied', 'refused']).toContain(judge(requirement, statement).kind);
    });
  });
});

describe('evidence', () => {
  it('by an anchor outside the list never counts, whatever it is called', () => {
    hold(fc.tuple(fc.string(), fc.string(), fc.array(fc.string())), ([key, name, others]) => {
      const stranger = { ...anchor, key: `${key}!`, name };
      const verified = [{ anchor: stranger, statement: makeScan(NOW.toISOString()), signer: name }];
      const context = { source: SOURCE, digest: DIGEST, trust: trustIn(anchor), now: NOW };
      const [requirement] = CASES[0] ?? [];
      if (requirement === undefined) throw new Error('there is one');
      expect(judgeAttestation(requirement, { verified, others }, context).kind).toBe('refused');
      const refusal = judgeSourceSignature({
        source: SOURCE,
        digest: DIGEST,
        trust: trustIn(anchor),
        verified,
        others,
      });
      expect(refusal?.code).toBe('SOURCE_UNSIGNED');
    });
  });

  it('that says when it was made says an instant that JavaScript writes the same way', () => {
    hold(mutate(fc.constant('2026-03-10T12:00:00Z')), (text) => {
      const made = readPredicateTime(RECORD_TYPE, { finishedAt: text });
      if (made.kind !== 'known') return;
      expect(text.toUpperCase()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/);
      expect(made.time.getTime()).toBe(Date.parse(text.toUpperCase()));
    });
  });

  it('names a repository only where it plainly stands there', () => {
    hold(mutate(fc.constant('git+https://github.com/org/app@refs/heads/main')), (text) => {
      if (parseGitSource(text)?.repository === 'org/app') expect(text.toLowerCase()).toContain('github.com/org/app');
    });
  });

  it('is read quickly, however long', () => {
    holdLong(['git+https://github.com/org/', 'https://a', '2026-03-10T12:00:00.'], (text) => {
      parseGitSource(text);
      parseGitSource(text.slice(0, 2_048));
      readPredicateTime(RECORD_TYPE, { finishedAt: text });
      readProvenance(makeGithubProvenance({ repository: text, ref: text }));
      expect(quoteForeign(text).length).toBeLessThan(300);
    });
  });
});
