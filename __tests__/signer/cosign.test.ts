import { describe, expect, it } from '@jest/globals';
import { parseClaims, parseEnvelopes } from '../../src/signer/cosign.ts';
import { STATEMENT } from './signing-room.ts';

describe('parseClaims', () => {
  const critical = {
    type: 't',
    image: { 'docker-manifest-digest': 'sha256:x' },
    identity: { 'docker-reference': 'r.test/app:1' },
  };

  it('reads what cosign verify prints', () => {
    expect(
      parseClaims(
        JSON.stringify([
          { critical, optional: { target: 'a' } },
          { critical: { ...critical, identity: null }, optional: null },
        ]),
      ),
    ).toEqual([
      { type: 't', digest: 'sha256:x', reference: 'r.test/app:1', annotations: { target: 'a' } },
      { type: 't', digest: 'sha256:x', reference: '', annotations: {} },
    ]);
  });

  it.each(['', 'nope', '{}', '[{}]', 'null', '[{"critical":{}}]'])('does not take %j for a verification', (stdout) => {
    expect(() => parseClaims(stdout)).toThrow(expect.objectContaining({ code: 'VERIFICATION_FAILED' }));
  });
});

describe('parseEnvelopes', () => {
  const line = JSON.stringify({ payload: Buffer.from(JSON.stringify(STATEMENT)).toString('base64') });

  it('reads what cosign verify-attestation prints, a statement a line', () => {
    expect(parseEnvelopes(`${line}\n${line}\n\n`)).toEqual([STATEMENT, STATEMENT]);
    expect(parseEnvelopes('')).toEqual([]);
  });

  it.each(['nope', '{}', '{"payload":"bm9wZQ=="}'])('does not take %j for an attestation', (stdout) => {
    expect(() => parseEnvelopes(stdout)).toThrow(expect.objectContaining({ code: 'VERIFICATION_FAILED' }));
  });
});
