import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { AttachedBundle } from '../../src/chain/attached-bundle.ts';
import { createBundleJudge } from '../../src/chain/bundle-verdicts.ts';
import { makeSignature } from '../../src/chain/statement.ts';
import { createTaskLimit } from '../../src/chain/task-limit.ts';
import { digestOf } from '../../src/image/digest.ts';
import type { KeyAnchor } from '../../src/image/trust-anchor.ts';
import { SignerError } from '../../src/signer/error.ts';
import type { BundleVerdict, Verifier } from '../../src/signer/verifier.ts';

const DIGEST = digestOf('image');
const anchor = (name: string): KeyAnchor => ({ kind: 'key', name, key: `PEM ${name}`, transparencyLog: false });
const bundle = (by: string, digest = DIGEST): AttachedBundle => {
  const statement = makeSignature(digest, {});
  return {
    manifest: digestOf(by),
    predicateType: statement.predicateType,
    statement: { ...statement, subject: statement.subject.map((each) => ({ ...each })) },
    bundle: Buffer.from(by),
    identity: { kind: 'key' },
  };
};

/** A verifier that believes each bundle to be by whom it names, and remembers what it was asked. */
const makeVerifier = (answer?: (by: string) => Promise<BundleVerdict>) => {
  const asked: string[] = [];
  let running = 0;
  let most = 0;
  const unused = () => Promise.reject(new TypeError('not asked for here'));
  const verifier: Verifier = {
    ...{ verifyImage: unused, verifyAttestation: unused },
    ...{ verifyLegacySignatures: unused, verifyLegacyAttestations: unused },
    async verifyBundle(bytes, _, __, { name }) {
      const by = Buffer.from(bytes).toString();
      asked.push(`${by}/${name}`);
      most = Math.max(most, ++running);
      await sleep(2);
      running--;
      return answer?.(by) ?? (by === name ? { valid: true } : { valid: false, reason: `not by ${name}` });
    },
  };
  return { verifier, asked, most: () => most };
};

describe('a judge of bundles', () => {
  it('asks for one anchor after the other until one holds', async () => {
    const { verifier, asked } = makeVerifier();
    const judge = createBundleJudge(verifier, createTaskLimit(4));
    const [a, b, c] = [bundle('a'), bundle('b'), bundle('c')];
    const results = await judge(DIGEST, [a, b, c], [anchor('a'), anchor('b')]);
    expect(results).toEqual([
      { bundle: a, outcome: { anchor: anchor('a') } },
      { bundle: b, outcome: { anchor: anchor('b') } },
      { bundle: c, outcome: { reason: 'not by a; not by b' } },
    ]);
    expect(asked.toSorted()).toEqual(['a/a', 'b/a', 'b/b', 'c/a', 'c/b']);
  });

  it('verifies many at a time, no more than the limit, and none twice', async () => {
    const { verifier, asked, most } = makeVerifier();
    const judge = createBundleJudge(verifier, createTaskLimit(3));
    const bundles = Array.from({ length: 20 }, (_, i) => bundle(`${i}`));
    await Promise.all([judge(DIGEST, bundles, [anchor('7')]), judge(DIGEST, bundles, [anchor('7')])]);
    expect(asked).toHaveLength(20);
    expect(most()).toBe(3);
  });

  it('never asks about a bundle of another digest', async () => {
    const { verifier, asked } = makeVerifier();
    const judge = createBundleJudge(verifier, createTaskLimit(4));
    const [result] = await judge(DIGEST, [bundle('a', digestOf('another'))], [anchor('a')]);
    expect(result?.outcome).toEqual({ reason: 'it is about another digest' });
    expect(asked).toEqual([]);
  });

  it('tells what cosign could not decide apart from what it refused, and goes on', async () => {
    const undecided = new SignerError('VERIFICATION_UNDECIDED', 'cosign stumbled');
    const { verifier } = makeVerifier((by) =>
      by === 'odd' ? Promise.reject(undecided) : Promise.resolve({ valid: true }),
    );
    const judge = createBundleJudge(verifier, createTaskLimit(4));
    const outcomes = (await judge(DIGEST, [bundle('odd'), bundle('a')], [anchor('a')])).map(({ outcome }) => outcome);
    expect(outcomes).toEqual([{ reason: 'cosign stumbled', undecided }, { anchor: anchor('a') }]);
  });

  it('throws what is no matter of a bundle', async () => {
    const { verifier } = makeVerifier(() => Promise.reject(new Error('no cosign here')));
    const judge = createBundleJudge(verifier, createTaskLimit(4));
    await expect(judge(DIGEST, [bundle('a')], [anchor('a')])).rejects.toThrow('no cosign here');
  });
});
