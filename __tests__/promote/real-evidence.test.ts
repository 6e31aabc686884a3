import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeSigningKey } from '../../lab/signing-key.ts';
import { createVerifier, type VerifierContext } from '../../src/signer/verifier.ts';
import { prepareSigner } from '../../src/steps/signer.ts';
import { AMD64, type ApplyRoom, ARM64, applyApproved, INDEX, openApplyRoom } from './approved.ts';
import { createFakeSigner } from './fake-signer.ts';
import { makeRequest } from './fake-step.ts';

const BOTH = {
  'signature-format': 'both',
  policy: '{"version": 1, "signature": {"transparencyLog": false}}',
};

let room: ApplyRoom;
beforeAll(async () => {
  const open = await openApplyRoom();
  const key = await makeSigningKey();
  const { ports } = open;
  const tool = await ports.provideTool('cosign', '', ports.workDirectory);
  const context: VerifierContext = {
    ...{ path: tool.path, directory: await mkdtemp(join(ports.workDirectory, 'cosign-')) },
    ...{ networkEnv: {}, kmsEnv: {}, exec: ports.exec, signal: ports.signal },
  };
  const places = { source: 'dev.test/app:1', target: 'prod.test/app:1', sign: 'true', 'cosign-key': 'env://KEY' };
  const request = await makeRequest({ ...places, ...BOTH }, { env: { KEY: 'k' } });
  const keyEnv = { KEY: key.privateKey, COSIGN_PASSWORD: key.password };
  const ready = { tool, verifier: await createVerifier(context), context };
  const signer = await prepareSigner(request, { ...ports, keyEnv }, ready);
  room = Object.assign(open, { signer: { ...createFakeSigner(), ...signer } });
}, 60_000);
afterAll(() => room?.close());

describe('evidence by cosign itself', () => {
  it('is verified at the target in both forms, for the index and its platforms, and a rerun adds nothing', async () => {
    const first = await (await applyApproved(room, { inputs: BOTH })).outcome;
    expect([first.result, first.evidence.length]).toEqual(['promoted', 6]);
    for (const { root } of [INDEX, AMD64, ARM64]) {
      expect(room.target.digestOf('prod/app', `${root.digest.replace(':', '-')}.sig`)).toBeDefined();
    }
    const again = await (await applyApproved(room, { inputs: { ...BOTH, 'existing-tag': 'accept-same-digest' } }))
      .outcome;
    expect([again.result, again.evidence, again.kept.length]).toEqual(['unchanged', [], 4]);
  }, 60_000);
});
