import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildReferrer } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, startRegistry } from '../../lab/registry/server.ts';
import { startTagPoller } from '../../lab/tag-poller.ts';
import { readTagState, type TagState } from '../../lab/tag-state.ts';

const IMAGE = buildIndex([buildImage({ layers: [{ randomBytes: 100, seed: 1 }] })]);
const DIGEST = IMAGE.root.digest;
const BUNDLE = buildReferrer(IMAGE.root, {
  artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
  bytes: '{}',
});

const opened: LabRegistry[] = [];
let registry: LabRegistry;
const open = async (referrersApi: boolean): Promise<void> => {
  registry = await startRegistry({ referrersApi, missingContent: 'accept' });
  opened.push(registry);
};
beforeEach(() => open(true));
afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())));

const look = (): Promise<TagState | undefined> => readTagState(registry.host, 'a/b', '1', 1);

describe('the state of a tag', () => {
  it('is undefined while there is none', async () => {
    await pushImage(registry.host, 'a/b', undefined, IMAGE);
    expect(await look()).toBeUndefined();
  });

  it.each([true, false])('has nothing missing when all is there and signed (referrers API: %s)', async (hasApi) => {
    await open(hasApi);
    await pushImage(registry.host, 'a/b', undefined, BUNDLE);
    await pushImage(registry.host, 'a/b', '1', IMAGE);
    expect(await look()).toEqual({ digest: DIGEST, missing: [] });
  });

  it('misses a signature', async () => {
    await pushImage(registry.host, 'a/b', '1', IMAGE);
    expect((await look())?.missing).toEqual(['0 of 1 signed statements are listed']);
  });

  it.each(['blob', 'manifest'] as const)('misses a %s', async (kind) => {
    await pushImage(registry.host, 'a/b', undefined, BUNDLE);
    const [gone = ''] = [...IMAGE.contents].find(([digest, each]) => each.kind === kind && digest !== DIGEST) ?? [];
    const contents = new Map([...IMAGE.contents].filter(([digest]) => digest !== gone));
    await pushImage(registry.host, 'a/b', '1', { ...IMAGE, contents });
    expect((await look())?.missing).toEqual([`the ${kind} ${gone} answers 404`]);
  });
});

describe('a second process that polls a tag', () => {
  it('tells that it asked, and never saw it', async () => {
    const poller = await startTagPoller(registry.host, 'a/b', '1', 1);
    expect(await poller.stop()).toEqual({ polls: expect.any(Number), sightings: 0, wrong: [] });
  });

  it('tells what was missing when the tag was there, also when it is gone again', async () => {
    const poller = await startTagPoller(registry.host, 'a/b', '1', 1);
    await pushImage(registry.host, 'a/b', '1', IMAGE);
    while (registry.log.find('GET', /referrers/).length < 2) await new Promise(setImmediate);
    registry.deleteTag('a/b', '1');
    const { polls, sightings, wrong, digest } = await poller.stop();
    expect({ wrong, digest }).toEqual({ wrong: ['0 of 1 signed statements are listed'], digest: undefined });
    expect(sightings).toBeGreaterThan(0);
    expect(polls).toBeGreaterThan(sightings);
  });

  it('may be stopped twice', async () => {
    const poller = await startTagPoller(registry.host, 'a/b', '1', 1);
    expect(await poller.stop()).toEqual(await poller.stop());
  });
});
