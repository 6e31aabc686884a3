import { join } from 'node:path';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import type { LabRegistry } from '../../lab/registry/server.ts';
import type { SigningKey } from '../../lab/signing-key.ts';
import type { Statement } from '../../src/chain/statement.ts';
import { makeVuln, type VulnPredicate } from '../../src/chain/vuln.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseReference } from '../../src/image/reference.ts';
import { type AttestContext, type AttestedImage, attestScan } from '../../src/scan/attest.ts';
import type { ImageAttestation } from '../../src/scan/outcome.ts';
import { openCosign } from '../../src/steps/cosign.ts';
import { Notary } from '../../src/steps/notary.ts';
import { prepareSigner } from '../../src/steps/signer.ts';
import { createLayout } from '../../src/transfer/layout.ts';
import { type FakeScanPorts, makeScanRequest } from './fake-scan.ts';

/** Real cosign with a key, for one run. */
export async function openSigning(ports: FakeScanPorts, key: SigningKey): Promise<AttestContext> {
  const policy = '{"version": 1, "signature": {"transparencyLog": false}}';
  const inputs = { attest: 'true', 'cosign-key': 'env://KEY', policy };
  const request = await makeScanRequest(inputs, { env: { KEY: 'k' } });
  const keyEnv = { KEY: key.privateKey, COSIGN_PASSWORD: key.password };
  const signer = await prepareSigner(
    request,
    { ...ports, keyEnv },
    await openCosign(request, ports, ports.workDirectory),
  );
  if (signer === undefined) throw new TypeError('there is a key');
  return { ...signer, notary: new Notary(signer, false, undefined), renewAfter: 3_600_000 };
}

/** An image in a repository, as it is while it is scanned. */
export async function pushForScan(
  registry: LabRegistry,
  repository: string,
  ports: FakeScanPorts,
): Promise<AttestedImage> {
  await pushImage(registry.host, repository, '1', buildImage());
  const reference = parseReference(`${registry.host}/${repository}:1`);
  const root = await ports.registry.resolve(reference);
  const layout = await createLayout(join(ports.workDirectory, `layout-${repository.replaceAll('/', '-')}`));
  return { repository: reference.repository, root, layout };
}

/** What a scan of it says: by this database, ended in this minute. */
export function makeScan({ repository, root }: AttestedImage, database = 'db', minute = 0): Statement<VulnPredicate> {
  const at = new Date(Date.UTC(2026, 10, 21, 10, minute));
  return makeVuln({
    ...{ repository, digest: root.digest, scannerVersion: '0.74.0', reports: [], run: {}, parameters: [] },
    ...{ database: { source: 'mirror.test/db:2', digest: digestOf(database), updatedAt: at }, startedAt: at },
    finishedAt: at,
  });
}

/** Attests a scan as a run of its own would. */
export async function attest(
  statement: Statement<VulnPredicate>,
  image: AttestedImage,
  key: SigningKey,
  ports: FakeScanPorts,
): Promise<ImageAttestation> {
  return attestScan(statement, image, await openSigning(ports, key), ports);
}
