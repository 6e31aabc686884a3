import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { makeSigningKey, type SigningKey } from '../../lab/signing-key.ts';
import { listEvidence } from '../e2e/fixture-target.ts';
import { attest, makeScan, pushForScan } from './attest-room.ts';
import { type FakeScanPorts, openScanPorts } from './fake-scan.ts';

let key: SigningKey;
beforeAll(async () => {
  key = await makeSigningKey();
});

let registry: LabRegistry;
let ports: FakeScanPorts;
beforeEach(async () => {
  [registry, ports] = await Promise.all([startRegistry(), openScanPorts()]);
});
afterEach(() => Promise.all([ports.close(), registry.close()]));

const count = async (repository: string, digest: string): Promise<number> =>
  (await listEvidence(registry.host, repository, digest)).length;

describe('a scan that passed', () => {
  it('is attached once, however often the same is found, and anew with another database', async () => {
    const image = await pushForScan(registry, 'qa/app', ports);
    const first = await attest(makeScan(image), image, key, ports);
    expect(first).toMatchObject({ result: 'attached', manifest: expect.stringMatching(/^sha256:/) });
    const later = await attest(makeScan(image, 'db', 30), image, key, ports);
    expect(later).toEqual({ result: 'unchanged', manifest: first.manifest });
    expect(await count('qa/app', image.root.digest)).toBe(1);
    expect(await attest(makeScan(image, 'another'), image, key, ports)).toMatchObject({ result: 'attached' });
    expect(await count('qa/app', image.root.digest)).toBe(2);
  }, 60_000);

  it('is not there because one about another repository was copied along', async () => {
    const [dev, qa] = [await pushForScan(registry, 'dev/app', ports), await pushForScan(registry, 'qa/app', ports)];
    await attest(makeScan(dev), qa, key, ports).catch(() => undefined);
    expect(await count('qa/app', qa.root.digest)).toBe(1);
    expect(await attest(makeScan(qa), qa, key, ports)).toMatchObject({ result: 'attached' });
    expect(await count('qa/app', qa.root.digest)).toBe(2);
  }, 60_000);

  it('that is not to be seen afterwards is no success', async () => {
    const [dev, qa] = [await pushForScan(registry, 'dev/app', ports), await pushForScan(registry, 'qa/app', ports)];
    // Signed, stored and listed, but about another repository: stock cosign would accept it.
    await expect(attest(makeScan(dev), qa, key, ports)).rejects.toMatchObject({
      ...{ code: 'VERIFICATION_FAILED', hint: expect.stringContaining('lists what refers') },
    });
  }, 60_000);

  it('is looked for again where the registry takes a moment to list it', async () => {
    const image = await pushForScan(registry, 'qa/app', ports);
    const body = '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}';
    const fault = { method: 'GET', path: /\/referrers\//, skip: 1, times: 1, status: 200, body };
    registry.faults.push(fault);
    expect(await attest(makeScan(image), image, key, ports)).toMatchObject({ result: 'attached' });
    expect(registry.spoilt(fault)).toBe(1);
  }, 60_000);

  it('fails where nothing can be attached, whoever says what about it', async () => {
    const image = await pushForScan(registry, 'qa/app', ports);
    registry.faults.push({ method: 'PUT', path: /qa\/app\/manifests/, status: 403 });
    await expect(attest(makeScan(image), image, key, ports)).rejects.toMatchObject({ code: 'DENIED' });
  }, 60_000);
});
