import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildIndex } from '../../lab/image/build-index.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { type Digest, parseDigest } from '../../src/image/digest.ts';
import { parseReference, parseRepository, type Repository } from '../../src/image/reference.ts';
import type { ImageChain } from '../../src/verify/chain.ts';
import { lookAtImage } from '../../src/verify/look.ts';
import type { RequestedImage } from '../../src/verify/requested-image.ts';
import { createRecordingClient, type RecordingClient } from '../registry/recording-client.ts';
import { makeVerifyRequest } from './fake-context.ts';
import { createFakeEvidence, createFakeVerifier, type FakeAttached, makeSampleStatement } from './fake-evidence.ts';

const CHILDREN = ['amd64', 'arm64'].map((architecture) =>
  buildImage({ platform: { os: 'linux', architecture }, labels: { architecture } }),
);
const INDEX = buildIndex(CHILDREN);
const CHILD = parseDigest(CHILDREN[0]?.root.digest ?? '');
const DIGEST = parseDigest(INDEX.root.digest);

let registry: LabRegistry;
let recording: RecordingClient;
let repository: Repository;

beforeEach(async () => {
  registry = await startRegistry();
  recording = createRecordingClient();
  repository = parseRepository(`${registry.host}/prod/app`);
  await pushImage(registry.host, 'prod/app', '1', INDEX);
});
afterEach(async () => {
  await recording.client.close();
  await registry.close();
});

/** The record that whoever is called `by` signed, for these tags. */
const promoted = (by = 'cosign.pub', targets: readonly string[] = ['1'], digest: Digest = DIGEST): FakeAttached => ({
  ...{ by, digest },
  statement: makeSampleStatement(repository, digest, { targets: targets.map((tag) => `${repository}:${tag}`) }),
});

async function look(
  attached: readonly FakeAttached[],
  changes: Partial<RequestedImage> = {},
  inputs: Readonly<Record<string, string>> = {},
): Promise<ImageChain> {
  const name = `${repository}:1`;
  const image = {
    name,
    reference: parseReference(name),
    running: undefined,
    unknown: undefined,
    places: [],
    ...changes,
  };
  const request = await makeVerifyRequest({ key: 'cosign.pub', ...inputs });
  const context = {
    ...{ request, registry: recording.client, verifier: createFakeVerifier() },
    now: new Date('2026-11-21T10:00:00Z'),
    evidenceOf: () => createFakeEvidence(attached),
  };
  return lookAtImage(image, context, recording.cancel.signal);
}

describe('an image', () => {
  it('is verified by the record of a trusted signer about what its tag means now', async () => {
    expect(await look([promoted()])).toMatchObject({
      ...{ result: 'verified', digest: DIGEST, repository },
      promotion: { signer: 'cosign.pub', targets: [{ reference: `${repository}:1`, state: 'current' }], others: 0 },
      signature: { state: 'absent' },
      scan: { state: 'absent' },
    });
  });

  it('was promoted for tags that point there today, were moved since, or are gone', async () => {
    const other = buildImage({ labels: { name: 'newer' } });
    await pushImage(registry.host, 'prod/app', 'prod', other);
    const { promotion } = await look([promoted('cosign.pub', ['1', 'prod', 'gone'])]);
    expect(promotion?.targets).toEqual([
      { reference: `${repository}:1`, state: 'current' },
      { reference: `${repository}:prod`, state: 'moved', digest: other.root.digest },
      { reference: `${repository}:gone`, state: 'absent' },
    ]);
  });

  it.each([
    ['nothing is attached', () => [], 'NOT_PROMOTED'],
    ['only a stranger signed a record', () => [promoted('stranger')], 'UNTRUSTED_SIGNER'],
    ['the record is for another tag', () => [promoted('cosign.pub', ['2'])], 'OTHER_PROMOTION'],
  ])('is refused when %s, with a reason and what to do', async (_, attached, code) => {
    const chain = await look(attached());
    expect(chain).toMatchObject({ result: 'refused', code, digest: DIGEST, hint: expect.any(String) });
    expect(chain.message?.length).toBeGreaterThan(10);
    expect(chain.promotion).toBeUndefined();
  });

  it('is refused when a policy beside the key does not trust the same signer', async () => {
    const policy = JSON.stringify({
      version: 1,
      signers: [{ role: 'promotion', key: 'cosign.pub', images: ['x.test/*'] }],
    });
    const chain = await look([promoted()], {}, { policy });
    expect(chain).toMatchObject({ result: 'refused', message: expect.stringContaining('nobody may vouch') });
  });

  it('was promoted by nobody when it carries nothing, though a policy names signers of other images', async () => {
    const signer = { role: 'promotion', key: 'cosign.pub' };
    const elsewhere = { ...signer, name: 'elsewhere', images: ['x.test/*'] };
    const only = { policy: JSON.stringify({ version: 1, signers: [elsewhere] }) };
    expect(await look([], {}, only)).toMatchObject({
      code: 'NOT_PROMOTED',
      message: expect.stringMatching(/^No promotion record\./),
    });
    expect(await look([promoted('stranger')], {}, only)).toMatchObject({ code: 'UNTRUSTED_SIGNER' });
    const both = { policy: JSON.stringify({ version: 1, signers: [signer, elsewhere] }) };
    expect(await look([promoted()], {}, both)).toMatchObject({
      ...{ result: 'verified', signature: { state: 'absent' } },
      ...{ summary: { state: 'absent' }, scan: { state: 'absent' } },
    });
  });

  it('is undecided when the registry does not say what it is, and others are not', async () => {
    expect(await look([promoted()], { reference: parseReference(`${repository}:absent`) })).toMatchObject({
      ...{ result: 'failed', code: 'NOT_FOUND' },
    });
    registry.faults.push({ method: 'HEAD', path: /manifests/, status: 403 });
    expect(await look([promoted()])).toMatchObject({ result: 'failed' });
  });

  it('is undecided, and no registry is asked, when nobody can say what runs', async () => {
    registry.log.clear();
    expect(await look([], { unknown: 'a local id' })).toMatchObject({ result: 'failed', code: 'DIGEST_UNKNOWN' });
    expect(registry.log.entries).toEqual([]);
  });
});

describe('what a node says that it runs', () => {
  it('counts, whatever the tag means by now', async () => {
    const before = parseDigest(`sha256:${'ab'.repeat(32)}`);
    expect(await look([promoted()], { running: before })).toMatchObject({ result: 'refused', digest: before });
    expect(await look([promoted('cosign.pub', ['1'], before)], { running: before })).toMatchObject({
      ...{ result: 'verified', digest: before },
      promotion: { targets: [{ state: 'moved', digest: DIGEST }] },
    });
  });

  it('may be one platform of the index that was promoted', async () => {
    const expected = { result: 'verified', digest: DIGEST, runs: CHILD };
    expect(await look([promoted()], { running: CHILD })).toMatchObject(expected);
    const pinned = parseReference(`${repository}:1@${DIGEST}`);
    expect(await look([promoted()], { running: CHILD, reference: pinned })).toMatchObject(expected);
  });

  it('is not verified by an index that it is no part of', async () => {
    const lone = buildImage({ labels: { name: 'lone' } });
    await pushImage(registry.host, 'prod/app', 'lone', lone);
    expect(await look([promoted()], { running: parseDigest(lone.root.digest) })).toMatchObject({
      ...{ result: 'refused', code: 'NOT_PROMOTED', digest: lone.root.digest },
    });
  });
});
