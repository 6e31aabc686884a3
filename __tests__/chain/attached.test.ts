import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildReferrer, type ReferrerOptions } from '../../lab/image/artifact.ts';
import { ContentSet, type Descriptor, INDEX_TYPE, MANIFEST_TYPE } from '../../lab/image/descriptor.ts';
import { pushImage } from '../../lab/image/push.ts';
import type { RegistryOptions } from '../../lab/registry/server.ts';
import { makeBundle } from '../../lab/stand-in/bundle.ts';
import { type KeyPair, makeKeyPair } from '../../lab/stand-in/key-pair.ts';
import { readAttachedBundles } from '../../src/chain/attached.ts';
import { makeSignature, SIGNATURE_PREDICATE } from '../../src/chain/statement.ts';
import { type Digest, digestOf } from '../../src/image/digest.ts';
import { SIGSTORE_BUNDLE } from '../../src/image/media-type.ts';
import { updateFallbackIndex } from '../../src/registry/fallback-update.ts';
import { createTagFinder } from '../../src/registry/find-tagged.ts';
import { type EvidenceRoom, openEvidenceRoom } from './evidence-room.ts';

const MIB = 1024 * 1024;
const key: KeyPair = makeKeyPair();
let room: EvidenceRoom;

beforeEach(() => open());
afterEach(() => room.close());

const open = async (options?: RegistryOptions): Promise<void> => {
  room = await openEvidenceRoom(options);
};
const reopen = async (options: RegistryOptions): Promise<void> => {
  await room.close();
  await open(options);
};
const read = () => {
  const { client, repository, digest } = room;
  return readAttachedBundles(client, repository, digest, createTagFinder(client, repository));
};
const makeSigned = (statement: string | object) => {
  const text = typeof statement === 'string' ? statement : JSON.stringify(statement);
  return JSON.stringify(makeBundle(Buffer.from(text), key.privateKey, key.password));
};
const good = () => makeSigned(makeSignature(room.digest, { run: '7' }));
const root = (): Descriptor => ({ mediaType: MANIFEST_TYPE.oci, digest: room.digest, size: 500 });
const attach = (bytes: string, more: Partial<ReferrerOptions> = {}, subject = root()): Promise<string> =>
  pushImage(
    room.registry.host,
    'prod/app',
    undefined,
    buildReferrer(subject, { artifactType: SIGSTORE_BUNDLE, bytes, ...more }),
  );
/** Attaches a manifest as it is written here, whose blobs need not be there. */
const attachManifest = async (manifest: object): Promise<Digest> => {
  const set = new ContentSet();
  const added = set.addManifest({
    ...{ schemaVersion: 2, mediaType: MANIFEST_TYPE.oci, artifactType: SIGSTORE_BUNDLE, subject: root() },
    ...{ config: set.addBlob('{}', 'application/vnd.oci.empty.v1+json'), layers: [] },
    ...manifest,
  });
  await pushImage(room.registry.host, 'prod/app', undefined, { root: added, contents: set.contents });
  return added.digest as Digest;
};
const layer = (digest: string, size: number) => ({ mediaType: SIGSTORE_BUNDLE, digest, size });
const list = (digest: string) =>
  updateFallbackIndex(room.client, room.repository, room.digest, [
    { ...root(), digest: digest as Digest, artifactType: SIGSTORE_BUNDLE, annotations: {} },
  ]);

describe('what is attached to a digest', () => {
  it('is nothing where nothing is', async () => {
    expect(await read()).toEqual({ bundles: [], unreadable: [] });
  });

  it.each([
    [SIGSTORE_BUNDLE, SIGSTORE_BUNDLE],
    ['application/vnd.dev.sigstore.bundle+json;version=0.2', 'application/vnd.dev.sigstore.bundle+json;version=0.2'],
    ['application/vnd.oci.empty.v1+json', SIGSTORE_BUNDLE],
  ])('is read out of a referrer of type %s', async (artifactType, layerType) => {
    const manifest = await attach(good(), { artifactType, layerType });
    const { bundles, unreadable } = await read();
    expect(unreadable).toEqual([]);
    expect(bundles).toEqual([
      {
        manifest,
        predicateType: SIGNATURE_PREDICATE,
        statement: makeSignature(room.digest, { run: '7' }),
        bundle: expect.any(Buffer),
        identity: { kind: 'key', hint: 'stand-in' },
      },
    ]);
  });

  it('has the type that was signed, and not the one of the annotation', async () => {
    await attach(good(), { annotations: { 'dev.sigstore.bundle.predicateType': 'https://example.test/other' } });
    expect((await read()).bundles).toMatchObject([{ predicateType: SIGNATURE_PREDICATE }]);
  });

  it('is no SBOM and no other artifact', async () => {
    await attach('{}', { artifactType: 'application/spdx+json' });
    await attach('{}', { artifactType: 'application/vnd.oci.empty.v1+json', layerType: 'text/plain' });
    const before = room.registry.log.entries.length;
    expect(await read()).toMatchObject({ bundles: [], unreadable: [] });
    const asked = room.registry.log.entries.slice(before).map(({ path }) => path);
    expect(asked.filter((path) => path.includes('/blobs/'))).toEqual([]);
  });
});

describe('what somebody broke takes nothing from the rest', () => {
  const statement = () => makeSignature(room.digest, {});
  const twice = (text: string, name: string) => text.replace(`"${name}":`, `"${name}":null,"${name}":`);

  it.each<[string, () => string, string]>([
    ['no JSON', () => 'not json', 'not JSON that everyone reads alike'],
    ['null', () => 'null', 'signs no in-toto statement'],
    ['an empty object', () => '{}', 'signs no in-toto statement'],
    ['a byte order mark', () => '\uFEFF{}', 'not JSON that everyone reads alike'],
    ['a key twice', () => twice(good(), 'dsseEnvelope'), 'not JSON that everyone reads alike'],
    ['deep nesting', () => '['.repeat(10_000), 'not JSON that everyone reads alike'],
    [
      'another payload type',
      () => good().replace('application/vnd.in-toto+json', 'text/plain'),
      'signs no in-toto statement',
    ],
    ['a payload that is no text', () => good().replace(/"payload":"[^"]*"/, '"payload":7'), 'signs no in-toto'],
    ['two envelopes by two names', () => good().replace('{', '{"dsse_envelope":{"payload":""},'), 'signs no in-toto'],
    ['no media type', () => good().replace('"mediaType"', '"mediaTypo"'), 'not a Sigstore bundle'],
    ['nobody who signed', () => good().replace('"publicKey"', '"nobody"'), 'does not say who signed'],
    [
      'a certificate that is none',
      () => good().replace(/"publicKey":\{[^}]*\}/, '"certificate":{"rawBytes":"AAAA"}'),
      'certificate of the bundle cannot be read',
    ],
    ['a statement that is no JSON', () => makeSigned('no'), 'statement is not JSON'],
    [
      'a statement with a key twice',
      () => makeSigned(twice(JSON.stringify(statement()), 'subject')),
      'statement is not',
    ],
    ['a statement about nothing', () => makeSigned({ ...statement(), subject: [] }), 'does not have the form'],
    ['a statement without subject', () => makeSigned({ ...statement(), subject: undefined }), 'does not have the form'],
    ['a statement of no type', () => makeSigned({ ...statement(), predicateType: '' }), 'does not have the form'],
    ['a statement that is none', () => makeSigned({ ...statement(), _type: 'other' }), 'does not have the form'],
  ])('a bundle with %s', async (_, make, reason) => {
    const broken = await attach(make());
    const manifest = await attach(good(), { annotations: { second: 'yes' } });
    const { bundles, unreadable } = await read();
    expect(bundles.map((bundle) => bundle.manifest)).toEqual([manifest]);
    expect(unreadable).toEqual([{ manifest: broken, reason: expect.stringContaining(reason) }]);
  });

  it.each<[string, object, RegExp]>([
    ['no bundle at all', {}, /has no layer of that type/],
    ['a blob that is not there', { layers: [layer(digestOf('gone'), 4)] }, /the registry does not have it/],
    ['one that is said to be huge', { layers: [layer(digestOf('huge'), 33 * MIB)] }, /has 34603008 bytes/],
    ['several', { layers: [layer(digestOf('a'), 1), layer(digestOf('b'), 1)] }, /several bundles/],
    ['a size that is not true', { layers: [layer(digestOf('{}'), 1)] }, /instead of|more than/],
    ['what is no manifest', { config: undefined, layers: 'none' }, /not a valid manifest/],
    ['an index', { mediaType: INDEX_TYPE.oci, config: undefined, layers: undefined, manifests: [] }, /no layer/],
  ])('a referrer with %s', async (_, manifest, reason) => {
    await reopen({ missingContent: 'accept' });
    const broken = await attachManifest(manifest);
    const fine = await attach(good());
    const { bundles, unreadable } = await read();
    expect(bundles.map((bundle) => bundle.manifest)).toEqual([fine]);
    expect(unreadable).toEqual([{ manifest: broken, reason: expect.stringMatching(reason) }]);
  });

  it('a list that names what is not there, or what refers to another subject', async () => {
    await reopen({ referrersApi: false, missingContent: 'accept' });
    const fine = await attach(good());
    const strange = await attach(good(), {}, { ...root(), digest: digestOf('another') });
    await list(strange);
    await list(digestOf('gone'));
    const { bundles, unreadable } = await read();
    expect(bundles.map((bundle) => bundle.manifest)).toEqual([fine]);
    expect(unreadable).toEqual([
      { manifest: strange, reason: 'it is listed here, but names another subject' },
      { manifest: digestOf('gone'), reason: 'the registry does not have it' },
    ]);
  });

  it('more than anybody could read', async () => {
    await reopen({ missingContent: 'accept' });
    const size = 32 * MIB;
    for (const name of ['a', 'b', 'c', 'd', 'e']) await attachManifest({ layers: [layer(digestOf(name), size)] });
    const fine = await attach(good());
    const { bundles, unreadable } = await read();
    expect(bundles.map((bundle) => bundle.manifest)).toEqual([fine]);
    expect(unreadable.map(({ reason }) => reason).sort()).toEqual([
      ...Array.from({ length: 3 }, () => 'the registry does not have it'),
      ...Array.from({ length: 2 }, () => 'there is too much attached to read it'),
    ]);
  });

  it('what stands under the fallback tag of a registry with the API', async () => {
    const fine = await attach(good());
    const path = new RegExp(`/manifests/${room.digest.replace(':', '-')}$`);
    const headers = { 'Content-Type': MANIFEST_TYPE.oci };
    room.registry.faults.push({ path, status: 200, headers, body: '{"schemaVersion":2,"layers":7}' });
    expect((await read()).bundles).toMatchObject([{ manifest: fine }]);
  });
});

describe('a registry that cannot be asked', () => {
  it.each([/\/referrers\//, /\/manifests\/sha256:/, /\/blobs\//])(
    'is never one where nothing is attached: %s',
    async (path) => {
      await attach(good());
      room.registry.faults.push({ path, status: 403 }, { path: /\/tags\/list/, status: 403 });
      await expect(read()).rejects.toMatchObject({ code: 'DENIED' });
    },
  );
});
