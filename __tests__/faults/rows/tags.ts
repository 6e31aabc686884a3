import { digestOf } from '../../../lab/registry/digest.ts';
import type { Fault } from '../../../lab/registry/faults.ts';
import type { FaultRow } from '../row.ts';
import { INDEX, makeImage, TARGET, type World } from '../world.ts';

const AREA = 'The tag';
const THEIRS = makeImage({ labels: { of: 'somebody else' } });
const DIGEST = INDEX.root.digest;
const TAG_PATH = /^\/v2\/prod\/web\/manifests\/1$/;
const PUT: Fault = { method: 'PUT', path: TAG_PATH, times: 1 };
const LOOK: Fault = { method: 'HEAD', path: TAG_PATH, times: 1 };

/** Somebody else writes the tag at this request. */
const taken =
  (fault: Fault) =>
  ({ target }: World): readonly Fault[] => {
    target.seed(TARGET.repository, THEIRS);
    return [{ ...fault, before: () => target.setTag(TARGET.repository, TARGET.tag, THEIRS.root.digest) }];
  };

/** Another run of ours writes the tag at this request. */
const done =
  (fault: Fault) =>
  ({ target, image }: World): readonly Fault[] => [
    {
      ...fault,
      before: () => {
        target.seed(TARGET.repository, image);
        target.setTag(TARGET.repository, TARGET.tag, image.root.digest);
      },
    },
  ];

/** Everything that no tag reaches goes at this request. */
const collected =
  (fault: Fault) =>
  ({ target }: World): readonly Fault[] => [
    {
      ...fault,
      before: () => {
        target.collectUntagged(TARGET.repository);
      },
    },
  ];

const theirsStands = ({ target }: World): readonly string[] =>
  target.digestOf(TARGET.repository, TARGET.tag) === THEIRS.root.digest ? [] : ["somebody else's tag was overwritten"];

const refused = (refused: string): Pick<FaultRow, 'area' | 'ends' | 'findWrong' | 'rerunEnds'> => ({
  ...{ area: AREA, ends: { refused }, findWrong: theirsStands, rerunEnds: 'none' },
});

/** What registries answer to the write of a tag that exists and must not move; https://github.com/opencontainers/distribution-spec has no word for it. */
const IMMUTABLE: readonly { readonly status: number; readonly who: string }[] = [
  { status: 400, who: 'as ECR does' },
  { status: 405, who: 'as a read-only repository does' },
  { status: 409, who: 'as Quay and ACR do' },
  { status: 412, who: 'as Harbor does' },
];

const IMMUTABLE_ROWS: readonly FaultRow[] = IMMUTABLE.flatMap(({ status, who }) => [
  {
    id: `immutable-lost-answer-${status}`,
    area: AREA,
    says: `the answer to the tag is lost, and the next try meets ${status}, ${who}: a look tells that it is ours`,
    guard: 'tag-looks-after',
    world: { target: { immutableTags: { status } } },
    faults: [{ ...PUT, dropConnection: 'after' }],
    ends: 'promoted',
  },
  {
    id: `immutable-taken-${status}`,
    says: `somebody else takes the tag between the look and the write, which meets ${status}, ${who}`,
    guard: 'tag-sees-theirs',
    world: { target: { immutableTags: { status } } },
    faults: taken(PUT),
    ...refused('TAG_EXISTS'),
  },
  {
    id: `immutable-done-${status}`,
    area: AREA,
    says: `another run of ours writes the tag between the look and the write, which meets ${status}, ${who}`,
    guard: 'tag-looks-after',
    world: { target: { immutableTags: { status } } },
    faults: done(PUT),
    ends: 'promoted',
  },
]);

const MOMENTS: readonly { readonly id: string; readonly says: string; readonly fault: Fault }[] = [
  { id: 'upload', says: 'while blobs are uploaded', fault: { method: 'PATCH', path: /uploads/, times: 1 } },
  { id: 'root', says: 'while the index is written', fault: { method: 'PUT', path: new RegExp(DIGEST), times: 1 } },
  {
    id: 'evidence',
    says: 'while the evidence is attached',
    fault: { method: 'GET', path: new RegExp(`manifests/${DIGEST}`), skip: 1, times: 1 },
  },
  { id: 'check', says: 'just before the last look', fault: { ...LOOK, skip: 1 } },
];

const TAKEN_ROWS: readonly FaultRow[] = MOMENTS.map(({ id, says, fault }) => ({
  ...{ id: `taken-${id}`, says: `somebody else takes the tag ${says}`, guard: 'tag-check', faults: taken(fault) },
  ...refused('TAG_EXISTS'),
}));

const COLLECTED_ROWS: readonly FaultRow[] = [
  {
    id: 'collected-before-check',
    area: AREA,
    says: 'the target collects all that is untagged after it was verified: it is pushed again',
    guard: 'refill',
    faults: collected({ method: 'HEAD', path: /manifests\/sha256/, skip: 1, times: 1 }),
    ends: 'promoted',
  },
  {
    id: 'collected-before-root',
    area: AREA,
    says: 'the target collects all that is untagged before the index is written: it is pushed again',
    guard: 'fills-again',
    faults: collected({ method: 'PUT', path: new RegExp(DIGEST), times: 1 }),
    ends: 'promoted',
  },
  {
    id: 'collected-before-evidence',
    area: AREA,
    says: 'the target collects the blobs of our evidence before its manifest is written',
    guard: 'fills-again',
    faults: ({ target, image }) => [
      {
        method: 'PUT',
        path: /manifests\/sha256/,
        skip: [...image.contents.values()].filter(({ kind }) => kind === 'manifest').length + 1,
        times: 1,
        before: () => void target.deleteBlobs(TARGET.repository),
      },
    ],
    ends: 'promoted',
  },
  {
    id: 'evidence-collected-at-tag',
    area: AREA,
    says: 'the target loses our evidence in the moment in which the tag is written: it is pushed again under the tag, before anybody is told of success',
    guard: 'tag-is-proven',
    faults: ({ target, image }) => [
      {
        ...PUT,
        before: () => target.keepManifests(TARGET.repository, (digest) => image.contents.has(digest)),
      },
    ],
    ends: 'promoted',
    findWrong: () => [],
    writesLate: true,
  },
  {
    id: 'absent-expired',
    area: AREA,
    says: 'the tag once was, and expired, as Quay says: it is free',
    guard: 'expired-is-absent',
    faults: [
      { method: 'HEAD', path: /manifests\/1$/, times: 2, status: 404 },
      {
        method: 'GET',
        path: /manifests\/1$/,
        times: 2,
        status: 404,
        headers: { 'Content-Type': 'application/json' },
        body: '{"errors":[{"code":"TAG_EXPIRED","message":"tag was deleted or has expired"}]}',
      },
    ],
    ends: 'promoted',
  },
];

export const TAG_ROWS: readonly FaultRow[] = [
  ...IMMUTABLE_ROWS,
  ...TAKEN_ROWS,
  ...COLLECTED_ROWS,
  {
    id: 'exists',
    says: 'the tag is taken from the start',
    guard: 'tag-first-look',
    faults: taken(LOOK),
    ...refused('TAG_EXISTS'),
    findWrong: (world) => [
      ...theirsStands(world),
      ...world.source.log.blobReads().map(({ path }) => `${path} was read`),
    ],
  },
  {
    id: 'moved-at-once',
    says: 'somebody else overwrites the tag right after it was written',
    guard: 'tag-read-back',
    faults: taken({ ...LOOK, afterPut: TAG_PATH }),
    ...refused('TAG_MOVED'),
  },
  {
    id: 'put-retry-taken',
    says: 'the first write of the tag fails, and somebody else writes it before the second: theirs stands',
    guard: 'tag-sees-theirs',
    faults: (world) => [...taken({ ...PUT, status: 503 })(world)],
    ...refused('TAG_EXISTS'),
  },
  {
    id: 'put-not-stored',
    area: AREA,
    says: 'the target says the tag is written, and has none',
    guard: 'tag-is-stored',
    faults: [{ ...PUT, status: 201 }],
    ends: { failed: 'TAG_NOT_STORED' },
  },
  {
    id: 'put-wrong-digest',
    area: AREA,
    says: 'the target says that it has written the tag with another digest',
    guard: 'put-digest',
    faults: [{ ...PUT, wrongDigestHeader: true }],
    ends: { failed: 'TAG_UNCERTAIN' },
    rerun: { 'existing-tag': 'accept-same-digest' },
    rerunEnds: 'unchanged',
  },
  {
    id: 'head-lies',
    area: AREA,
    says: 'the target names another digest in each look at the tag: its content decides',
    guard: 'tag-content-decides',
    faults: [{ method: 'HEAD', path: /manifests\/1$/, wrongDigestHeader: true }],
    ends: 'promoted',
  },
  {
    id: 'head-unknown',
    area: AREA,
    says: 'the target knows no HEAD: tags are looked for with GET',
    guard: 'head-falls-back',
    faults: [{ method: 'HEAD', path: /manifests/, status: 405 }],
    ends: 'promoted',
  },
  {
    id: 'head-bare',
    area: AREA,
    says: 'the target answers HEAD without digest, type and length',
    guard: 'head-falls-back',
    faults: [
      { method: 'HEAD', path: /manifests/, headers: { 'Docker-Content-Digest': undefined, 'Content-Type': undefined } },
    ],
    ends: 'promoted',
  },
  {
    id: 'absent-403',
    area: AREA,
    says: 'the target answers 403 for a tag that is not there, as Artifactory does: no one may conclude that it is free',
    guard: 'head-status',
    faults: [{ method: 'HEAD', path: /manifests\/1$/, status: 403 }],
    ends: { failed: 'DENIED' },
  },
  {
    id: 'absent-page',
    area: AREA,
    says: 'a proxy answers 404 with a page of its own for the tag: no one may conclude that it is free',
    guard: 'absence-is-told',
    faults: [
      { method: 'HEAD', path: /manifests\/1$/, status: 404 },
      { method: 'GET', path: /manifests\/1$/, status: 404, headers: { 'Content-Type': 'text/html' }, body: '<html>' },
    ],
    ends: { failed: 'PROTOCOL' },
  },
  {
    id: 'source-moves',
    area: AREA,
    says: 'the tag of the source moves after it was resolved: the first digest is promoted',
    guard: 'pin-source',
    side: 'source',
    faults: ({ source }) => {
      source.seed('dev/web', THEIRS);
      return [
        { method: 'GET', path: /\/blobs\//, times: 1, before: () => source.setTag('dev/web', '1', THEIRS.root.digest) },
      ];
    },
    ends: 'promoted',
  },
  {
    id: 'digest-of-nothing',
    area: AREA,
    says: 'the source names the digest of something else for its tag',
    guard: 'digest-header',
    side: 'source',
    faults: [{ method: 'GET', path: /manifests\/1$/, headers: { 'Docker-Content-Digest': digestOf('x') } }],
    ends: { failed: 'DIGEST_MISMATCH' },
  },
];
