import { buildReferrer } from '../../../lab/image/artifact.ts';
import type { BuiltImage } from '../../../lab/image/descriptor.ts';
import type { Fault } from '../../../lab/registry/faults.ts';
import type { FaultRow } from '../row.ts';
import { AMD64, INDEX, SBOM, TARGET, WITHOUT_API, type World } from '../world.ts';

const AREA = 'Referrers';
const FALLBACK = INDEX.root.digest.replace(':', '-');
const LIST: Fault = { method: 'GET', path: new RegExp(`/referrers/${INDEX.root.digest}`) };
const OCI_INDEX = { 'Content-Type': 'application/vnd.oci.image.index.v1+json' };

const describe = ({ root, contents }: BuiltImage): object => ({
  mediaType: root.mediaType,
  digest: root.digest,
  size: contents.get(root.digest)?.bytes.length,
});

/** What the source says when it is asked for referrers. */
const listing = (...manifests: readonly object[]): Fault => ({
  ...LIST,
  headers: OCI_INDEX,
  body: JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX['Content-Type'], manifests }),
});

const sign = (subject: BuiltImage, bytes: string): BuiltImage =>
  buildReferrer(subject.root, { artifactType: 'application/x-signature', bytes });

/** Attaches the older way: under a tag that is made of the digest. */
const tagged = ({ source }: World): readonly Fault[] => {
  const legacy = [
    [INDEX, 'sig'],
    [AMD64, 'att'],
  ] as const;
  for (const [image, form] of legacy) {
    const attached = buildReferrer(image.root, { artifactType: 'application/x', bytes: form });
    source.seed('dev/web', attached, `${image.root.digest.replace(':', '-')}.${form}`);
  }
  return [{ method: 'GET', path: /\.sig$/, before: () => undefined }];
};

/** Manifests that are written before anything is read back: those of the image, the SBOM, signature, record and summary. */
const countWrites = ({ contents }: BuiltImage): number =>
  [...contents.values()].filter(({ kind }) => kind === 'manifest').length + 4;

const hasTags = ({ target }: World): readonly string[] =>
  [`${FALLBACK}.sig`, `${AMD64.root.digest.replace(':', '-')}.att`].filter(
    (tag) => !target.tags(TARGET.repository).includes(tag),
  );

export const REFERRER_ROWS: readonly FaultRow[] = [
  {
    id: 'pages',
    area: AREA,
    says: 'the source lists referrers a page at a time: all of them are carried',
    guard: 'reads-all-pages',
    world: { source: { referrersPageSize: 1 }, referrers: [SBOM, sign(INDEX, 'one'), sign(INDEX, 'two')] },
    side: 'source',
    faults: [{ ...LIST, before: () => undefined }],
    ends: 'promoted',
  },
  {
    id: 'pages-without-end',
    area: AREA,
    says: 'the source links a page of referrers to itself',
    guard: 'pages-end',
    side: 'source',
    faults: [{ ...LIST, headers: { Link: '<?>; rel="next"' } }],
    ends: { failed: 'PROTOCOL' },
  },
  {
    id: 'strange-entry',
    area: AREA,
    says: 'the source lists something that names no content (Artifactory): the others are carried',
    guard: 'strange-entries',
    side: 'source',
    faults: [listing({ mediaType: 'application/x', digest: '_uploads' }, describe(SBOM))],
    ends: 'promoted',
  },
  {
    id: 'other-subject',
    area: AREA,
    says: 'the source lists a manifest that has no subject: it is no referrer, and is not carried as one',
    guard: 'referrer-has-subject',
    side: 'source',
    faults: [listing(describe(AMD64), describe(SBOM))],
    ends: 'promoted',
    findWrong: ({ target }) =>
      target.tags(TARGET.repository).includes(FALLBACK) ? ['it was listed at the target'] : [],
  },
  {
    id: 'older-tags',
    area: AREA,
    says: 'signatures and attestations of an index and a child stand under the tags of cosign 2: they come along',
    guard: 'legacy-tags',
    side: 'source',
    faults: tagged,
    ends: 'promoted',
    findWrong: (world) => hasTags(world).map((tag) => `${tag} did not come along`),
  },
  {
    id: 'list-loses-evidence',
    area: AREA,
    says: 'the target has our signature, and does not list it: it is written again',
    guard: 'evidence-is-listed',
    faults: ({ target, image }) => {
      const empty = listing();
      const isStale = { method: 'PUT', path: /manifests\/sha256/, skip: countWrites(image), times: 1 };
      return [empty, { ...isStale, before: () => void target.faults.splice(target.faults.indexOf(empty), 1) }];
    },
    ends: 'promoted',
  },
  {
    id: 'fallback-overwritten',
    area: AREA,
    says: 'another writer, who read the fallback tag before us, overwrites it after us: our entries are written again',
    guard: 'lists-again',
    world: { target: WITHOUT_API },
    faults: ({ target }) => [
      {
        method: 'HEAD',
        path: new RegExp(`/manifests/${INDEX.root.digest}$`),
        skip: 1,
        times: 1,
        before: () => {
          target.deleteTag(TARGET.repository, FALLBACK);
          target.seed(TARGET.repository, sign(INDEX, 'theirs'));
        },
      },
    ],
    ends: 'promoted',
  },
];
