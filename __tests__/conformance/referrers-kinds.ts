import { inDistribution, withoutReferrersApi } from './deviations.ts';
import { type Document, describeBlob, indexOf, MANIFEST, prepareArtifact, store, storeImage } from './documents.ts';
import type { Deviations, Kind } from './kind.ts';
import { type Answer, blobOf, type Repository } from './repository.ts';

const SBOM = 'application/vnd.example.sbom';
const VEX = 'application/vnd.example.vex';
const ABOUT = { 'org.example.about': 'parts' };

/** The descriptors of a list, by what they are of rather than by digest. */
function describeList(answer: Answer, known: Readonly<Record<string, Document>>) {
  if (answer.status !== 200) return { status: answer.status };
  const { manifests } = JSON.parse(answer.body.toString()) as {
    manifests: { digest: string; size: number }[] | null;
  };
  const nameOf = (digest: string) => Object.entries(known).find(([, document]) => document.digest === digest)?.[0];
  const entries = manifests?.map(({ digest, size, ...rest }) => {
    const name = nameOf(digest) ?? 'unknown';
    return [name, { ...rest, size: size === known[name]?.bytes.length ? 'right' : size }];
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    filters: answer.headers.get('oci-filters-applied'),
    list: entries === undefined ? null : Object.fromEntries(entries),
  };
}

function listReferrers(repository: Repository, digest: string, query = ''): Promise<Answer> {
  return repository.send('GET', `referrers/${digest}${query}`);
}

async function prepareReferrers(repository: Repository) {
  const image = await storeImage(repository, '1');
  const subject = describeBlob(image, MANIFEST);
  const sbom = await prepareArtifact(repository, { artifactType: SBOM, subject, annotations: ABOUT });
  const vex = await prepareArtifact(repository, { artifactType: VEX, subject });
  for (const referrer of [sbom, vex]) await store(repository, referrer);
  return { image, subject, sbom, vex };
}

const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json';
const LIST = { status: 200, type: INDEX_TYPE, filters: null };
const OF_SBOM = { mediaType: MANIFEST, artifactType: SBOM, annotations: ABOUT, size: 'right' };
const OF_VEX = { mediaType: MANIFEST, artifactType: VEX, size: 'right' };

const NULL_LIST: Deviations = {
  olareg: { because: 'it writes an empty list as null', observed: { ...LIST, list: null } },
};

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers */
export const REFERRERS_KINDS: readonly Kind[] = withoutReferrersApi([
  {
    name: 'of what has none are an empty index',
    run: async (repository) => {
      const { digest } = await storeImage(repository, '1');
      return describeList(await listReferrers(repository, digest), {});
    },
    expected: { ...LIST, list: {} },
    deviations: NULL_LIST,
  },
  {
    name: 'of what is not there, in a repository that is not there either, are an empty index',
    run: async (repository) => describeList(await listReferrers(repository, blobOf('none').digest), {}),
    expected: { ...LIST, list: {} },
    deviations: NULL_LIST,
  },
  {
    name: 'are listed with artifact type and annotations',
    run: async (repository) => {
      const { image, ...known } = await prepareReferrers(repository);
      return describeList(await listReferrers(repository, image.digest), known as never);
    },
    expected: { ...LIST, list: { sbom: OF_SBOM, vex: OF_VEX } },
  },
  {
    name: 'come filtered, and say so',
    run: async (repository) => {
      const { image, ...known } = await prepareReferrers(repository);
      return describeList(await listReferrers(repository, image.digest, `?artifactType=${SBOM}`), known as never);
    },
    expected: { ...LIST, filters: 'artifactType', list: { sbom: OF_SBOM } },
  },
  {
    name: 'without an artifact type have that of their config, an index has none',
    run: async (repository) => {
      const image = await storeImage(repository, '1');
      const subject = describeBlob(image, MANIFEST);
      const config = describeBlob(await repository.pushBlob('{}'), 'application/vnd.example.config');
      const plain = await store(repository, await prepareArtifact(repository, { config, subject }));
      const index = await store(repository, indexOf([image], { subject }));
      return describeList(await listReferrers(repository, image.digest), { plain, index });
    },
    expected: {
      ...LIST,
      list: {
        plain: { mediaType: MANIFEST, artifactType: 'application/vnd.example.config', size: 'right' },
        index: { mediaType: INDEX_TYPE, size: 'right' },
      },
    },
  },
  {
    name: 'may come before their subject, and are acknowledged',
    run: async (repository) => {
      const subject = describeBlob(blobOf('later'), MANIFEST);
      const early = await prepareArtifact(repository, { artifactType: SBOM, subject });
      const answer = await repository.putManifest(early.digest, early.bytes, MANIFEST);
      const { digest } = blobOf('later');
      return {
        PUT: answer.status,
        acknowledged: answer.headers.get('oci-subject') === digest,
        ...describeList(await listReferrers(repository, digest), { early }),
      };
    },
    expected: {
      PUT: 201,
      acknowledged: true,
      ...LIST,
      list: { early: { mediaType: MANIFEST, artifactType: SBOM, size: 'right' } },
    },
    deviations: inDistribution('it has no referrers API: no OCI-Subject tells the client to write the fallback tag', {
      PUT: 201,
      acknowledged: false,
      status: 404,
    }),
  },
  {
    name: 'are gone when they are deleted',
    run: async (repository) => {
      const { image, sbom, vex } = await prepareReferrers(repository);
      await repository.send('DELETE', `manifests/${sbom.digest}`);
      return describeList(await listReferrers(repository, image.digest), { sbom, vex });
    },
    expected: { ...LIST, list: { vex: OF_VEX } },
  },
  {
    name: 'of a digest that is none are refused',
    run: async (repository) => {
      await storeImage(repository, '1');
      return { status: (await listReferrers(repository, 'sha256:beef')).status };
    },
    expected: { status: 400 },
    deviations: { olareg: { because: 'nothing refers to what is no digest', observed: { status: 200 } } },
  },
]);
