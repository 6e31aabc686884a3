import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { runSlsaVerifier } from '../../lab/slsa-verifier.ts';

const digest = `sha256:${createHash('sha256').update('image').digest('hex')}`;
const verifierId = 'https://example.com/verifier';
const resourceUri = 'oci://registry.example.com/app/web';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
const question = { publicKey: pem(publicKey), digests: [digest], verifierId, resourceUri };

/** https://github.com/secure-systems-lab/dsse/blob/master/protocol.md */
function seal(statement: object): object {
  const payloadType = 'application/vnd.in-toto+json';
  const payload = Buffer.from(JSON.stringify(statement));
  const signed = Buffer.concat([
    Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `),
    payload,
  ]);
  const signatures = [{ sig: sign('sha256', signed, privateKey).toString('base64') }];
  return { payload: payload.toString('base64'), payloadType, signatures };
}

function summarize(verificationResult: string): object {
  return seal({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'registry.example.com/app/web', digest: { sha256: digest.slice(7) } }],
    predicateType: 'https://slsa.dev/verification_summary/v1',
    predicate: {
      verifier: { id: verifierId },
      timeVerified: '2026-01-01T00:00:00Z',
      resourceUri,
      policy: { uri: 'https://example.com/policy' },
      verificationResult,
      verifiedLevels: ['SLSA_BUILD_LEVEL_2'],
      slsaVersion: '1.1',
    },
  });
}

describe('runSlsaVerifier', () => {
  const envelope = summarize('PASSED');

  it('passes a summary, given as an envelope or inside a bundle', async () => {
    const asked = { ...question, levels: ['SLSA_BUILD_LEVEL_2'] };
    const passed = { passed: true, message: expect.stringContaining('PASSED') };
    expect(await runSlsaVerifier({ ...asked, envelope: JSON.stringify(envelope) })).toEqual(passed);
    const bundle = Buffer.from(JSON.stringify({ dsseEnvelope: envelope }));
    expect(await runSlsaVerifier({ ...asked, envelope: bundle })).toEqual(passed);
  });

  it.each([
    ['another digest', { digests: [`sha256:${'0'.repeat(64)}`] }, /digest/],
    ['another verifier', { verifierId: 'https://example.com/other' }, /verifier/i],
    ['another resource', { resourceUri: `${resourceUri}2` }, /resource/i],
    ['a higher level', { levels: ['SLSA_BUILD_LEVEL_3'] }, /level/i],
    ['another key', { publicKey: pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey) }, /signature/i],
    ['a failed verification', { envelope: JSON.stringify(summarize('FAILED')) }, /FAILED/],
  ])('does not pass %s', async (_what, changes, why) => {
    const verdict = await runSlsaVerifier({ ...question, envelope: JSON.stringify(envelope), ...changes });
    expect(verdict).toEqual({ passed: false, message: expect.stringMatching(why) });
  });
});
