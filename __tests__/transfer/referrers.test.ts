import { afterEach, describe, expect, it } from '@jest/globals';
import { buildArtifact, buildReferrer } from '../../lab/image/artifact.ts';
import { buildIndex } from '../../lab/image/build-index.ts';
import { type BuiltImage, ContentSet, EMPTY_TYPE, INDEX_TYPE, MANIFEST_TYPE } from '../../lab/image/descriptor.ts';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import type { RegistryOptions } from '../../lab/registry/server.ts';
import { digestOf } from '../../src/image/digest.ts';
import type { ImageGraph } from '../../src/transfer/graph.ts';
import type { Referrer } from '../../src/transfer/listed-referrer.ts';
import { pushGraph } from '../../src/transfer/push.ts';
import { fetchReferrers, pushReferrers } from '../../src/transfer/referrers.ts';
import { openRoom, type TransferRoom } from './transfer-room.ts';

const amd64 = buildImage();
const arm64 = buildImage({ platform: { os: 'linux', architecture: 'arm64' } });
const image = buildIndex([amd64, arm64]);
const annotations = { 'org.example.made': 'today' };
const sbom = buildReferrer(amd64.root, { artifactType: 'application/spdx+json', bytes: 'sbom', annotations });
const signature = buildReferrer(image.root, { artifactType: 'application/x-signature', bytes: 'signature' });
const sbomSignature = buildReferrer(sbom.root, { artifactType: 'application/x-signature', bytes: 'of the sbom' });

/** What a registry says of what it does not have. */
const GONE = { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' };
const GONE_BLOB = { status: 404, body: '{"errors":[{"code":"BLOB_UNKNOWN"}]}' };

let room: TransferRoom;
let graph: ImageGraph;
const open = async (options: RegistryOptions = {}, referrers: readonly BuiltImage[] = []): Promise<void> => {
  room = await openRoom({ missingContent: 'accept', ...options });
  graph = await room.load('dev/app', image);
  for (const referrer of referrers) await pushImage(room.registry.host, 'dev/app', undefined, referrer);
  room.registry.log.clear();
};
const fetchAll = () => fetchReferrers(graph, room.client, room.repository('dev/app'), room.layout);
const fetch = async () => (await fetchAll()).referrers;
const digests = (referrers: readonly Referrer[]) => referrers.map(({ content }) => content.digest).sort();
const rootsOf = (...images: readonly BuiltImage[]) => images.map(({ root }) => root.digest).sort();
afterEach(() => room.close());

describe.each([true, false])('fetchReferrers, from a registry with the referrers API: %s', (referrersApi) => {
  it('finds those of the index, of its children, and of referrers', async () => {
    await open({ referrersApi }, [signature, sbom, sbomSignature]);
    expect(digests(await fetch())).toEqual(rootsOf(signature, sbom, sbomSignature));
  });

  it('brings their blobs into the layout', async () => {
    await open({ referrersApi }, [sbom]);
    await fetch();
    expect(Buffer.from(await room.layout.read(digestOf('sbom'))).toString()).toBe('sbom');
  });

  it('describes them as a fallback index must: with the artifact type and annotations of the manifest', async () => {
    await open({ referrersApi }, [sbom]);
    expect((await fetch())[0]).toMatchObject({
      subject: amd64.root.digest,
      descriptor: {
        mediaType: MANIFEST_TYPE.oci,
        digest: sbom.root.digest,
        size: sbom.root.size,
        artifactType: 'application/spdx+json',
        annotations,
      },
    });
  });

  it('finds nothing where there is nothing', async () => {
    await open({ referrersApi });
    expect(await fetch()).toEqual([]);
  });
});

/** Lists these referrers under the fallback tag of a subject, true or not. */
const claim = async (subject: string, manifests: readonly object[]): Promise<void> => {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: INDEX_TYPE.oci, manifests }));
  const root = { mediaType: INDEX_TYPE.oci, digest: digestOf(bytes), size: bytes.length };
  const contents = new Map([[root.digest, { bytes, mediaType: INDEX_TYPE.oci, kind: 'manifest' as const }]]);
  await pushImage(room.registry.host, 'dev/app', subject.replace(':', '-'), { root, contents });
};

describe('a list of referrers that is wrong', () => {
  it('does not make a referrer of what has another subject, or none', async () => {
    await open({ referrersApi: false });
    const foreign = buildReferrer(arm64.root, { artifactType: 'a/b', bytes: 'foreign' });
    await pushImage(room.registry.host, 'dev/app', undefined, foreign);
    await claim(image.root.digest, [foreign.root, amd64.root]);
    room.registry.deleteTag('dev/app', arm64.root.digest.replace(':', '-'));
    expect(await fetch()).toEqual([]);
  });

  it('is told of and passed over where it names what was deleted', async () => {
    await open({ referrersApi: false }, [signature]);
    const gone = buildReferrer(image.root, { artifactType: 'a/b', bytes: 'gone' });
    await claim(image.root.digest, [gone.root, signature.root]);
    expect(digests(await fetch())).toEqual(rootsOf(signature));
    expect(room.warnings).toEqual([expect.stringContaining(gone.root.digest)]);
  });

  it('fails where a referrer cannot be had for another reason', async () => {
    await open({}, [signature]);
    room.registry.faults.push({ path: new RegExp(`manifests/${signature.root.digest}`), status: 403 });
    await expect(fetch()).rejects.toMatchObject({ code: 'DENIED' });
  });

  it('fails where the list itself cannot be had', async () => {
    await open({}, [signature]);
    room.registry.faults.push({ path: /\/referrers\//, status: 403 });
    await expect(fetch()).rejects.toMatchObject({ code: 'DENIED' });
  });

  it('is not followed for ever', async () => {
    await open({ referrersApi: false });
    const many = Array.from({ length: 1_001 }, (_, i) => ({ ...amd64.root, digest: digestOf(`referrer ${i}`) }));
    await claim(image.root.digest, many);
    await expect(fetch()).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('is followed three deep', async () => {
    const chain = [signature];
    for (let i = 0; i < 4; i++) {
      const subject = chain.at(-1)?.root ?? image.root;
      chain.push(buildReferrer(subject, { artifactType: 'a/b', bytes: `link ${i}` }));
    }
    await open({}, chain);
    expect(digests(await fetch())).toEqual(rootsOf(...chain.slice(0, 3)));
  });
});

/** A referrer that is an index of two SBOMs. */
const sbomIndex = (): BuiltImage => {
  const parts = ['one', 'two'].map((bytes) =>
    buildArtifact({ configType: EMPTY_TYPE, layerType: 'application/spdx+json', layer: bytes }),
  );
  const set = new ContentSet();
  for (const part of parts) set.addAll(part);
  const { mediaType, digest, size } = image.root;
  const root = set.addManifest({
    schemaVersion: 2,
    ...{ mediaType: INDEX_TYPE.oci, artifactType: 'application/x-sboms' },
    ...{ subject: { mediaType, digest, size }, manifests: parts.map((part) => part.root) },
  });
  return { root, contents: set.contents };
};

describe('a referrer that is an index', () => {
  it('is carried with its children and their blobs, children first', async () => {
    await open({ missingContent: 'reject' }, [sbomIndex()]);
    const referrers = await fetch();
    expect(digests(referrers)).toEqual(rootsOf(sbomIndex()));
    const target = room.repository('prod/app');
    room.registry.log.clear();
    await pushReferrers(referrers, room.layout, room.client, target, { mountFrom: undefined });
    for (const [digest, { bytes }] of sbomIndex().contents)
      expect(room.registry.read('prod/app', digest)).toEqual(bytes);
    expect(room.registry.log.manifestWrites().at(-1)?.path).toContain(sbomIndex().root.digest);
  });

  it('is told of and left out where the registry says that a child is gone', async () => {
    await open({}, [sbomIndex()]);
    const [child] = [...sbomIndex().contents].filter(([, { kind }]) => kind === 'manifest').map(([digest]) => digest);
    room.registry.faults.push({ path: new RegExp(`manifests/${child}`), ...GONE });
    expect(await fetchAll()).toMatchObject({
      referrers: [],
      leftOut: [{ subject: image.root.digest, form: 'referrer' }],
    });
    expect(room.warnings).toEqual([expect.stringContaining('an index of what is not there')]);
  });

  it('fails where a child cannot be had for another reason', async () => {
    await open({}, [sbomIndex()]);
    const [child] = [...sbomIndex().contents].filter(([, { kind }]) => kind === 'manifest').map(([digest]) => digest);
    room.registry.faults.push({ path: new RegExp(`manifests/${child}`), status: 404, body: '<html>' });
    await expect(fetch()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is told of and left out where it lists too much', async () => {
    await open();
    const { mediaType, digest, size } = image.root;
    const many = Array.from({ length: 1_001 }, (_, i) => ({ ...amd64.root, digest: digestOf(`child ${i}`) }));
    const set = new ContentSet();
    const subject = { mediaType, digest, size };
    const root = set.addManifest({ schemaVersion: 2, mediaType: INDEX_TYPE.oci, subject, manifests: many });
    await pushImage(room.registry.host, 'dev/app', undefined, { root, contents: set.contents });
    expect(await fetchAll()).toMatchObject({ referrers: [], leftOut: [{ form: 'referrer' }] });
  });
});

describe('what cannot be carried', () => {
  it('is an artifact manifest of a draft of the specification: told of, and not asked for', async () => {
    await open({ referrersApi: false });
    const type = 'application/vnd.oci.artifact.manifest.v1+json';
    await claim(image.root.digest, [{ ...signature.root, mediaType: type }]);
    expect(await fetchAll()).toMatchObject({
      referrers: [],
      leftOut: [{ subject: image.root.digest, form: 'referrer' }],
    });
    expect(room.warnings).toEqual([expect.stringContaining('draft of OCI 1.1')]);
    expect(room.registry.log.find('GET', new RegExp(signature.root.digest))).toEqual([]);
  });

  it('is such a manifest, too, where the list calls it something else', async () => {
    await open({}, [signature]);
    const body = JSON.stringify({ mediaType: 'application/vnd.oci.artifact.manifest.v1+json', blobs: [] });
    const bytes = Buffer.from(body);
    const root = { ...signature.root, digest: digestOf(bytes), size: bytes.length };
    room.registry.faults.push({ path: new RegExp(`manifests/${root.digest}`), status: 200, body });
    room.registry.faults.push({
      path: new RegExp(`referrers/${image.root.digest}`),
      body: JSON.stringify({ schemaVersion: 2, mediaType: INDEX_TYPE.oci, manifests: [root] }),
    });
    expect(await fetchAll()).toMatchObject({ referrers: [], leftOut: [{ form: 'referrer' }] });
    expect(room.warnings).toEqual([expect.stringContaining('no manifest that can be copied')]);
  });

  it('is what the registry says has lost a blob, whatever else is there', async () => {
    await open({}, [signature, sbom]);
    room.registry.faults.push({ path: new RegExp(`blobs/${digestOf('sbom')}`), ...GONE_BLOB });
    const { referrers, leftOut } = await fetchAll();
    expect(digests(referrers)).toEqual(rootsOf(signature));
    expect(leftOut).toEqual([{ subject: amd64.root.digest, form: 'referrer' }]);
  });

  it('is not what has a blob that cannot be had for another reason: that fails', async () => {
    await open({}, [sbom]);
    room.registry.faults.push({ path: new RegExp(`blobs/${digestOf('sbom')}`), status: 404, body: '<html>' });
    await expect(fetch()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a list that says a wrong size', () => {
  it('changes nothing: what is carried is described by its own bytes', async () => {
    await open({ referrersApi: false }, [signature]);
    await claim(image.root.digest, [{ ...signature.root, size: 7 }]);
    expect((await fetch())[0]?.descriptor.size).toBe(signature.root.size);
  });
});

describe('referrers that only the fallback tag of a registry with the API lists', () => {
  it('are carried, too', async () => {
    await open();
    await pushImage(room.registry.host, 'dev/app', undefined, signature);
    await claim(image.root.digest, [signature.root]);
    const empty = JSON.stringify({ schemaVersion: 2, mediaType: INDEX_TYPE.oci, manifests: [] });
    room.registry.faults.push({ path: /referrers/, body: empty });
    expect(digests(await fetch())).toEqual(rootsOf(signature));
  });
});

describe('pushReferrers within one registry', () => {
  it('moves no bytes: blobs are mounted', async () => {
    await open({}, [signature, sbom]);
    const referrers = await fetch();
    room.registry.log.clear();
    const mountFrom = room.repository('dev/app');
    await pushReferrers(referrers, room.layout, room.client, room.repository('prod/app'), { mountFrom });
    expect(room.registry.log.find('PATCH', /./)).toEqual([]);
    expect(room.registry.hasBlob('prod/app', digestOf('sbom'))).toBe(true);
  });
});

describe.each([true, false])('pushReferrers, to a registry with the referrers API: %s', (referrersApi) => {
  const push = async (): Promise<{ readonly unlisted: Referrer[]; readonly all: readonly Referrer[] }> => {
    const options = { onBytes: () => {}, mountFrom: undefined };
    const target = room.repository('prod/app');
    const store = await room.fetch(graph, 'dev/app');
    const all = await fetch();
    await pushGraph(graph, store, room.client, target, options);
    return { all, unlisted: await pushReferrers(all, room.layout, room.client, target, options) };
  };

  it('puts them there by digest, byte for byte, without a tag', async () => {
    await open({ referrersApi }, [signature, sbom, sbomSignature]);
    await push();
    for (const { contents } of [signature, sbom, sbomSignature]) {
      for (const [digest, { bytes }] of contents) expect(room.registry.read('prod/app', digest)).toEqual(bytes);
    }
    expect(room.registry.tags('prod/app')).toEqual([]);
  });

  it(`returns ${referrersApi ? 'none' : 'all'} of them for the fallback index`, async () => {
    await open({ referrersApi }, [signature, sbom]);
    const { unlisted } = await push();
    expect(digests(unlisted)).toEqual(referrersApi ? [] : rootsOf(signature, sbom));
  });

  it('moves nothing twice', async () => {
    await open({ referrersApi }, [signature, sbom]);
    const { all } = await push();
    room.registry.log.clear();
    await pushReferrers(all, room.layout, room.client, room.repository('prod/app'), { mountFrom: undefined });
    expect(room.registry.log.find('POST', /./)).toEqual([]);
  });
});
