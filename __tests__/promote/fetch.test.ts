import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildReferrer } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { gatherFacts } from '../../src/promote/facts.ts';
import { fetchAll } from '../../src/promote/fetch.ts';
import { NO_REFERRERS } from '../../src/transfer/referrers.ts';
import { buildLegacy, signatureOf, tagOfLegacy } from '../transfer/cosign-tags.ts';
import { type FakePorts, openPorts } from './fake-ports.ts';
import { makeRequest } from './fake-step.ts';

const LAYER = { randomBytes: 500, seed: 1 };
const AMD64 = buildImage({ platform: { os: 'linux', architecture: 'amd64' }, layers: [LAYER] });
const ARM64 = buildImage({
  platform: { os: 'linux', architecture: 'arm64' },
  layers: [LAYER, { randomBytes: 500, seed: 2 }],
});
const INDEX = buildIndex([AMD64, ARM64]);
const SBOM = buildReferrer(INDEX.root, { artifactType: 'application/spdx+json', bytes: '{}' });

let source: LabRegistry;
let target: LabRegistry;
let ports: FakePorts;
beforeEach(async () => {
  [source, target, ports] = await Promise.all([startRegistry(), startRegistry(), openPorts()]);
  await pushImage(source.host, 'dev/app', '1.0', INDEX);
  await pushImage(source.host, 'dev/app', undefined, SBOM);
  const signatures = buildLegacy('sig', signatureOf('A'), signatureOf('B'));
  await pushImage(source.host, 'dev/app', tagOfLegacy(ARM64.root, 'sig'), signatures);
});
afterEach(() => Promise.all([ports.close(), source.close(), target.close()]));

/** Fetches for prod/a:1, prod/a:2 and prod/b:1; the logs of the registries begin here. */
async function fetchFor(inputs: Readonly<Record<string, string>> = {}): ReturnType<typeof fetchAll> {
  const targets = ['prod/a:1', 'prod/a:2', 'prod/b:1'].map((name) => `${target.host}/${name}`);
  const request = await makeRequest({ source: `${source.host}/dev/app:1.0`, target: targets.join('\n'), ...inputs });
  const facts = await gatherFacts(request, undefined, ports);
  for (const registry of [source, target]) registry.log.clear();
  return fetchAll(request, facts, ports, ports.workDirectory);
}

describe('fetchAll', () => {
  it('reads each blob of the source once, also one that platforms share, and all of it is then on disk', async () => {
    const { image, scanner } = await fetchFor();
    const read = source.log.find('GET', /dev\/app\/blobs/).map(({ path }) => path.split('/').at(-1));
    expect(new Set(read).size).toBe(read.length);
    // A config each, the system and a layer that both have, and a layer of the second.
    expect(image.graph.blobs).toHaveLength(5);
    for (const { digest, size } of image.graph.blobs) {
      expect(read).toContain(digest);
      expect(Buffer.concat(await image.store.layout.open(digest).toArray())).toHaveLength(size);
    }
    expect(scanner).toBeUndefined();
  });

  it('brings what refers to the image, and says how much', async () => {
    const { image } = await fetchFor();
    expect(image.referrers.referrers.map(({ content }) => content.digest)).toEqual([SBOM.root.digest]);
    expect(image.referrers.legacy).toHaveLength(1);
    expect(ports.log.lines).toContain('info Attached to it: 1 referrer of the image, 2 .sig of its platforms');
    expect(ports.log.lines).toContainEqual(expect.stringMatching(/^info 3 manifests, 5 blobs, \d/));
  });

  it('leaves referrers alone, and does not ask for them, when they are not to be copied', async () => {
    const { image } = await fetchFor({ referrers: 'ignore' });
    expect(image.referrers).toEqual(NO_REFERRERS);
    expect(source.log.find('GET', /referrers|manifests\/sha256-/)).toEqual([]);
  });

  it('tries the right to push once for each repository, and leaves nothing there', async () => {
    await fetchFor();
    const opened = target.log.find('POST', /blobs\/uploads/).map(({ path }) => path.split('/blobs')[0]);
    expect(opened).toEqual(['/v2/prod/a', '/v2/prod/b']);
    expect(target.log.find('DELETE', /blobs\/uploads/)).toHaveLength(2);
    expect(target.log.find('PUT', /./)).toEqual([]);
  });

  it('does not try it in a dry run', async () => {
    await fetchFor({ 'dry-run': 'true' });
    expect(target.log.entries).toEqual([]);
  });

  it('fails when there is no right to push, however well the source can be read', async () => {
    target.faults.push({ method: 'POST', path: /prod\/b\/blobs\/uploads/, status: 403 });
    await expect(fetchFor()).rejects.toMatchObject({ code: 'DENIED', hint: expect.stringContaining('/prod/b') });
  });

  it('fails when a blob of the source is not there', async () => {
    source.faults.push({ method: 'GET', path: /dev\/app\/blobs/, skip: 1, times: 1, status: 404 });
    await expect(fetchFor()).rejects.toMatchObject({ status: 404 });
  });
});
