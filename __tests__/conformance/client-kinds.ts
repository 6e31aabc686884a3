import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect } from '@jest/globals';
import { digestOf, parseDigest } from '../../src/image/digest.ts';
import { type Repository as Name, parseReference, parseRepository } from '../../src/image/reference.ts';
import type { RegistryClient } from '../../src/registry/client.ts';
import { RegistryError } from '../../src/registry/error.ts';
import { tagOf } from '../registry/sample-image.ts';
import { inDistribution } from './deviations.ts';
import { type Document, indexOf, prepareImage, storeImage } from './documents.ts';
import type { Kind } from './kind.ts';
import { blobOf, comparedWith, type Repository, RIGHT } from './repository.ts';

/** Our client on one repository, and the same repository as plain requests see it. */
export interface Tried {
  readonly client: RegistryClient;
  readonly name: Name;
  readonly wire: Repository;
  /** The requests that this repository got, such as `POST 202`. */
  readonly requests: () => Promise<readonly string[]>;
}

const BYTES = Buffer.alloc(100_000, 'the bytes of a blob, ');
const BLOB = { digest: digestOf(BYTES), size: BYTES.length };
const SHA512 = { ...BLOB, digest: parseDigest(`sha512:${createHash('sha512').update(BYTES).digest('hex')}`) };
const NONE = digestOf('none');

/** The code of what was thrown, for what must not succeed. */
async function codeOfFailure(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => (error instanceof RegistryError ? error.code : String(error)),
  );
}

/** The same repository name with a suffix, and its plain view. */
function siblingOf({ wire }: Tried, suffix: string): { readonly name: Name; readonly wire: Repository } {
  const sibling = wire.sibling(suffix);
  return { wire: sibling, name: parseRepository(`${sibling.host}/${sibling.name}`) };
}

function toUpload({ bytes, digest, mediaType }: Document) {
  return { bytes, mediaType, digest: parseDigest(digest) };
}

function uploadKind(
  name: string,
  bytes: Buffer,
  digest = digestOf(bytes),
  deviations?: Kind['deviations'],
): Kind<Tried> {
  const blob = { digest, size: bytes.length };
  return {
    name,
    run: async ({ client, name, wire }) => {
      const before = await client.hasBlob(name, blob);
      await client.uploadBlob(name, blob, () => Readable.from([bytes]));
      const read = await buffer(await client.openBlob(name, blob));
      return {
        before,
        after: [await client.hasBlob(name, blob), await client.hasBlob(name, { ...blob, size: bytes.length + 1 })],
        read: read.equals(bytes),
        wire: comparedWith(await wire.send('GET', `blobs/${digest}`), { bytes, digest }, 'GET'),
      };
    },
    expected: { before: false, after: [true, false], read: true, wire: RIGHT },
    ...(deviations && { deviations }),
  };
}

const CANCELS_202 = 'it answers 202 to a cancellation';

/** Each verb of the client, there and back. */
export const CLIENT_KINDS: readonly Kind<Tried>[] = [
  uploadKind('uploads a blob and reads it', BYTES),
  uploadKind('uploads a blob of no bytes and reads it', Buffer.alloc(0)),
  uploadKind('uploads a blob by its sha512 and reads it', BYTES, SHA512.digest, {
    ...inDistribution('it tells the sha256 of the blob, which is another name for it and no fault', {
      ...{ before: false, after: [true, false], read: true, wire: { ...RIGHT, digest: 'wrong' } },
    }),
  }),
  {
    name: 'uploads what has another digest never',
    run: async ({ client, name, wire }) => ({
      code: await codeOfFailure(client.uploadBlob(name, { ...BLOB, digest: NONE }, () => Readable.from([BYTES]))),
      stored: (await wire.send('HEAD', `blobs/${NONE}`)).status,
    }),
    expected: { code: 'DIGEST_MISMATCH', stored: 404 },
  },
  {
    name: 'reads a small blob at once, and none that is not there',
    run: async ({ client, name, wire }) => {
      const { bytes, digest } = await wire.pushBlob('{"small":true}');
      const blob = { digest: parseDigest(digest), size: bytes.length };
      return {
        read: Buffer.from(await client.readBlob(name, blob, 100)).equals(bytes),
        missing: await codeOfFailure(client.readBlob(name, { digest: NONE, size: 4 }, 100)),
      };
    },
    expected: { read: true, missing: 'NOT_FOUND' },
  },
  {
    name: 'mounts a blob of another repository without its bytes',
    run: async (tried) => {
      const source = siblingOf(tried, 'source');
      await source.wire.pushBlob(BYTES);
      return {
        mounted: await tried.client.mountBlob(tried.name, BLOB.digest, source.name),
        found: await tried.client.hasBlob(tried.name, BLOB),
        requests: await tried.requests(),
      };
    },
    expected: { mounted: true, found: true, requests: ['POST 201', 'HEAD 200'] },
  },
  {
    name: 'is told when a mount is not to be had, and uploads instead',
    run: async (tried) => {
      const source = siblingOf(tried, 'empty');
      await source.wire.pushBlob('something else');
      const options = { mountFrom: source.name };
      return {
        mounted: await tried.client.mountBlob(tried.name, BLOB.digest, source.name),
        requests: await tried.requests(),
        pushed: await tried.client.pushBlob(tried.name, BLOB, () => Readable.from([BYTES]), options),
        again: await tried.client.pushBlob(tried.name, BLOB, () => Readable.from([BYTES]), options),
      };
    },
    expected: { mounted: false, requests: ['POST 202', 'DELETE 204'], pushed: 'uploaded', again: 'present' },
    deviations: {
      olareg: {
        because: CANCELS_202,
        observed: { mounted: false, requests: ['POST 202', 'DELETE 202'], pushed: 'uploaded', again: 'present' },
      },
    },
  },
  {
    name: 'tries the right to push, and leaves nothing',
    run: async ({ client, name, requests }) => {
      await client.probePush(name);
      return { requests: await requests() };
    },
    expected: { requests: ['POST 202', 'DELETE 204'] },
    deviations: { olareg: { because: CANCELS_202, observed: { requests: ['POST 202', 'DELETE 202'] } } },
  },
  {
    name: 'resolves a tag, and reads the manifest by digest and by HEAD',
    run: async ({ client, name, wire }) => {
      const image = await storeImage(wire, '1');
      const digest = parseDigest(image.digest);
      const resolved = await client.resolve(parseReference(`${name}:1`));
      const head = await client.headManifest(name, tagOf('1'));
      return {
        resolved: resolved.digest === digest && Buffer.from(resolved.bytes).equals(image.bytes),
        read: Buffer.from((await client.getManifest(name, digest)).bytes).equals(image.bytes),
        head: { ...head, digest: head?.digest === digest },
      };
    },
    expected: {
      resolved: true,
      read: true,
      head: { digest: true, mediaType: 'application/vnd.oci.image.manifest.v1+json', size: expect.any(Number) },
    },
  },
  {
    name: 'knows what is not there, in a repository that is not there either',
    run: async (tried) => {
      await storeImage(tried.wire, '1');
      const nowhere = siblingOf(tried, 'nowhere').name;
      return {
        tag: await tried.client.headManifest(tried.name, tagOf('none')),
        digest: await tried.client.headManifest(tried.name, NONE),
        repository: await tried.client.headManifest(nowhere, tagOf('1')),
        blob: [await tried.client.hasBlob(tried.name, NONE), await tried.client.hasBlob(nowhere, NONE)],
        resolve: await codeOfFailure(tried.client.resolve(parseReference(`${tried.name}:none`))),
      };
    },
    expected: {
      tag: undefined,
      digest: undefined,
      repository: undefined,
      blob: [false, false],
      resolve: 'NOT_FOUND',
    },
  },
  {
    name: 'stores an image by digest and by tag, and an index of it, byte for byte',
    run: async ({ client, name, wire }) => {
      const image = await prepareImage(wire, { annotations: { kept: 'as it is' } });
      const index = indexOf([image]);
      await client.putManifest(name, parseDigest(image.digest), toUpload(image));
      await client.putManifest(name, tagOf('1'), toUpload(index));
      return {
        image: comparedWith(await wire.send('GET', `manifests/${image.digest}`), image, 'GET'),
        index: comparedWith(await wire.send('GET', 'manifests/1'), index, 'GET'),
      };
    },
    expected: { image: RIGHT, index: RIGHT },
  },
  {
    name: 'is told when content is missing',
    run: async ({ client, name, wire }) => {
      const absent = { mediaType: 'application/x', digest: blobOf('none').digest, size: 4 };
      const image = await prepareImage(wire, { layers: [absent] });
      const code = await codeOfFailure(client.putManifest(name, tagOf('1'), toUpload(image)));
      return { code: code === 'none' ? code : 'refused', tag: (await wire.send('HEAD', 'manifests/1')).status };
    },
    expected: { code: 'refused', tag: 404 },
  },
];
