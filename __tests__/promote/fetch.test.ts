import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildReferrer } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { gatherFacts } from '../../src/promote/facts.ts';
import { startFetch } from '../../src/promote/fetch.ts';
import { decide } from '../../src/promote/plan.ts';
import { BlobPool } from '../../src/transfer/blob-pool.ts';
import { loadGraph, type PlatformImage } from '../../src/transfer/graph.ts';
import { createLayout } from '../../src/transfer/layout.ts';
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
let touched = 0;
beforeEach(async () => {
  touched = 0;
  [source, target, ports] = await Promise.all([startRegistry(), startRegistry(), openPorts()]);
  await pushImage(source.host, 'dev/app', '1.0', INDEX);
  await pushImage(source.host, 'dev/app', undefined, SBOM);
  const signatures = buildLegacy('sig', signatureOf('A'), signatureOf('B'));
  await pushImage(source.host, 'dev/app', tagOfLegacy(ARM64.root, 'sig'), signatures);
});
afterEach(() => Promise.all([ports.close(), source.close(), target.close()]));

/** Fetches for prod/a:1, prod/a:2 and prod/b:1, to be scanned unless it says otherwise; the logs of the registries begin here. */
async function start(inputs: Readonly<Record<string, string>> = {}, targets = ['prod/a:1', 'prod/a:2', 'prod/b:1']) {
  const names = targets.map((name) => `${target.host}/${name}`).join('\n');
  const request = await makeRequest({
    source: `${source.host}/dev/app:1.0`,
    target: names,
    scan: 'enforce',
    ...inputs,
  });
  const facts = await gatherFacts(request, async () => undefined, ports);
  const { repository } = request.source;
  const graph = await loadGraph(facts.source, (digest) => ports.source.getManifest(repository, digest));
  for (const registry of [source, target]) registry.log.clear();
  const kit = { layout: await createLayout(join(ports.workDirectory, 'layout')), blobs: new BlobPool() };
  const context = { graph, decision: decide(request, facts), kit, signal: ports.signal, isReady: Promise.resolve() };
  return { graph, ...(await startFetch(request, { ...context, onTouched: () => void touched++ }, ports)) };
}

async function fetchFor(...asked: Parameters<typeof start>) {
  const { ended, uploads } = await start(...asked);
  const image = await ended;
  await Promise.all(uploads.values());
  return { image, uploads };
}

describe('a fetch', () => {
  it('reads each blob of the source once, also one that platforms share, and all of it is then on disk', async () => {
    const { image, uploads } = await fetchFor();
    const read = source.log.find('GET', /dev\/app\/blobs/).map(({ path }) => path.split('/').at(-1));
    expect(new Set(read).size).toBe(read.length);
    // A config each, the system and a layer that both have, and a layer of the second.
    expect(image.graph.blobs).toHaveLength(5);
    for (const { digest, size } of image.graph.blobs) {
      expect(read).toContain(digest);
      expect(Buffer.concat(await image.store.layout.open(digest).toArray())).toHaveLength(size);
    }
    expect([...uploads.keys()]).toEqual([]);
    expect(touched).toBe(0);
  });

  it('has a platform as soon as its own blobs are there', async () => {
    const held = Promise.withResolvers<void>();
    const own = [...ARM64.contents.keys()].findLast(
      (digest) => !AMD64.contents.has(digest) && digest !== ARM64.root.digest,
    );
    const before = async (): Promise<void> => held.promise;
    source.faults.push({ method: 'GET', path: new RegExp(own ?? 'none'), before });
    const { store, graph, ended } = await start();
    expect(await store.hold(graph.images[0] as PlatformImage, async () => 'held')).toBe('held');
    held.resolve();
    await ended;
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

describe('where blobs may go up at once', () => {
  it.each([
    ['nothing is scanned', { scan: 'off' }],
    ['that was chosen', { upload: 'during-gates' }],
  ])('since %s, they do, each read once, and no manifest goes with them', async (_what, inputs) => {
    const { uploads } = await fetchFor(inputs, ['prod/a:1']);
    expect([...uploads.keys()]).toEqual([`${target.host}/prod/a`]);
    expect(await Promise.all(uploads.values())).toMatchObject([{ uploaded: 5, mounted: 0, present: 0 }]);
    const read = source.log.find('GET', /dev\/app\/blobs/).map(({ path }) => path.split('/').at(-1));
    expect(new Set(read).size).toBe(read.length);
    expect(target.log.find('PUT', /manifests/)).toEqual([]);
    expect(touched).toBeGreaterThan(0);
  });

  it('several repositories of one registry get them without another read, and none before each of them can be pushed to', async () => {
    const { uploads } = await fetchFor({ scan: 'off' });
    expect((await Promise.all(uploads.values()))[1]).toMatchObject({ uploaded: 0, mounted: 5 });
    const read = source.log.find('GET', /dev\/app\/blobs/).map(({ path }) => path.split('/').at(-1));
    expect(new Set(read).size).toBe(read.length);
    const [cancelled = 0, stored = 0] = [/uploads/, /digest=/].map((path, i) =>
      target.log.entries.findLastIndex(
        (entry) => entry.method === (i === 0 ? 'DELETE' : 'PUT') && path.test(entry.path),
      ),
    );
    expect(cancelled).toBeLessThan(stored);
  });

  it('nothing does in a dry run', async () => {
    const { uploads } = await fetchFor({ scan: 'off', 'dry-run': 'true' });
    expect([...uploads.keys()]).toEqual([]);
    expect(target.log.entries).toEqual([]);
  });

  it('none comes to disk but configs where nothing is scanned', async () => {
    const { image, uploads } = await fetchFor({ scan: 'off' }, ['prod/a:1']);
    await Promise.all(uploads.values());
    const kept = await readdir(join(image.store.layout.directory, 'blobs', 'sha256'));
    const layers = image.graph.blobs.filter(({ mediaType }) => mediaType.includes('layer'));
    expect(layers).toHaveLength(3);
    for (const { digest } of layers) expect(kept).not.toContain(digest.slice('sha256:'.length));
  });
});
