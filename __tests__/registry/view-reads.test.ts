import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildReferrer } from '../../lab/image/artifact.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { parseDigest } from '../../src/image/digest.ts';
import { parseRepository } from '../../src/image/reference.ts';
import { ViewReads } from '../../src/registry/view-reads.ts';
import { createRecordingClient, type RecordingClient } from './recording-client.ts';

const IMAGE = buildImage();
const BUNDLE = buildReferrer(IMAGE.root, {
  artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
  bytes: '{"a":1}',
});
const ROOT = parseDigest(IMAGE.root.digest);
const MANIFEST = parseDigest(BUNDLE.root.digest);

let registry: LabRegistry;
let recording: RecordingClient;
let reads: ViewReads;
beforeEach(async () => {
  registry = await startRegistry();
  recording = createRecordingClient();
  await pushImage(registry.host, 'app', '1', IMAGE);
  await pushImage(registry.host, 'app', undefined, BUNDLE);
  registry.log.clear();
  reads = new ViewReads(recording.client, parseRepository(`${registry.host}/app`));
});
afterEach(() => Promise.all([recording.client.close(), registry.close()]));

async function layer() {
  const { manifest } = await reads.manifest(MANIFEST);
  const [first] = manifest.kind === 'manifest' ? manifest.layers : [];
  if (first === undefined) throw new TypeError('a bundle has a layer');
  return first;
}

describe('what tools read through a view', () => {
  it('is asked of the registry once, however many ask', async () => {
    const asked = [1, 2, 3].map(async () => [
      await reads.referrers(ROOT),
      await reads.manifest(MANIFEST),
      await reads.blob(await layer()),
    ]);
    await Promise.all(asked);
    const paths = registry.log.entries
      .filter(({ method, path }) => method === 'GET' && path !== '/v2/')
      .map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('is read ahead where a list names bundles', async () => {
    await reads.referrers(ROOT);
    const wanted = await layer();
    await reads.blob(wanted);
    expect(registry.log.blobReads(wanted.digest)).toHaveLength(1);
    registry.log.clear();
    await reads.manifest(MANIFEST);
    await reads.blob(wanted);
    expect(registry.log.entries).toEqual([]);
  });

  it('is asked for again when it could not be had', async () => {
    registry.faults.push({ method: 'GET', path: new RegExp(`manifests/${MANIFEST}`), times: 1, status: 403 });
    await expect(reads.manifest(MANIFEST)).rejects.toMatchObject({ code: 'DENIED' });
    expect(await reads.manifest(MANIFEST)).toMatchObject({ digest: MANIFEST });
  });

  it('hides from nobody that a bundle of a list could not be read', async () => {
    registry.faults.push({ method: 'GET', path: new RegExp(`manifests/${MANIFEST}`), status: 403 });
    expect((await reads.referrers(ROOT)).descriptors).toHaveLength(1);
    await expect(reads.manifest(MANIFEST)).rejects.toMatchObject({ code: 'DENIED' });
  });
});
