import { describe, expect, it } from '@jest/globals';
import { describeOtherTypes, describeUnreadable, listOthers } from '../../src/chain/evidence-others.ts';
import { makeSignature, SIGNATURE_PREDICATE } from '../../src/chain/statement.ts';
import { digestOf } from '../../src/image/digest.ts';
import type { SignerIdentity } from '../../src/image/trust-anchor.ts';

const DIGEST = digestOf('x');
const attached = (predicateType: string, identity: SignerIdentity) => ({
  ...{ manifest: DIGEST, predicateType, identity, bundle: Buffer.from('') },
  statement: { ...makeSignature(DIGEST, {}), subject: [] },
});

describe('what was found and does not count', () => {
  it('names each type and its signers once', () => {
    const workflow: SignerIdentity = { kind: 'certificate', identity: 'w.yml', issuer: 'i', repository: 'org/app' };
    const bundles = [
      attached('a', { kind: 'key' }),
      attached('a', { kind: 'key' }),
      attached('a', workflow),
      attached(SIGNATURE_PREDICATE, workflow),
    ];
    expect(describeOtherTypes(bundles, SIGNATURE_PREDICATE)).toEqual([
      'Of type a, which is not what is asked for, there is one by a key, by w.yml (issuer i, for org/app)',
    ]);
  });

  it('is one sentence where several other types are attached', () => {
    const bundles = ['a', 'b', 'c', SIGNATURE_PREDICATE].map((type) => attached(type, { kind: 'key' }));
    expect(describeOtherTypes(bundles, SIGNATURE_PREDICATE)).toEqual([
      'There is also what is not asked for, of 3 other types',
    ]);
    expect(describeOtherTypes(bundles.slice(3), SIGNATURE_PREDICATE)).toEqual([]);
  });

  it('is told on short lines that show what they say', () => {
    const sentence = describeUnreadable({ manifest: 'sha256:1', reason: `a\nb\u202e${'c'.repeat(1000)}` });
    const [line = ''] = listOthers([sentence]);
    expect(line).toMatch(/^sha256:1 cannot be read: a b\ufffdccc/);
    expect(line.length).toBeLessThan(600);
  });

  it('is told once, and not without end', () => {
    expect(listOthers(['a', 'a', 'b'])).toEqual(['a', 'b']);
    const many = Array.from({ length: 25 }, (_, i) => `sentence ${i}`);
    expect(listOthers(many)).toEqual([...many.slice(0, 20), 'and 5 more']);
  });
});
