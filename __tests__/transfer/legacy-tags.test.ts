import { afterEach, describe, expect, it } from '@jest/globals';
import { buildIndex } from '../../lab/image/build-index.ts';
import type { BuiltImage } from '../../lab/image/descriptor.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { digestOf } from '../../src/image/digest.ts';
import { countLegacy, sizeOfLegacy } from '../../src/transfer/legacy-tags.ts';
import { fetchReferrers } from '../../src/transfer/referrers.ts';
import { buildEmptyIndex, buildLegacy, signatureOf, tagOfLegacy } from './cosign-tags.ts';
import { contentOf, openRoom, type TransferRoom } from './transfer-room.ts';

const amd64 = buildImage();
const image = buildIndex([amd64]);

let room: TransferRoom;
afterEach(() => room.close());

async function fetch(tags: Readonly<Record<string, BuiltImage>>, ...faults: TransferRoom['registry']['faults']) {
  room = await openRoom({ missingContent: 'accept' });
  const graph = await room.load('dev/app', image);
  for (const [tag, built] of Object.entries(tags)) await pushImage(room.registry.host, 'dev/app', tag, built);
  room.registry.faults.push(...faults);
  room.registry.log.clear();
  return fetchReferrers(graph, room.client, room.repository('dev/app'), room.layout);
}

const SIG = buildLegacy('sig', signatureOf('A'), signatureOf('B'));

describe("cosign's older tags at the source", () => {
  it('are found for the index and for its children, in all three forms, with their blobs', async () => {
    const { legacy } = await fetch({
      [tagOfLegacy(image.root, 'sig')]: SIG,
      [tagOfLegacy(amd64.root, 'att')]: buildLegacy('att', { bytes: 'envelope' }),
      [tagOfLegacy(amd64.root, 'sbom')]: buildLegacy('sbom', { bytes: 'sbom' }),
    });
    const found = legacy.map(({ subject, form, layers }) => [subject, form, layers.length]);
    expect(found.sort()).toEqual(
      [
        [image.root.digest, 'sig', 2],
        [amd64.root.digest, 'att', 1],
        [amd64.root.digest, 'sbom', 1],
      ].sort(),
    );
    expect(Buffer.from(await room.layout.read(digestOf('envelope'))).toString()).toBe('envelope');
  });

  it('cost one request each where there are none', async () => {
    expect(await fetch({})).toEqual({ referrers: [], legacy: [], leftOut: [] });
    expect(room.registry.log.find('GET', /manifests\/sha256-.*\.(sig|att|sbom)$/)).toHaveLength(6);
    expect(room.registry.log.find('HEAD', /./)).toEqual([]);
  });

  it.each<[string, BuiltImage]>([
    ['an index', buildEmptyIndex()],
    ['an image that could be run', buildImage({ layers: [{ randomBytes: 10, seed: 1 }] })],
  ])('are left out with a warning when %s is there', async (_, built) => {
    const { legacy, leftOut } = await fetch({ [tagOfLegacy(image.root, 'sig')]: built });
    expect(legacy).toEqual([]);
    expect(leftOut).toEqual([{ subject: image.root.digest, form: 'sig' }]);
    expect(room.warnings).toEqual([expect.stringContaining('.sig is not what cosign writes there')]);
  });

  it('are left out when the registry says that a blob of theirs is gone', async () => {
    const gone = { status: 404, body: '{"errors":[{"code":"BLOB_UNKNOWN"}]}' };
    const tags = { [tagOfLegacy(image.root, 'sig')]: SIG };
    const { legacy, leftOut } = await fetch(tags, { path: new RegExp(`blobs/${digestOf('payload')}`), ...gone });
    expect({ legacy, leftOut }).toEqual({ legacy: [], leftOut: [{ subject: image.root.digest, form: 'sig' }] });
  });

  it.each([
    ['access is lacking', { status: 403, body: '{"errors":[{"code":"DENIED"}]}' }, 'DENIED'],
    ['the registry is down', { status: 503 }, 'UNAVAILABLE'],
    ['a proxy says 404', { status: 404, body: '<html>' }, 'PROTOCOL'],
  ])('are not taken for absent when %s', async (_, reply, code) => {
    const tags = { [tagOfLegacy(image.root, 'sig')]: SIG };
    await expect(fetch(tags, { path: /\.sig$/, ...reply })).rejects.toMatchObject({ code });
  });
});

describe('countLegacy', () => {
  it('counts the signatures that are there, not the tag', async () => {
    const { legacy } = await fetch({ [tagOfLegacy(image.root, 'sig')]: SIG });
    const [tag] = legacy;
    if (tag === undefined) throw new TypeError('no tag was found');
    expect(sizeOfLegacy(tag)).toBe(2);
    expect(countLegacy(tag, undefined)).toBe(0);
    expect(countLegacy(tag, contentOf(buildLegacy('sig', signatureOf('B'), signatureOf('C'))))).toBe(1);
    expect(countLegacy(tag, contentOf(buildLegacy('sig', signatureOf('C'), signatureOf('B'), signatureOf('A'))))).toBe(
      2,
    );
    expect(countLegacy(tag, contentOf(buildEmptyIndex()))).toBe(0);
  });

  it('counts an SBOM only when it is that very one', async () => {
    const built = buildLegacy('sbom', { bytes: 'sbom' });
    const { legacy } = await fetch({ [tagOfLegacy(image.root, 'sbom')]: built });
    const [tag] = legacy;
    if (tag === undefined) throw new TypeError('no tag was found');
    expect(countLegacy(tag, contentOf(built))).toBe(1);
    expect(countLegacy(tag, contentOf(buildLegacy('sbom', { bytes: 'another' })))).toBe(0);
  });
});
