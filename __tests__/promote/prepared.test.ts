import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { prepare } from '../../src/promote/prepared.ts';
import { type FakePorts, openPorts } from './fake-ports.ts';
import { makeRequest } from './fake-step.ts';

const INPUTS = { source: 'dev.test/app:1.0', target: 'prod.test/app:1.0' };
const { publicKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

let ports: FakePorts;
beforeEach(async () => {
  ports = await openPorts();
});
afterEach(() => ports.close());

/** Which tools were asked for, while a request is prepared. */
async function prepareFor(inputs: Readonly<Record<string, string>>) {
  const provided: string[] = [];
  const provideTool: typeof ports.provideTool = async (name, wanted) => {
    provided.push(name);
    return {
      name,
      version: wanted,
      path: '/cosign',
      provenance: 'path',
      sha256: 'ab'.repeat(32),
      trustedAsGiven: true,
    };
  };
  const request = await makeRequest({ ...INPUTS, cosign: '/opt/cosign', ...inputs });
  return { ...(await prepare(request, { ...ports, provideTool }, ports.workDirectory)), provided };
}

describe('what a promotion prepares', () => {
  it('is nothing where nothing is verified or signed', async () => {
    expect(await prepareFor({})).toEqual({ verifier: undefined, signer: undefined, provided: [] });
  });

  it('is a verifier, and no signer, where only the source must be signed', async () => {
    const { verifier, signer, provided } = await prepareFor({ 'source-key': publicKey });
    expect({ hasVerifier: verifier !== undefined, signer, provided }).toEqual({
      ...{ hasVerifier: true, signer: undefined, provided: ['cosign'] },
    });
  });

  it('is nothing for a dry run that would sign, and has neither key nor token', async () => {
    const inputs = { sign: 'true', attest: 'true', 'dry-run': 'true' };
    expect(await prepareFor(inputs)).toEqual({ verifier: undefined, signer: undefined, provided: [] });
  });
});
