import { describe, expect, it } from '@jest/globals';
import { makeSignature, type Statement } from '../../src/chain/statement.ts';
import { digestOf } from '../../src/image/digest.ts';
import { Notary } from '../../src/steps/notary.ts';
import { createFakeSigner, FAKE_ANCHOR } from '../promote/fake-signer.ts';

const STATEMENT: Statement = makeSignature(digestOf('image'), { target: 'prod.test/app:1' });

describe('the notary', () => {
  it('asks cosign for each statement once', async () => {
    const signer = createFakeSigner();
    const notary = new Notary(signer, false, undefined);
    expect(await notary.sign(STATEMENT)).toBe(await notary.sign(STATEMENT));
    await notary.sign({ ...STATEMENT });
    expect(signer.signed).toHaveLength(2);
  });

  it('knows the anchor of a key at once', () => {
    expect(new Notary(createFakeSigner(), false, undefined).anchor).toBe(FAKE_ANCHOR);
  });

  it('knows what an earlier bundle of the run was signed by', () => {
    const known = { ...FAKE_ANCHOR, name: 'known' };
    expect(new Notary(createFakeSigner(), false, known).anchor).toBe(known);
  });
});
