import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildArtifact } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { namePlatform, openPlatforms, type SourcePlatforms } from '../../src/promote/source-platforms.ts';
import { type FakePorts, openPorts } from './fake-ports.ts';
import { readStep } from './fake-step.ts';

const AMD64 = buildImage({ platform: { os: 'linux', architecture: 'amd64' } });
const ARM64 = buildImage({ platform: { os: 'linux', architecture: 'arm64' } });

let registry: LabRegistry;
let ports: FakePorts;
beforeEach(async () => {
  [registry, ports] = await Promise.all([startRegistry(), openPorts()]);
});
afterEach(() => Promise.all([registry.close(), ports.close()]));

async function open(image: BuiltImage): Promise<SourcePlatforms> {
  await pushImage(registry.host, 'dev/app', '1', image);
  const request = await readStep({ source: `${registry.host}/dev/app:1`, scan: 'off' });
  const facts = { source: await ports.source.resolve(request.source), targets: [] };
  registry.log.clear();
  return openPlatforms(request, facts, ports);
}

describe('the platforms of a source', () => {
  it('are the images of its index, without what BuildKit files beside them', async () => {
    const platforms = await open(buildIndex([AMD64, ARM64], { attestations: true }));
    expect(await platforms.list()).toEqual([
      { digest: AMD64.root.digest, names: ['linux/amd64'], isImage: true },
      { digest: ARM64.root.digest, names: ['linux/arm64'], isImage: true },
    ]);
  });

  it('are the image itself when it stands alone', async () => {
    const [only, ...others] = await (await open(AMD64)).list();
    expect(only).toEqual({ digest: AMD64.root.digest, names: [], isImage: true });
    expect(others).toEqual([]);
    expect(only === undefined ? '' : namePlatform(only)).toBe(AMD64.root.digest);
  });

  it('are told from what is no image', async () => {
    const chart = buildArtifact({ configType: 'application/vnd.cncf.helm.config.v1+json', layerType: 'x', layer: 'y' });
    const listed = await (await open(buildIndex([AMD64, chart]))).list();
    expect(listed.map(({ digest, isImage }) => [digest, isImage])).toEqual([
      [AMD64.root.digest, true],
      [chart.root.digest, false],
    ]);
  });

  it('are none of an empty index', async () => {
    expect(await (await open(buildIndex([]))).list()).toEqual([]);
  });

  it('are read once, and only when they are asked for', async () => {
    const platforms = await open(buildIndex([AMD64, ARM64]));
    expect(registry.log.entries).toEqual([]);
    await Promise.all([platforms.list(), platforms.list()]);
    await platforms.list();
    expect(registry.log.entries).toHaveLength(2);
  });
});
