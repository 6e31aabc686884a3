import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { type Sigstore, startSigstore } from '../../lab/sigstore/sigstore.ts';
import { type AttestContext, type AttestedImage, attestScan } from '../../src/scan/attest.ts';
import type { StatementSigner } from '../../src/signer/statement-signer.ts';
import { openCosign } from '../../src/steps/cosign.ts';
import { Notary } from '../../src/steps/notary.ts';
import { prepareSigner } from '../../src/steps/signer.ts';
import { makeScan, pushForScan } from './attest-room.ts';
import { type FakeScanPorts, makeScanRequest, openScanPorts } from './fake-scan.ts';

const SHARED = 'shared/flows/.github/workflows/qa.yml@refs/heads/main';

let registry: LabRegistry;
let ports: FakeScanPorts;
let sigstore: Sigstore;
let image: AttestedImage;
beforeAll(async () => {
  [registry, ports] = await Promise.all([startRegistry(), openScanPorts()]);
  sigstore = await startSigstore(join(ports.workDirectory, 'sigstore'));
  image = await pushForScan(registry, 'qa/app', ports);
}, 60_000);
afterAll(async () => {
  await sigstore?.close();
  await Promise.all([ports?.close(), registry?.close()]);
});

/** A run of its own, as the shared workflow for this repository; `changes` make the signer another. */
async function signAs(repository: string, changes: Partial<StatementSigner> = {}): Promise<AttestContext> {
  const files = {
    'root.json': await readFile(sigstore.trustedRootPath, 'utf8'),
    'services.json': await readFile(sigstore.signingConfigPath, 'utf8'),
  };
  const identityToken = async () => sigstore.mintToken({ repository, job_workflow_ref: SHARED });
  const inputs = { attest: 'true', 'trusted-root': 'root.json', 'signing-config': 'services.json' };
  const request = await makeScanRequest(inputs, { files, identityToken });
  const room = join(ports.workDirectory, repository.replace('/', '-'));
  const signer = await prepareSigner(request, { ...ports, identityToken }, await openCosign(request, ports, room));
  if (signer === undefined) throw new TypeError('a token is there');
  const changed = { ...signer, signer: { ...signer.signer, ...changes } };
  return { ...changed, notary: new Notary(changed, true, undefined), renewAfter: 3_600_000 };
}

describe('a scan that is attested without a key', () => {
  it('is attached, and verified by the identity of its certificate, for the repository that called the workflow', async () => {
    const signing = await signAs('org/qa');
    expect(await attestScan(makeScan(image), image, signing, ports)).toMatchObject({ result: 'attached' });
    expect(signing.notary.anchor).toMatchObject({
      ...{ kind: 'certificate', repository: 'org/qa' },
      identity: { kind: 'exact', text: sigstore.identityOf({ job_workflow_ref: SHARED }) },
    });
  }, 60_000);

  it('is there already for the same workflow and repository, also where the token does not tell whose it is', async () => {
    const known = await attestScan(makeScan(image), image, await signAs('org/qa'), ports);
    const untold = await attestScan(
      makeScan(image),
      image,
      await signAs('org/qa', { expectedAnchor: undefined }),
      ports,
    );
    expect([known.result, untold.result]).toEqual(['unchanged', 'unchanged']);
  }, 60_000);

  it('is not there already because the same workflow signed it for a stranger', async () => {
    const signing = await signAs('stranger/qa');
    expect(await attestScan(makeScan(image), image, signing, ports)).toMatchObject({ result: 'attached' });
  }, 60_000);
});
