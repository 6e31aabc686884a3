import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { TrustAnchor } from '../../src/image/trust-anchor.ts';
import { isLikelyBy } from '../../src/signer/likely-signer.ts';

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const PEM = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const HINT = createHash('sha256')
  .update(publicKey.export({ type: 'spki', format: 'der' }))
  .digest('base64');
const key = (text: string): TrustAnchor => ({ kind: 'key', name: 'k', transparencyLog: false, key: text });
const workflow = (kind: 'exact' | 'regexp', text: string): TrustAnchor => ({
  ...{ kind: 'certificate', name: 'w', transparencyLog: false, identity: { kind, text } },
  issuer: { kind: 'exact', text: 'https://issuer.test' },
});
const signedBy = { kind: 'certificate', identity: 'mary@x.test', issuer: 'https://issuer.test' } as const;

describe('what says that it is by somebody', () => {
  it('names the key as cosign does; one in a KMS may be any', () => {
    expect(isLikelyBy({ kind: 'key', hint: HINT }, key(PEM))).toBe(true);
    expect(isLikelyBy({ kind: 'key', hint: 'another' }, key(PEM))).toBe(false);
    expect(isLikelyBy({ kind: 'key' }, key(PEM))).toBe(false);
    expect(isLikelyBy({ kind: 'key', hint: 'another' }, key('awskms:///alias/x'))).toBe(true);
  });

  it('names the identity; a pattern may fit any', () => {
    expect(isLikelyBy(signedBy, workflow('exact', 'mary@x.test'))).toBe(true);
    expect(isLikelyBy(signedBy, workflow('exact', 'eve@x.test'))).toBe(false);
    expect(isLikelyBy(signedBy, workflow('regexp', '.*@x.test'))).toBe(true);
  });

  it('is never of the other kind', () => {
    expect(isLikelyBy(signedBy, key(PEM))).toBe(false);
    expect(isLikelyBy({ kind: 'key', hint: HINT }, workflow('regexp', '.*'))).toBe(false);
  });
});
