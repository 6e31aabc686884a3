import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sigstore, startSigstore } from '../../lab/sigstore/sigstore.ts';
import type { StatementSigner } from '../../src/signer/statement-signer.ts';
import { createStatementSigner } from '../../src/signer/statement-signer.ts';
import { createVerifier, type Verifier, type VerifierContext } from '../../src/signer/verifier.ts';
import { type ApplyRoom, applyApproved, openApplyRoom } from './approved.ts';
import { createFakeSigner } from './fake-signer.ts';

const SHARED = 'shared/flows/.github/workflows/promote.yml@refs/heads/main';

let room: ApplyRoom;
let sigstore: Sigstore;
let verifier: Verifier;
let context: VerifierContext;
beforeAll(async () => {
  room = await openApplyRoom();
  const { ports } = room;
  sigstore = await startSigstore(join(ports.workDirectory, 'sigstore'));
  const tool = await ports.provideTool('cosign', '', ports.workDirectory);
  context = {
    ...{ path: tool.path, directory: await mkdtemp(join(ports.workDirectory, 'cosign-')) },
    ...{ networkEnv: {}, kmsEnv: {}, exec: ports.exec, signal: ports.signal },
    trustedRoot: await readFile(sigstore.trustedRootPath, 'utf8'),
  };
  verifier = await createVerifier(context);
}, 60_000);
afterAll(async () => {
  await sigstore?.close();
  await room?.close();
});

/** A signer as the workflow of this repository; `changes` make it another. */
async function signAs(repository: string, changes: Partial<StatementSigner> = {}): Promise<{ signed: number }> {
  const signer = await createStatementSigner({
    ...{ ...context, key: { kind: 'keyless' }, keyEnv: {}, transparencyLog: true },
    signingConfig: await readFile(sigstore.signingConfigPath, 'utf8'),
    identityToken: async () => sigstore.mintToken({ repository, job_workflow_ref: SHARED }),
  });
  const count = { signed: 0 };
  const signStatement: StatementSigner['signStatement'] = (statement) => {
    count.signed++;
    return signer.signStatement(statement);
  };
  Object.assign(room, {
    signer: { ...createFakeSigner(), verifier, signer: { ...signer, signStatement, ...changes } },
  });
  return count;
}

const inputs = { 'existing-tag': 'accept-same-digest' };

describe('evidence without a key', () => {
  it('is verified as the identity of the certificate, and for the repository that called the workflow', async () => {
    await signAs('org/app', { expectedAnchor: undefined });
    const { result, anchor, evidence } = await (await applyApproved(room, { inputs })).outcome;
    expect([result, evidence.length]).toEqual(['promoted', 3]);
    expect(anchor).toMatchObject({
      ...{ kind: 'certificate', repository: 'org/app', issuer: { kind: 'exact', text: sigstore.issuer } },
      identity: { kind: 'exact', text: sigstore.identityOf({ job_workflow_ref: SHARED }) },
    });
  }, 60_000);

  it('is found again by what the token claims, and nothing is signed', async () => {
    const count = await signAs('org/app');
    const { evidence, kept } = await (await applyApproved(room, { inputs })).outcome;
    expect([evidence, kept.length, count.signed]).toEqual([[], 3, 0]);
  }, 60_000);

  it('is found again by what a first bundle says, where the token does not tell: nothing is attached', async () => {
    const count = await signAs('org/app', { expectedAnchor: undefined });
    const { evidence, kept } = await (await applyApproved(room, { inputs })).outcome;
    expect([evidence, kept.length, count.signed]).toEqual([[], 3, 1]);
  }, 60_000);

  it('by the same workflow for another repository does not count', async () => {
    await signAs('stranger/app');
    const { evidence, kept } = await (await applyApproved(room, { inputs })).outcome;
    expect([evidence.length, kept]).toEqual([3, []]);
  }, 60_000);
});
