import { describe, expect, it } from '@jest/globals';
import { type PolicyInputs, tighten } from '../../src/policy/tighten.ts';
import { effectiveOf } from './sample-policy.ts';

const NOTHING: PolicyInputs = { sign: true, attest: true, hasIgnoreFiles: false };
const SLSA = '"https://slsa.dev/provenance/v1"';

function run(samples: readonly string[], inputs: Partial<PolicyInputs>): ReturnType<typeof tighten> {
  return tighten(effectiveOf(samples), { ...NOTHING, ...inputs });
}

describe('an input about signatures', () => {
  it.each<[string, Partial<PolicyInputs>, object]>([
    ['', { signatureFormat: 'legacy' }, { format: 'legacy' }],
    ['', { signingConfig: 's', trustedRoot: 't' }, { signingConfig: 's', trustedRoot: 't' }],
    ['signature: { format: bundle }', { signatureFormat: 'both' }, { format: 'both' }],
    ['signature: { format: legacy }', {}, { format: 'legacy' }],
    ['signature: { format: both }', { signatureFormat: 'both' }, { format: 'both' }],
    ['signature: { signingConfig: s.json }', { signingConfig: './s.json' }, { signingConfig: 's.json' }],
    ['signature: { trustedRoot: t.json }', { trustedRoot: 't.json' }, { trustedRoot: 't.json' }],
    ['signers: [{ role: source, key: k, transparencyLog: false }]', { trustedRoot: 't' }, { trustedRoot: 't' }],
  ])('may add to { %s }: %j', (sample, inputs, signature) => {
    const { policy, problems } = run([sample], inputs);
    expect(problems).toEqual([]);
    expect(policy.signature).toMatchObject(signature);
  });

  it.each<[string, Partial<PolicyInputs>, string, string, string]>([
    [
      'signature: { format: both }',
      { signatureFormat: 'bundle' },
      'input signature-format',
      'is bundle, and a.yml asks for both in signature.format.',
      'Write both, or leave the input out.',
    ],
    [
      'signature: { format: legacy }',
      { signatureFormat: 'bundle' },
      'input signature-format',
      'is bundle, and a.yml asks for legacy in signature.format.',
      'Write legacy or both, or leave the input out.',
    ],
    [
      'signature: { signingConfig: s.json }',
      { signingConfig: 'x.json' },
      'input signing-config',
      'names x.json, and a.yml names s.json in signature.signingConfig.',
      'Leave the input out',
    ],
    [
      'signature: { trustedRoot: t.json }',
      { trustedRoot: '../t.json' },
      'input trusted-root',
      'names ../t.json, and a.yml names t.json in signature.trustedRoot.',
      'Leave the input out',
    ],
    [
      'signers: [{ role: source, identity: i, issuer: j }]',
      { trustedRoot: 'own.json' },
      'input trusted-root',
      'would decide whose certificates and log entries count for the signers of a.yml.',
      'Put signature.trustedRoot: own.json into the policy.',
    ],
    [
      `attestations: { require: [{ type: ${SLSA}, role: source }] }`,
      { hasSourceAnchor: false },
      'a.yml',
      'must be signed as source, and no policy names a signer of that role.',
      'Add a signer with role: source',
    ],
  ])('may take nothing away from { %s }: %j', (sample, inputs, where, message, fix) => {
    const { problems } = run([sample], inputs);
    expect(problems).toEqual([{ where, message: expect.stringContaining(message), fix: expect.stringContaining(fix) }]);
  });

  it('may name the signer that a required attestation of the source lacks', () => {
    const sample = `attestations: { require: [{ type: ${SLSA}, role: source }] }`;
    expect(run([sample], { hasSourceAnchor: true }).problems).toEqual([]);
  });

  it('cannot switch off a scan of the SBOM', () => {
    expect(run(['scan: { from: sbom }'], { scan: 'off' }).problems).toHaveLength(1);
  });
});
