import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildImage } from '../../lab/image/image.ts';
import { pushImage } from '../../lab/image/push.ts';
import { type LabRegistry, type RegistryOptions, startRegistry } from '../../lab/registry/server.ts';
import { parseDigest } from '../../src/image/digest.ts';
import { parseRepository, type TagReference } from '../../src/image/reference.ts';
import { READ_BACK_DELAY_MS, type TagContext, type TagWrite, writeTag } from '../../src/promote/tag.ts';
import { createRecordingClient } from '../registry/recording-client.ts';
import { tagOf } from '../registry/sample-image.ts';

const IMAGE = buildImage({ labels: { name: 'ours' } });
const OTHER = buildImage({ labels: { name: 'another' } });
const REPOSITORY = 'team/app';
const TAG = `/manifests/1.0`;

let registry: LabRegistry;
let close: () => Promise<void> = async () => undefined;
const pauses: number[] = [];

/** A registry that holds both images without a tag. */
async function open(options: RegistryOptions = {}): Promise<void> {
  registry = await startRegistry(options);
  const { auth } = options;
  for (const image of [IMAGE, OTHER]) await pushImage(registry.host, REPOSITORY, undefined, image, auth);
  registry.log.clear();
}

async function write(options: Partial<TagContext> = {}): Promise<TagWrite> {
  const { client } = createRecordingClient();
  const repository = parseRepository(`${registry.host}/${REPOSITORY}`);
  const target: TagReference = { kind: 'tag', repository, tag: tagOf('1.0') };
  close = () => client.close();
  const { root, contents } = IMAGE;
  const bytes = contents.get(root.digest)?.bytes ?? Buffer.alloc(0);
  const manifest = { kind: 'index', mediaType: root.mediaType, children: [], annotations: {} } as const;
  const content = { digest: parseDigest(root.digest), mediaType: root.mediaType, bytes, manifest };
  const sleep = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds);
  return writeTag(target, content, { client, existingTag: 'refuse', sleep, ...options });
}

beforeEach(() => {
  pauses.length = 0;
});
afterEach(async () => {
  await close();
  await registry.close();
});

describe('a tag that is free', () => {
  it('is looked at, written once, and read back after a pause', async () => {
    await open();
    expect(await write()).toEqual({ kind: 'written' });
    const asked = registry.log.entries.filter(({ path }) => path.endsWith(TAG));
    expect(asked.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'HEAD 404',
      'GET 404', // only a body tells an absent tag from any other 404
      'PUT 201',
      'HEAD 200',
    ]);
    expect(pauses).toEqual([READ_BACK_DELAY_MS]);
    expect(registry.digestOf(REPOSITORY, '1.0')).toBe(IMAGE.root.digest);
  });
});

describe('a tag that exists', () => {
  it('with the same digest is refused, and not written', async () => {
    await open();
    registry.setTag(REPOSITORY, '1.0', IMAGE.root.digest);
    expect(await write()).toMatchObject({ kind: 'refused', refusal: { code: 'TAG_EXISTS' } });
    expect(registry.log.manifestWrites()).toEqual([]);
  });

  it('with the same digest is done where that is accepted, and not written', async () => {
    await open();
    registry.setTag(REPOSITORY, '1.0', IMAGE.root.digest);
    expect(await write({ existingTag: 'accept-same-digest' })).toEqual({ kind: 'unchanged' });
    expect(registry.log.manifestWrites()).toEqual([]);
  });

  it.each(['refuse', 'accept-same-digest'] as const)('with another digest is refused (%s)', async (existingTag) => {
    await open();
    registry.setTag(REPOSITORY, '1.0', OTHER.root.digest);
    const refusal = { code: 'TAG_EXISTS', target: `${registry.host}/${REPOSITORY}:1.0` };
    expect(await write({ existingTag })).toMatchObject({ kind: 'refused', refusal });
    expect(registry.log.manifestWrites()).toEqual([]);
    expect(registry.digestOf(REPOSITORY, '1.0')).toBe(OTHER.root.digest);
  });
});

describe.each([400, 405, 409, 412])('a registry that answers the write with %i', (status) => {
  it('because somebody else wrote the same digest first: done', async () => {
    await open({ immutableTags: { status } });
    const before = () => registry.setTag(REPOSITORY, '1.0', IMAGE.root.digest);
    registry.faults.push({ method: 'PUT', path: /manifests\/1\.0/, times: 1, before });
    expect(await write()).toEqual({ kind: 'written' });
  });

  it('because somebody else wrote another digest first: refused', async () => {
    await open({ immutableTags: { status } });
    const before = () => registry.setTag(REPOSITORY, '1.0', OTHER.root.digest);
    registry.faults.push({ method: 'PUT', path: /manifests\/1\.0/, times: 1, before });
    expect(await write()).toMatchObject({ kind: 'refused', refusal: { code: 'TAG_EXISTS' } });
    expect(registry.digestOf(REPOSITORY, '1.0')).toBe(OTHER.root.digest);
  });

  it('while the tag stays free: not decided', async () => {
    await open();
    registry.faults.push({ method: 'PUT', path: /manifests\/1\.0/, status });
    await expect(write()).rejects.toMatchObject({ code: 'CONFLICT', status });
  });
});

describe('an answer that got lost', () => {
  it('is followed by the same write again', async () => {
    await open();
    registry.faults.push({ method: 'PUT', path: /manifests\/1\.0/, times: 1, dropConnection: 'after' });
    expect(await write()).toEqual({ kind: 'written' });
  });

  it('is no refusal where tags are immutable: what is there is ours', async () => {
    await open({ immutableTags: true });
    registry.faults.push({ method: 'PUT', path: /manifests\/1\.0/, times: 1, dropConnection: 'after' });
    expect(await write()).toEqual({ kind: 'written' });
    expect(registry.log.manifestWrites('1.0').map(({ status }) => status)).toEqual([0, 409]);
  });

  it('every time is no failure when the tag is there', async () => {
    await open();
    registry.faults.push({ method: 'PUT', path: /manifests\/1\.0/, dropConnection: 'after' });
    expect(await write()).toEqual({ kind: 'written' });
  });

  it('every time is a failure when the tag is not there', async () => {
    await open();
    registry.faults.push({ method: 'PUT', path: /manifests\/1\.0/, status: 503 });
    await expect(write()).rejects.toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    expect(registry.tags(REPOSITORY)).toEqual([]);
  });
});

describe('between write and read-back', () => {
  it('another digest is told as moved', async () => {
    await open();
    const sleep = async () => registry.setTag(REPOSITORY, '1.0', OTHER.root.digest);
    const { refusal } = (await write({ sleep })) as Extract<TagWrite, { kind: 'refused' }>;
    expect(refusal).toMatchObject({ code: 'TAG_MOVED', target: `${registry.host}/${REPOSITORY}:1.0` });
    expect(refusal.message).toContain(`is ${OTHER.root.digest} now`);
  });

  it('a tag that is not there at all is a failure of the registry, not somebody else', async () => {
    await open();
    const sleep = async () => void registry.deleteTag(REPOSITORY, '1.0');
    await expect(write({ sleep })).rejects.toMatchObject({ code: 'TAG_NOT_STORED' });
  });
});

describe('a registry that does not let us look', () => {
  it.each([
    [401, 'UNAUTHORIZED'],
    [403, 'DENIED'],
    [429, 'RATE_LIMITED'],
    [500, 'UNAVAILABLE'],
  ])('(%i) is never taken for a free tag', async (status, code) => {
    await open();
    registry.faults.push(
      { path: /manifests\/1\.0/, method: 'HEAD', status },
      { path: /manifests\/1\.0/, method: 'GET', status },
    );
    await expect(write()).rejects.toMatchObject({ code });
    expect(registry.log.manifestWrites()).toEqual([]);
  });

  it('with a 404 of somebody else is never taken for a free tag', async () => {
    await open();
    for (const method of ['HEAD', 'GET'])
      registry.faults.push({ path: /manifests\/1\.0/, method, status: 404, body: '<html>not found</html>' });
    await expect(write()).rejects.toMatchObject({ code: 'PROTOCOL' });
    expect(registry.log.manifestWrites()).toEqual([]);
  });

  it.each([401, 403])('write (%i) is a failure', async (status) => {
    await open();
    registry.faults.push({ path: /manifests\/1\.0/, method: 'PUT', status });
    await expect(write()).rejects.toMatchObject({ status });
  });
});
