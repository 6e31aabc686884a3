import { afterEach, describe, expect, it } from '@jest/globals';
import { buildReferrer } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import type { RegistryOptions } from '../../lab/registry/server.ts';
import { countCarried, describeCarried, describeSource, isIncomplete } from '../../src/promote/carried.ts';
import { fetchReferrers, NO_REFERRERS } from '../../src/transfer/referrers.ts';
import { buildLegacy, signatureOf, tagOfLegacy } from '../transfer/cosign-tags.ts';
import { contentOf, openRoom, type TransferRoom } from '../transfer/transfer-room.ts';

const amd64 = buildImage();
const image = buildIndex([amd64]);
const root = contentOf(image).digest;
const ofImage = buildReferrer(image.root, { artifactType: 'a/b', bytes: 'of the image' });
const ofThat = buildReferrer(ofImage.root, { artifactType: 'a/b', bytes: 'of that' });
const ofChild = buildReferrer(amd64.root, { artifactType: 'a/b', bytes: 'of the child' });
const SIG = buildLegacy('sig', signatureOf('A'), signatureOf('B'));

let room: TransferRoom;
afterEach(() => room.close());

/** A source with all of this attached, and a target with what `there` says. */
async function open(
  there: Readonly<Record<string, BuiltImage>>,
  referrers: readonly BuiltImage[] = [],
  options: RegistryOptions = {},
) {
  room = await openRoom({ missingContent: 'accept', ...options });
  const { registry, client } = room;
  const graph = await room.load('dev/app', image);
  for (const referrer of [ofImage, ofThat, ofChild]) await pushImage(registry.host, 'dev/app', undefined, referrer);
  await pushImage(registry.host, 'dev/app', tagOfLegacy(amd64.root, 'sig'), SIG);
  for (const referrer of referrers) await pushImage(registry.host, 'prod/app', undefined, referrer);
  for (const [tag, built] of Object.entries(there)) await pushImage(registry.host, 'prod/app', tag, built);
  const source = await fetchReferrers(graph, client, room.repository('dev/app'), room.layout);
  registry.log.clear();
  return { source, count: (from = source) => countCarried(from, root, client, room.repository('prod/app')) };
}

describe.each([true, false])('countCarried, at a registry with the referrers API: %s', (referrersApi) => {
  it('counts what the target shows, of the image and of its platforms, in each form', async () => {
    const half = buildLegacy('sig', signatureOf('B'), signatureOf('C'));
    const there = { [tagOfLegacy(amd64.root, 'sig')]: half };
    const { count } = await open(there, [ofImage, ofChild], { referrersApi });
    const carried = await count();
    expect(carried.counts).toEqual([
      { of: 'image', form: 'referrer', source: 2, target: 1 },
      { of: 'platforms', form: 'referrer', source: 1, target: 1 },
      { of: 'platforms', form: 'sig', source: 2, target: 1 },
    ]);
    expect(isIncomplete(carried)).toBe(true);
    expect(describeCarried(carried)).toBe(
      '1 of 2 referrers of the image, 1 of 1 referrer of its platforms, 1 of 2 .sig of its platforms',
    );
  });

  it('finds all when all is there', async () => {
    const { count, source } = await open({ [tagOfLegacy(amd64.root, 'sig')]: SIG }, [ofImage, ofThat, ofChild], {
      referrersApi,
    });
    expect(isIncomplete(await count())).toBe(false);
    expect(describeSource(source, root)).toBe(
      '2 referrers of the image, 1 referrer of its platforms, 2 .sig of its platforms',
    );
  });
});

describe('countCarried', () => {
  it('counts what could not be carried at the source only', async () => {
    const { count } = await open({});
    const carried = await count({ ...NO_REFERRERS, leftOut: [{ subject: root, form: 'sbom' }] });
    expect(carried.counts).toEqual([{ of: 'image', form: 'sbom', source: 1, target: 0 }]);
  });

  it('asks nothing where the source has nothing', async () => {
    const { count } = await open({});
    expect((await count(NO_REFERRERS)).counts).toEqual([]);
    expect(room.registry.log.entries).toEqual([]);
    expect(describeSource(NO_REFERRERS, root)).toBe('nothing');
  });

  it('looks again where a list takes a moment to be whole', async () => {
    const { count, source } = await open({}, [ofImage, ofThat, ofChild]);
    const empty = '{"schemaVersion":2,"manifests":[]}';
    room.registry.faults.push({ path: new RegExp(`referrers/${root}`), times: 2, body: empty });
    expect(isIncomplete(await count({ ...source, legacy: [] }))).toBe(false);
  });
});
