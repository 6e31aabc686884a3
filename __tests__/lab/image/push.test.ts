import { afterEach, describe, expect, it } from '@jest/globals';
import { buildArtifact, buildReferrer } from '../../../lab/image/artifact.ts';
import { buildIndex } from '../../../lab/image/build-index.ts';
import { buildImage } from '../../../lab/image/image.ts';
import { pushImage } from '../../../lab/image/push.ts';
import { type LabRegistry, type RegistryOptions, startRegistry } from '../../../lab/registry/server.ts';

let registry: LabRegistry;
afterEach(() => registry.close());
const start = async (options?: RegistryOptions) => {
  registry = await startRegistry(options);
};

describe('pushImage', () => {
  it('writes children before parents and the tag last', async () => {
    await start();
    const index = buildIndex([buildImage(), buildImage({ platform: { os: 'linux', architecture: 'arm64' } })], {
      attestations: true,
    });
    expect(await pushImage(registry.host, 'app', '1', index)).toBe(index.root.digest);
    for (const [digest, { bytes }] of index.contents) expect(registry.read('app', digest)).toEqual(bytes);
    expect(registry.log.manifestWrites().at(-1)).toMatchObject({ path: '/v2/app/manifests/1', status: 201 });
    expect(registry.log.manifestWrites()).toHaveLength(5);
    expect(registry.tags('app')).toEqual(['1']);
  });

  it('leaves an image without a tag when none is given', async () => {
    await start();
    const chart = buildArtifact({
      configType: 'application/vnd.cncf.helm.config.v1+json',
      layerType: 'a/b',
      layer: 'x',
    });
    await pushImage(`http://${registry.host}`, 'app', undefined, chart);
    expect([registry.tags('app'), registry.hasManifest('app', chart.root.digest)]).toEqual([[], true]);
  });

  it('keeps the fallback index where the registry has no referrers API, each referrer once', async () => {
    await start({ referrersApi: false });
    const image = buildImage();
    const refer = (bytes: string) => buildReferrer(image.root, { artifactType: 'a/b', annotations: { k: 'v' }, bytes });
    for (const referrer of [refer('1'), refer('2'), refer('1')]) {
      await pushImage(registry.host, 'app', undefined, referrer);
    }
    const digest = registry.digestOf('app', image.root.digest.replace(':', '-')) ?? '';
    expect(JSON.parse(registry.read('app', digest)?.toString() ?? '')).toMatchObject({
      manifests: [
        { digest: refer('1').root.digest, artifactType: 'a/b', annotations: { k: 'v' } },
        { digest: refer('2').root.digest },
      ],
    });
  });

  it('says what a registry refused', async () => {
    await start({ faults: [{ method: 'PUT', path: /manifests/, status: 507, body: 'full' }] });
    await expect(pushImage(registry.host, 'app', '1', buildImage())).rejects.toThrow(/manifests\/1: 507 full/);
  });
});
