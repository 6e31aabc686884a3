import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { requireSignature, runPolcheck } from '../../lab/polcheck/run-polcheck.ts';
import { LEGACY_SIGNATURE_TYPE, makeLegacyPayload, makeLegacySignature } from '../../src/chain/legacy-signature.ts';
import { digestOf } from '../../src/image/digest.ts';
import { parseReference, type TagReference } from '../../src/image/reference.ts';
import { composeLegacy, legacyLayers, legacyTag, missingLayers } from '../../src/registry/legacy-tags.ts';
import type { ManifestUpload } from '../../src/registry/manifest-put.ts';
import { type CosignRoom, openCosignRoom, type RoomKey } from './cosign-room.ts';
import { type EvidenceRoom, openEvidenceRoom } from './evidence-room.ts';

/** Real cosign, beside whatever else the machine does. */
jest.setTimeout(60_000);

let cosign: CosignRoom;
let room: EvidenceRoom;
let ours: RoomKey;
let theirs: RoomKey;

beforeAll(async () => {
  [cosign, room] = await Promise.all([openCosignRoom(), openEvidenceRoom()]);
  [ours, theirs] = await Promise.all([cosign.makeKey('ours'), cosign.makeKey('theirs')]);
});
afterAll(async () => {
  await room.close();
  await cosign.close();
});

const toTag = (tag: string): TagReference => {
  const reference = parseReference(`${room.repository}:${tag}`);
  if (reference.kind !== 'tag') throw new Error(tag);
  return reference;
};
const sign = async (key: RoomKey, ...tags: string[]) => {
  const payloads = tags.map((tag) => makeLegacyPayload(toTag(tag), room.digest, { run: '77' }));
  return makeLegacySignature(
    room.digest,
    await Promise.all(
      payloads.map(async (payload) => ({ payload, signature: await cosign.signPayload(key, payload) })),
    ),
  );
};
const tag = () => legacyTag(room.repository, room.digest, 'sig') as NonNullable<ReturnType<typeof legacyTag>>;
const put = async ({ blobs, content }: Awaited<ReturnType<typeof sign>>, manifest: ManifestUpload = content) => {
  for (const { descriptor, bytes } of blobs) {
    await room.client.uploadBlob(room.repository, descriptor, () => Readable.from([bytes]));
  }
  await room.client.putManifest(room.repository, tag(), manifest);
};
const present = () => room.client.resolve({ kind: 'tag', repository: room.repository, tag: tag() });
const verify = async (key: RoomKey, ...flags: string[]) => {
  const result = await cosign.verify(key, 'verify', ...flags, '--output', 'json', `${room.repository}@${room.digest}`);
  const claims = (result.code === 0 ? JSON.parse(result.stdout) : []) as {
    critical: { type: string; identity: { 'docker-reference': string } };
  }[];
  return claims.map(({ critical }) => [critical.type, critical.identity['docker-reference']]).sort();
};

describe('the payload of a signature in the older form', () => {
  it('is these very bytes, annotations in order', () => {
    const digest = digestOf('x');
    const text = (annotations: Record<string, string>) =>
      Buffer.from(makeLegacyPayload(toTag('1'), digest, annotations)).toString();
    const critical = `"critical":{"identity":{"docker-reference":"${room.repository}:1"},"image":{"docker-manifest-digest":"${digest}"},"type":"cosign container image signature"}`;
    expect(text({ run: '7', creator: 'me' })).toBe(`{${critical},"optional":{"creator":"me","run":"7"}}`);
    expect(text({})).toBe(`{${critical},"optional":null}`);
  });
});

describe('a signature in the older form', () => {
  it('is one that cosign itself accepts, for each tag, annotations included', async () => {
    await put(await sign(ours, '1', 'prod'));
    const both = [1, 'prod'].map((name) => [LEGACY_SIGNATURE_TYPE, `${room.repository}:${name}`]);
    expect(await verify(ours, '-a', 'run=77')).toEqual(both);
    expect(await verify(ours, '-a', 'run=78')).toEqual([]);
    expect(await verify(theirs)).toEqual([]);
  });

  it.each([
    ['without an identity', undefined],
    ['that compares the tag', { type: 'matchExact' }],
    ['that compares the repository', { type: 'matchRepository' }],
  ] as const)('is accepted where a policy.json demands one %s', async (_, identity) => {
    await put(await sign(ours, '1'));
    const accepts = async (key: RoomKey) =>
      (await runPolcheck(requireSignature(key.publicKey, identity), `${room.repository}:1`)).accepted;
    expect(await accepts(ours)).toBe(true);
    expect(await accepts(theirs)).toBe(false);
  });

  it('has the shape that cosign gives it, manifest and config', async () => {
    const made = await sign(ours, '1');
    await cosign.signLegacy(theirs, `${room.repository}@${room.digest}`, '--sign-container-identity', 'x.test/app:1');
    const written = await present();
    const shape = (bytes: Uint8Array) => {
      const json = JSON.parse(Buffer.from(bytes).toString()) as { layers: { annotations: object }[] };
      return { keys: Object.keys(json), last: Object.keys(json.layers.at(-1) ?? {}) };
    };
    expect(shape(made.content.bytes)).toEqual(shape(written.bytes));
    const [config] = made.blobs;
    expect(JSON.parse(Buffer.from(config?.bytes ?? []).toString())).toMatchObject({
      rootfs: { type: 'layers', diff_ids: made.layers.map(({ descriptor }) => descriptor.digest) },
    });
  });

  it('joins those of others, and theirs stay valid', async () => {
    await put(await sign(theirs, '1'));
    const made = await sign(ours, '1');
    const found = await present();
    const layers = [...legacyLayers(found), ...missingLayers(legacyLayers(found), made.layers)];
    const { manifest, config } = composeLegacy(found, layers);
    await put({ ...made, blobs: [...made.blobs, { descriptor: config.descriptor, bytes: config.bytes }] }, manifest);
    expect(await verify(ours)).toEqual([[LEGACY_SIGNATURE_TYPE, `${room.repository}:1`]]);
    expect(await verify(theirs)).toEqual([[LEGACY_SIGNATURE_TYPE, `${room.repository}:1`]]);
  });
});
