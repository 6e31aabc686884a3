import { afterEach, describe, expect, it } from '@jest/globals';
import { type BuiltImage, MANIFEST_TYPE } from '../../lab/image/descriptor.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import type { RegistryOptions } from '../../lab/registry/server.ts';
import { digestOf } from '../../src/image/digest.ts';
import { createTagFinder } from '../../src/registry/find-tagged.ts';
import { pushLegacyTags } from '../../src/transfer/push-legacy.ts';
import { fetchReferrers } from '../../src/transfer/referrers.ts';
import { buildEmptyIndex, buildLegacy, signatureOf, tagOfLegacy } from './cosign-tags.ts';
import { openRoom, type TransferRoom } from './transfer-room.ts';

type Form = 'sig' | 'att' | 'sbom';
const image = buildImage();

let room: TransferRoom;
afterEach(() => room.close());

/** A source with `from` under a legacy tag, a target with `there` (if anything) under the same; `push` carries over. */
async function open(form: Form, from: BuiltImage, there?: BuiltImage, options: RegistryOptions = {}) {
  room = await openRoom({ missingContent: 'accept', ...options });
  const { registry, client, layout } = room;
  const graph = await room.load('dev/app', image);
  const tag = tagOfLegacy(image.root, form);
  await pushImage(registry.host, 'dev/app', tag, from);
  if (there !== undefined) await pushImage(registry.host, 'prod/app', tag, there);
  const { legacy } = await fetchReferrers(graph, client, room.repository('dev/app'), layout);
  const repository = room.repository('prod/app');
  registry.log.clear();
  const mountFrom = room.repository('dev/app');
  return {
    tag,
    push: () =>
      pushLegacyTags(legacy, {
        client,
        repository,
        findTagged: createTagFinder(client, repository),
        layout,
        mountFrom,
      }),
    digest: () => registry.digestOf('prod/app', tag),
    read: () => JSON.parse(String(registry.read('prod/app', registry.digestOf('prod/app', tag) ?? ''))),
  };
}

const signaturesOf = ({ layers }: { layers: { annotations: Record<string, string> }[] }): string[] =>
  layers.map(({ annotations }) => annotations['dev.cosignproject.cosign/signature'] ?? '');

describe.each<Form>(['sig', 'att', 'sbom'])('a .%s tag that the target does not have', (form) => {
  it('is written under the same name, byte for byte, and its blobs are mounted', async () => {
    const built = buildLegacy(form, signatureOf('A'));
    const { push, digest } = await open(form, built);
    expect(await push()).toBe(true);
    expect(digest()).toBe(built.root.digest);
    for (const [content, { bytes }] of built.contents) expect(room.registry.read('prod/app', content)).toEqual(bytes);
    expect(room.registry.log.find('PATCH', /./)).toEqual([]);
  });

  it('is not written again when it is there', async () => {
    const built = buildLegacy(form, signatureOf('A'));
    const { push } = await open(form, built, built);
    expect(await push()).toBe(false);
    expect(room.registry.log.uploads()).toEqual([]);
    expect(room.warnings).toEqual([]);
  });
});

describe.each<'sig' | 'att'>(['sig', 'att'])('a .%s tag that the target has with other content', (form) => {
  it('gets those of the source that are missing, after its own, under a config that names them all', async () => {
    const from = buildLegacy(form, signatureOf('A'), signatureOf('B'), signatureOf('C', 'other'));
    const { push, read } = await open(form, from, buildLegacy(form, signatureOf('B'), signatureOf('D')));
    await push();
    expect(signaturesOf(read())).toEqual(['B', 'D', 'A', 'C']);
    const config = JSON.parse(String(room.registry.read('prod/app', read().config.digest)));
    expect(config.rootfs.diff_ids).toEqual(['payload', 'payload', 'payload', 'other'].map((text) => digestOf(text)));
    expect(room.registry.hasBlob('prod/app', digestOf('other'))).toBe(true);
    expect(read().mediaType).toBe(MANIFEST_TYPE.oci);
  });

  it('is left alone when it has them all', async () => {
    const { push, digest } = await open(
      form,
      buildLegacy(form, signatureOf('A')),
      buildLegacy(form, signatureOf('B'), signatureOf('A')),
    );
    const before = digest();
    expect(await push()).toBe(false);
    expect(digest()).toBe(before);
  });

  it.each([409, 403])('stays, with a warning and no failure, when it may not change (%d)', async (status) => {
    const there = buildLegacy(form, signatureOf('B'));
    const { push, digest } = await open(form, buildLegacy(form, signatureOf('A')), there, {
      immutableTags: { status },
    });
    expect(await push()).toBe(false);
    expect(digest()).toBe(there.root.digest);
    expect(room.warnings).toEqual([expect.stringContaining('will not let it change')]);
  });

  it('stays, with a warning, when it is something else', async () => {
    const { push, digest } = await open(form, buildLegacy(form, signatureOf('A')), buildEmptyIndex());
    expect(await push()).toBe(false);
    expect(digest()).toBe(buildEmptyIndex().root.digest);
    expect(room.warnings).toEqual([expect.stringContaining('something else')]);
  });

  it('joins another writer that came between reading and writing, and loses nothing of either', async () => {
    const { push, read, tag } = await open(form, buildLegacy(form, signatureOf('A')));
    const theirs = buildLegacy(form, signatureOf('D'));
    room.registry.seed('prod/app', theirs);
    const overwrite = (): void => room.registry.setTag('prod/app', tag, theirs.root.digest);
    // It had read before our write, and writes after it.
    room.registry.faults.push({
      method: 'GET',
      path: new RegExp(`prod/app/manifests/${tag}`),
      skip: 1,
      times: 1,
      before: overwrite,
    });
    await push();
    expect(signaturesOf(read())).toEqual(['D', 'A']);
  });
});

describe('a .sbom tag that the target has with other content', () => {
  it('stays, with a warning', async () => {
    const there = buildLegacy('sbom', { bytes: 'of the target' });
    const { push, digest } = await open('sbom', buildLegacy('sbom', { bytes: 'of the source' }), there);
    expect(await push()).toBe(false);
    expect(digest()).toBe(there.root.digest);
    expect(room.warnings).toEqual([expect.stringContaining('the target has another one')]);
  });
});

describe('a legacy tag that the registry refuses although there is none', () => {
  it('fails: that is no immutable tag', async () => {
    const { push, tag } = await open('sig', buildLegacy('sig', signatureOf('A')));
    room.registry.faults.push({ method: 'PUT', path: new RegExp(tag), status: 400 });
    await expect(push()).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is there when only the answer was lost and the second try met an immutable tag', async () => {
    const built = buildLegacy('sig', signatureOf('A'));
    const { push, digest, tag } = await open('sig', built, undefined, { immutableTags: true });
    room.registry.faults.push({ method: 'PUT', path: new RegExp(tag), times: 1, dropConnection: 'after' });
    expect(await push()).toBe(true);
    expect(digest()).toBe(built.root.digest);
    expect(room.warnings).toEqual([]);
  });
});
