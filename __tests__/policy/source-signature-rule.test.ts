import { describe, expect, it } from '@jest/globals';
import { parseReference } from '../../src/image/reference.ts';
import { judgeSourceSignature } from '../../src/policy/source-signature-rule.ts';
import { trustInput } from '../../src/policy/trust.ts';
import { DIGEST, keyAnchor, SOURCE, trustIn } from './sample-statements.ts';

const dev = keyAnchor('keys/dev.pub');
const next = keyAnchor('keys/next.pub');
const about = { source: SOURCE, digest: DIGEST, others: [] };

describe('a source that must be signed', () => {
  it.each([dev, next])('may be signed by any one of the list: $name', (anchor) => {
    const verified = [{ anchor, signer: anchor.name }];
    expect(judgeSourceSignature({ ...about, trust: trustIn(dev, next), verified })).toBeUndefined();
  });

  it('is refused without one, with who is trusted and who signed instead', () => {
    const others = ['One by a key does not count: wrong key'];
    expect(judgeSourceSignature({ ...about, trust: trustIn(dev, next), verified: [], others })).toEqual({
      code: 'SOURCE_UNSIGNED',
      message: `The source qa.io/shop/web:1.4 (${DIGEST}) is not signed as it must be: p.yml demands a signature by keys/dev.pub or keys/next.pub, and none was found that verifies. Found instead: One by a key does not count: wrong key.`,
      hint: 'Sign the source as one of them (cosign sign; an attestation is no signature), or add the signer it has to signers in p.yml, with the role source.',
      policies: ['p.yml'],
    });
  });

  it('is refused where it bears no signature at all', () => {
    const source = parseReference(`qa.io/shop/web@${DIGEST}`);
    const refusal = judgeSourceSignature({ ...about, source, trust: trustIn(dev), verified: [] });
    expect(refusal?.message).toContain(`The source qa.io/shop/web@${DIGEST} is not signed`);
    expect(refusal?.message).toContain('No other signature was found there.');
  });

  it.each([
    ['of another list', keyAnchor('keys/evil.pub')],
    ['that was verified without the log', { ...dev, transparencyLog: true }],
    ['that only has the name', { ...keyAnchor('keys/evil.pub'), name: 'keys/dev.pub' }],
  ])('is refused with a signature by an anchor %s', (_, anchor) => {
    const verified = [{ anchor, signer: 'somebody' }];
    expect(judgeSourceSignature({ ...about, trust: trustIn(dev), verified })).toMatchObject({
      code: 'SOURCE_UNSIGNED',
      message: expect.stringContaining('Found instead: somebody.'),
    });
  });

  it('is refused where nobody may vouch for it, and says why', () => {
    const trust = { policy: 'p.yml', anchors: [], lapsed: ['keys/dev.pub counted until 2026-01-01.'] };
    const refusal = judgeSourceSignature({ ...about, trust, verified: [{ anchor: dev, signer: 'keys/dev.pub' }] });
    expect(refusal?.message).toContain(
      'Nobody whom p.yml names may vouch for it now. keys/dev.pub counted until 2026-01-01.',
    );
    expect(refusal?.hint).toContain('dates and images');
  });

  it('names the inputs where they demand it', () => {
    const refusal = judgeSourceSignature({ ...about, trust: trustInput(dev), verified: [] });
    expect(refusal?.message).toContain('the source-* inputs demand a signature by keys/dev.pub');
    expect(refusal).not.toHaveProperty('policies');
  });

  it('shows nothing of a hostile name but its text, and not all of it', () => {
    const others = [`::error::\n${'x'.repeat(100_000)}`];
    const refusal = judgeSourceSignature({ ...about, trust: trustIn(dev), verified: [], others });
    expect(refusal?.message).not.toContain('\n');
    expect(refusal?.message.length).toBeLessThan(1_500);
  });
});
