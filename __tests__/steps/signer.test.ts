import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeSigningKey, type SigningKey } from '../../lab/signing-key.ts';
import { createVerifier, type VerifierContext } from '../../src/signer/verifier.ts';
import { prepareSigner, type Signer } from '../../src/steps/signer.ts';
import { type FakePorts, openPorts } from '../promote/fake-ports.ts';
import { makeRequest } from '../promote/fake-step.ts';

const POLICY = '{"version": 1, "signature": {"transparencyLog": false}}';
let key: SigningKey;
let ports: FakePorts;
beforeAll(async () => {
  [key, ports] = await Promise.all([makeSigningKey(), openPorts()]);
});
afterAll(() => ports.close());

async function prepare(keyEnv: Readonly<Record<string, string>>, attest = 'true'): Promise<Signer | undefined> {
  const places = { source: 'dev.test/app:1', target: 'prod.test/app:1', policy: POLICY };
  const request = await makeRequest({ ...places, attest, 'cosign-key': 'env://KEY' }, { env: { KEY: 'k' } });
  const tool = await ports.provideTool('cosign', '', ports.workDirectory);
  const context: VerifierContext = {
    ...{ path: tool.path, directory: await mkdtemp(join(ports.workDirectory, 'room-')) },
    ...{ networkEnv: {}, kmsEnv: {}, exec: ports.exec, signal: ports.signal },
  };
  const verifier = await createVerifier(context);
  return prepareSigner(request, { ...ports, keyEnv }, { tool, verifier, context });
}

describe('prepareSigner', () => {
  it('runs nothing when nothing is signed', async () => {
    expect(await prepare({}, 'false')).toBeUndefined();
    expect(ports.commands).toEqual([]);
  });

  it('tries the key with cosign, and knows its public half and under whose name a stranger verifies', async () => {
    const prepared = await prepare({ KEY: key.privateKey, COSIGN_PASSWORD: key.password });
    expect(prepared?.signer.publicKey?.trim()).toBe(key.publicKey.trim());
    expect(prepared?.signer.expectedAnchor).toMatchObject({ kind: 'key', transparencyLog: false });
    expect(ports.log.lines).toContainEqual(expect.stringContaining('signs with the key in KEY'));
    expect(JSON.stringify(ports.log.lines)).not.toContain('PRIVATE');
  });

  it.each([
    ['a wrong password', () => ({ KEY: key.privateKey, COSIGN_PASSWORD: 'wrong' }), /COSIGN_PASSWORD/],
    ['no password', () => ({ KEY: key.privateKey }), /COSIGN_PASSWORD/],
    ['a key that is none', () => ({ KEY: 'text', COSIGN_PASSWORD: 'x' }), /cosign generate-key-pair/],
  ])('finds %s before anything else is done', async (_, keyEnv, hint) => {
    await expect(prepare(keyEnv())).rejects.toMatchObject({ code: 'KEY_UNUSABLE', hint: expect.stringMatching(hint) });
  });
});
