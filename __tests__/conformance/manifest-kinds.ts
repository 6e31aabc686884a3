import { createHash } from 'node:crypto';
import { everywhere, inDistribution } from './deviations.ts';
import { describeBlob, indexOf, MANIFEST, prepareImage, storeImage } from './documents.ts';
import type { Kind } from './kind.ts';
import { type Answer, blobOf, comparedWith, type Repository, RIGHT, refusalOf } from './repository.ts';

const MIB = 1024 * 1024;

/** How a manifest's PUT ended, and whether what it points at can be pulled. */
async function describeEnd(repository: Repository, answer: Answer, digest: string) {
  const pulled = await repository.send('GET', answer.location);
  return {
    status: answer.status,
    digest: answer.headers.get('docker-content-digest') === digest ? 'right' : 'wrong',
    location: blobOf(pulled.body).digest === digest ? 'pullable' : pulled.status,
  };
}

async function refuse(repository: Repository, reference: string, more: object = {}, type = MANIFEST) {
  const image = await prepareImage(repository, more);
  return { PUT: refusalOf(await repository.putManifest(reference, image.bytes, type)) };
}

const STORED = { status: 201, digest: 'right', location: 'pullable' };

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests */
export const MANIFEST_KINDS: readonly Kind[] = [
  ...(['tag', 'digest'] as const).map(
    (by): Kind => ({
      name: `by ${by}`,
      run: async (repository) => {
        const image = await prepareImage(repository);
        const reference = by === 'tag' ? '1.0_a-B' : image.digest;
        return describeEnd(repository, await repository.putManifest(reference, image.bytes, MANIFEST), image.digest);
      },
      expected: STORED,
    }),
  ),
  {
    name: 'the exact bytes are kept, also odd white space and the order of fields',
    run: async (repository) => {
      const image = await prepareImage(repository, { annotations: { b: '1', a: '\u00e9' } });
      const odd = blobOf(`${image.bytes}`.replace('{', ' {\n\t').replaceAll(':"', ': "').concat('\n'));
      await repository.putManifest('odd', odd.bytes, MANIFEST);
      return comparedWith(await repository.send('GET', 'manifests/odd'), odd, 'GET');
    },
    expected: RIGHT,
  },
  {
    name: 'a tag moves, and what it pointed at stays',
    run: async (repository) => {
      const first = await storeImage(repository, '1');
      const second = await storeImage(repository, '1', { annotations: { second: 'yes' } });
      return {
        tag: comparedWith(await repository.send('GET', 'manifests/1'), second, 'GET'),
        first: comparedWith(await repository.send('GET', `manifests/${first.digest}`), first, 'GET'),
      };
    },
    expected: { tag: RIGHT, first: RIGHT },
  },
  {
    name: 'by digest, with tags in the query',
    run: async (repository) => {
      const { digest, bytes } = await prepareImage(repository);
      const answer = await repository.putManifest(`${digest}?tag=a&tag=b`, bytes, MANIFEST);
      const tagged = await repository.send('HEAD', 'manifests/b');
      return { status: answer.status, tags: answer.headers.get('oci-tag'), b: tagged.status };
    },
    expected: { status: 201, tags: 'a, b', b: 200 },
    deviations: everywhere('it knows no tags in the query, which are newer than it and optional', {
      status: 201,
      tags: null,
      b: 404,
    }),
  },
  {
    name: 'by sha512',
    run: async (repository) => {
      const { bytes } = await prepareImage(repository);
      const digest = `sha512:${createHash('sha512').update(bytes).digest('hex')}`;
      const answer = await repository.putManifest(digest, bytes, MANIFEST);
      const found = await repository.send('GET', `manifests/${digest}`);
      return { PUT: answer.status, GET: comparedWith(found, { bytes, digest }, 'GET') };
    },
    expected: { PUT: 201, GET: RIGHT },
    deviations: inDistribution('it hashes manifests by sha256 only', { PUT: 400, GET: { status: 404 } }),
  },
  {
    name: 'parameters of the Content-Type are ignored',
    run: async (repository) => {
      const { bytes } = await prepareImage(repository);
      const { status } = await repository.putManifest('1', bytes, `${MANIFEST}; charset=utf-8`);
      return { PUT: status, type: (await repository.send('HEAD', 'manifests/1')).headers.get('content-type') };
    },
    expected: { PUT: 201, type: MANIFEST },
  },
  {
    name: 'a manifest without a mediaType keeps its Content-Type',
    run: async (repository) => {
      const { bytes } = await prepareImage(repository, { mediaType: undefined });
      const { status } = await repository.putManifest('1', bytes, MANIFEST);
      return { PUT: status, type: (await repository.send('HEAD', 'manifests/1')).headers.get('content-type') };
    },
    expected: { PUT: 201, type: MANIFEST },
  },
  {
    name: 'another digest than that of the bytes is refused',
    run: (repository) => refuse(repository, blobOf('other').digest),
    expected: { PUT: '400 DIGEST_INVALID' },
  },
  {
    name: 'a digest that is none is refused',
    run: (repository) => refuse(repository, 'sha256:beef'),
    expected: { PUT: '400 DIGEST_INVALID' },
    deviations: {
      'docker-registry': { because: 'a fault of its own: 500 for a short digest', observed: { PUT: '500 UNKNOWN' } },
    },
  },
  {
    name: 'a tag that is none is refused',
    run: (repository) => refuse(repository, '.dot'),
    expected: { PUT: '400 TAG_INVALID' },
    deviations: {
      olareg: { because: 'what is no tag is taken for a digest', observed: { PUT: '400 DIGEST_INVALID' } },
      ...inDistribution('what is no tag is no address either', { PUT: '404 no JSON' }),
    },
  },
  {
    name: 'a Content-Type that is not the mediaType is refused',
    run: (repository) => refuse(repository, '1', {}, 'application/vnd.oci.image.index.v1+json'),
    expected: { PUT: '400 MANIFEST_INVALID' },
    deviations: { olareg: { because: 'it believes the header', observed: { PUT: '201 no JSON' } } },
  },
  {
    name: 'what is not JSON is refused',
    run: async (repository) => ({ PUT: refusalOf(await repository.putManifest('1', 'hello', MANIFEST)) }),
    expected: { PUT: '400 MANIFEST_INVALID' },
  },
  {
    name: 'an image whose layer is not there is refused',
    run: (repository) => refuse(repository, '1', { layers: [describeBlob(blobOf('none'), 'application/x')] }),
    expected: { PUT: '400 MANIFEST_BLOB_UNKNOWN' },
  },
  {
    name: 'an index whose child is not there is refused',
    run: async (repository) => {
      const index = indexOf([await prepareImage(repository)]);
      return { PUT: refusalOf(await repository.putManifest('1', index.bytes, index.mediaType)) };
    },
    expected: { PUT: '400 MANIFEST_BLOB_UNKNOWN' },
  },
  {
    name: 'just below 4 MiB is taken, 8 MiB are too much',
    run: async (repository) => ({
      '4 MiB': (await storeLarge(repository, 4 * MIB - 1024)).status,
      '8 MiB': (await storeLarge(repository, 8 * MIB)).status,
    }),
    expected: { '4 MiB': 201, '8 MiB': 413 },
    deviations: inDistribution('it has the limit, but says 400', { '4 MiB': 201, '8 MiB': 400 }),
  },
];

async function storeLarge(repository: Repository, bytes: number): Promise<Answer> {
  const image = await prepareImage(repository, { annotations: { large: 'x'.repeat(bytes) } });
  return repository.putManifest('large', image.bytes, MANIFEST);
}
