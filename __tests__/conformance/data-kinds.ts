import { everywhere, inDistribution } from './deviations.ts';
import {
  type Document,
  describeBlob,
  documentOf,
  indexOf,
  MANIFEST,
  prepareArtifact,
  prepareImage,
  store,
  storeImage,
} from './documents.ts';
import type { Deviation, Kind } from './kind.ts';
import { blobOf, comparedWith, type Repository, RIGHT, refusalOf } from './repository.ts';

const DOCKER = 'application/vnd.docker.distribution.manifest.v2+json';
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
const KEPT = { PUT: 201, tag: RIGHT, digest: RIGHT, type: 'right' };

/** Stores what `prepare` made under a tag, and reads it by tag and by digest. */
async function keep(repository: Repository, document: Document) {
  const put = await repository.putManifest('kept', document.bytes, document.mediaType);
  if (put.status !== 201) return { PUT: refusalOf(put) };
  const byTag = await repository.send('GET', 'manifests/kept');
  const byDigest = await repository.send('GET', `manifests/${document.digest}`);
  return {
    PUT: put.status,
    tag: comparedWith(byTag, document, 'GET'),
    digest: comparedWith(byDigest, document, 'GET'),
    type: byTag.headers.get('content-type') === document.mediaType ? 'right' : 'wrong',
  };
}

function dataKind(
  name: string,
  prepare: (repository: Repository) => Promise<Document>,
  more: Partial<Kind> = {},
): Kind {
  return { name, run: async (repository) => keep(repository, await prepare(repository)), expected: KEPT, ...more };
}

const ELSEWHERE = describeBlob(blobOf('elsewhere'), 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip');
const MISSED: Deviation = {
  because: 'it wants the bytes of this layer as of any other',
  observed: { PUT: '400 MANIFEST_BLOB_UNKNOWN' },
};

/** What a registry has to take and give back to the byte: the kinds of data of the conformance suite, https://github.com/opencontainers/distribution-spec/tree/main/conformance */
export const DATA_KINDS: readonly Kind[] = [
  dataKind('an image', (r) => prepareImage(r)),
  dataKind('an index', async (r) =>
    indexOf([await storeImage(r, 'a'), await storeImage(r, 'b', { annotations: { b: '' } })]),
  ),
  dataKind('an index in an index', async (r) => indexOf([await store(r, indexOf([await storeImage(r, 'a')]))])),
  dataKind('an index of nothing', async () => indexOf([])),
  dataKind('an artifact', (r) => prepareArtifact(r, { artifactType: 'application/vnd.example' })),
  dataKind('an index with an artifact type', async (r) =>
    indexOf([await storeImage(r, 'a')], { artifactType: 'application/vnd.example' }),
  ),
  dataKind('an image with a subject', async (r) => {
    const subject = describeBlob(await storeImage(r, 'subject'), MANIFEST);
    return prepareArtifact(r, { artifactType: 'application/vnd.example', subject });
  }),
  dataKind('an image whose subject is not there', (r) =>
    prepareArtifact(r, { artifactType: 'application/vnd.example', subject: describeBlob(blobOf('later'), MANIFEST) }),
  ),
  dataKind('an index with a subject', async (r) => {
    const image = await storeImage(r, 'subject');
    return indexOf([image], { subject: describeBlob(image, MANIFEST) });
  }),
  dataKind('a descriptor with data', async (r) => {
    const config = await r.pushBlob('{}');
    const descriptor = { ...describeBlob(config, 'application/vnd.oci.empty.v1+json'), data: 'e30=' };
    return prepareImage(r, { config: descriptor, artifactType: 'application/vnd.example' });
  }),
  dataKind(
    'a layer that may not be distributed, without its bytes',
    (r) => prepareImage(r, { layers: [{ ...ELSEWHERE, urls: ['https://store.example/'] }] }),
    {
      deviations: {
        ...inDistribution('a fault of its own: 500, as no address of a layer is allowed unless its settings do', {
          PUT: '500 UNKNOWN',
        }),
        olareg: MISSED,
      },
    },
  ),
  dataKind('a layer that may not be distributed, without an address', (r) => prepareImage(r, { layers: [ELSEWHERE] }), {
    deviations: everywhere(MISSED.because, MISSED.observed),
  }),
  dataKind('fields nobody knows', (r) => prepareImage(r, { 'org.example': { deep: [1, null, 'x'] } })),
  dataKind('an image without layers', (r) => prepareImage(r, { layers: [] })),
  dataKind('a layer of no bytes', async (r) =>
    prepareImage(r, { layers: [describeBlob(await r.pushBlob(''), 'application/vnd.oci.image.layer.v1.tar')] }),
  ),
  dataKind('the same layer twice', async (r) => {
    const layer = describeBlob(await r.pushBlob('twice'), 'application/vnd.oci.image.layer.v1.tar');
    return prepareImage(r, { layers: [layer, layer] });
  }),
  dataKind('a config and layers of types nobody knows', async (r) => {
    const blob = describeBlob(await r.pushBlob('wasm'), 'application/vnd.example.module');
    return prepareImage(r, { config: blob, layers: [blob] });
  }),
  dataKind('an image of Docker', async (r) => {
    const config = describeBlob(await r.pushBlob('{"os":"linux"}'), 'application/vnd.docker.container.image.v1+json');
    return prepareImage(r, { mediaType: DOCKER, config, layers: [] }).then(withType(DOCKER));
  }),
  dataKind('a manifest list of Docker', async (r) => {
    const config = describeBlob(await r.pushBlob('{"os":"linux"}'), 'application/vnd.docker.container.image.v1+json');
    const image = await store(r, withType(DOCKER)(await prepareImage(r, { mediaType: DOCKER, config, layers: [] })));
    const platform = { os: 'linux', architecture: 'amd64' };
    return documentOf({
      mediaType: DOCKER_LIST,
      ...{ manifests: [{ ...describeBlob(image, DOCKER), platform }] },
    } as { mediaType: string });
  }),
];

function withType(mediaType: string): (document: Document) => Document {
  return (document) => ({ ...document, mediaType });
}
