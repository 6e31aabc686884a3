import { describe, expect, it } from '@jest/globals';
import { checkSignature, listSignatureTrust, type SignatureResult } from '../../src/promote/source-signature.ts';
import { AMD64, type Attached, approve, makeReader, manifestOf, ROOT, requestUnder } from './evidence-sample.ts';
import { NOW } from './fake-ports.ts';

const DEV = { role: 'source', key: 'keys/dev.pub' };
const OTHER = { role: 'source', key: 'keys/other.pub' };
const sign = (name: string, more: Partial<Attached> = {}): Attached => ({
  by: `keys/${name}.pub`,
  about: ROOT,
  ...more,
});

async function check(policies: readonly object[], attached: readonly Attached[]): Promise<SignatureResult> {
  const request = await requestUnder(policies);
  return checkSignature(request, ROOT, listSignatureTrust(request, NOW), makeReader(attached));
}

describe('the signature of the source', () => {
  it('is one by a signer that the policy names, and the evidence says which', async () => {
    const result = await check([{ signers: [DEV] }], [sign('dev')]);
    expect(result).toEqual({
      refusals: [],
      relied: [
        {
          kind: 'signature',
          type: 'https://sigstore.dev/cosign/sign/v1',
          signer: 'keys/dev.pub',
          digest: manifestOf('keys/dev.pub', ROOT),
        },
      ],
      evidence: ['signed by keys/dev.pub, whom p0.yml names'],
    });
  });

  it('may be of the older form, which has no manifest of its own', async () => {
    const { relied } = await check([{ signers: [DEV] }], [sign('dev', { legacy: true })]);
    expect(relied).toEqual([{ kind: 'signature', type: 'cosign container image signature', signer: 'keys/dev.pub' }]);
  });

  it('may be by either of two, so that keys rotate without a gap', async () => {
    const { refusals, evidence } = await check([{ signers: [DEV, OTHER] }], [sign('other')]);
    expect(refusals).toEqual([]);
    expect(evidence).toEqual(['signed by keys/other.pub, whom p0.yml names with 1 more']);
  });

  it('is demanded by each policy on its own, and what lacks is told all together', async () => {
    const policies = [{ signers: [DEV] }, { signers: [OTHER] }];
    expect((await check(policies, [sign('dev'), sign('other')])).refusals).toEqual([]);
    const { refusals } = await check(policies, []);
    expect(refusals.map(({ code, policies: names }) => [code, names])).toEqual([
      ['SOURCE_UNSIGNED', ['p0.yml']],
      ['SOURCE_UNSIGNED', ['p1.yml']],
    ]);
  });

  it('counts for two policies that trust the same key', async () => {
    const { refusals, evidence } = await check([{ signers: [DEV] }, { signers: [OTHER, DEV] }], [sign('dev')]);
    expect(refusals).toEqual([]);
    expect(evidence).toHaveLength(2);
  });

  it.each<[string, readonly Attached[]]>([
    ['nothing', []],
    ['a signature by a stranger', [sign('other')]],
    ['an attestation by the very signer', [sign('dev', { type: 'https://spdx.dev/Document' })]],
    ['a signature of one of its platforms', [sign('dev', { about: AMD64.digest })]],
  ])('is not %s', async (_, attached) => {
    const { refusals, relied } = await check([{ signers: [DEV] }], attached);
    expect(refusals).toMatchObject([{ code: 'SOURCE_UNSIGNED' }]);
    expect(relied).toEqual([]);
  });

  it('of a stranger is named in the refusal', async () => {
    const { refusals } = await check([{ signers: [DEV] }], [sign('other')]);
    expect(refusals[0]?.message).toContain('one by keys/other.pub');
  });

  it('that an approved plan rests on comes before any other, so that one more makes no plan stale', async () => {
    const request = await requestUnder([{ signers: [DEV, OTHER] }]);
    const lists = listSignatureTrust(request, NOW);
    const attached = [sign('dev'), sign('other')];
    const [first] = (await checkSignature(request, ROOT, lists, makeReader(attached))).relied;
    const [approved] = (await checkSignature(request, ROOT, lists, makeReader(attached.toReversed()))).relied;
    expect(approved).not.toEqual(first);
    const under = approve(request, approved === undefined ? [] : [approved]);
    expect((await checkSignature(under, ROOT, lists, makeReader(attached))).relied).toEqual([approved]);
  });
});
