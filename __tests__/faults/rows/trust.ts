import type { Fault } from '../../../lab/registry/faults.ts';
import type { FaultRow } from '../row.ts';
import { KEY } from '../run-promotion.ts';
import { attest, attestScan, DEV, demanding, RECORD, SCAN, STRANGER } from '../signed.ts';
import { AMD64, INDEX, makeImage, SBOM, SOURCE, TARGET, type World } from '../world.ts';

const AREA = 'What is signed about the source';
const MET: readonly Fault[] = [{ method: 'GET', path: /manifests\/1$/, before: () => undefined }];
const LIST: Fault = { method: 'GET', path: new RegExp(`/referrers/${INDEX.root.digest}`) };
const row = { area: AREA, side: 'source', faults: MET } as const;
const refusal = { ...row, rerunEnds: 'none' } as const;

const SIGNED = attest(INDEX, DEV);
const SIGNED_AGAIN = attest(INDEX, DEV);
const BY_STRANGER = attest(INDEX, STRANGER);
const SCANNED = { type: SCAN, role: 'scan', maxAge: '24h' } as const;
const OTHER = makeImage({ labels: { of: 'another build' } });
const FORMER_RECORD = attest(INDEX, KEY, RECORD, { tool: 'a stage before' });

const blobOf = ({ contents }: typeof SIGNED): string =>
  [...contents].find(([, { mediaType }]) => mediaType.includes('bundle'))?.[0] ?? '';

/** The plan is made, and then the source changes. */
const changed =
  (change: (world: World) => void) =>
  (world: World): readonly Fault[] => {
    change(world);
    return MET;
  };

export const TRUST_ROWS: readonly FaultRow[] = [
  {
    id: 'source-signed-by-stranger',
    ...refusal,
    says: 'the source is signed, and by none of those whom the policy names',
    guard: 'bundle-is-verified',
    world: demanding([BY_STRANGER]),
    ends: { refused: 'SOURCE_UNSIGNED' },
    findWrong: ({ target }) => target.log.uploads().map(({ path }) => `${path} was written`),
  },
  {
    id: 'attestation-is-no-signature',
    ...refusal,
    says: 'the source has an attestation by the right signer, and no signature',
    guard: 'evidence-by-type',
    world: demanding([attestScan(INDEX, DEV)]),
    ends: { refused: 'SOURCE_UNSIGNED' },
  },
  {
    id: 'evidence-altered',
    ...row,
    says: 'the source sends other bytes for what a stranger attached: the signature beside it counts all the same',
    guard: 'flaw-is-told',
    world: demanding([SIGNED, BY_STRANGER]),
    faults: [{ method: 'GET', path: new RegExp(blobOf(BY_STRANGER)), times: 1, corruptBytes: 9 }],
    ends: 'promoted',
  },
  {
    id: 'evidence-undecided',
    ...row,
    says: 'the source cannot say what is attached to it: that is no missing signature, but no answer',
    guard: 'referrers-undecided',
    world: demanding([SIGNED]),
    faults: [{ ...LIST, status: 500 }],
    ends: { failed: 'UNAVAILABLE' },
  },
  {
    id: 'attestation-by-stranger',
    ...refusal,
    says: 'the attestation that a policy requires is there, and by a stranger',
    guard: 'bundle-is-verified',
    world: demanding([attestScan(INDEX, STRANGER)], [SCANNED]),
    ends: { refused: 'ATTESTATION_MISSING' },
  },
  {
    id: 'attestation-of-one-platform',
    ...refusal,
    says: 'the attestation that a policy requires is there for one platform, and not for the other',
    guard: 'every-platform',
    world: demanding([attestScan(AMD64, DEV)], [SCANNED]),
    ends: { refused: 'ATTESTATION_MISSING' },
  },
  {
    id: 'attestation-too-old',
    ...refusal,
    says: 'the attestation that a policy requires is older than it may be',
    guard: 'attestation-age',
    world: demanding([attestScan(INDEX, DEV, 25)], [SCANNED]),
    ends: { refused: 'ATTESTATION_STALE' },
  },
  {
    id: 'attestation-from-tomorrow',
    ...refusal,
    says: 'the attestation that a policy requires says that it was made tomorrow',
    guard: 'attestation-not-ahead',
    world: demanding([attestScan(INDEX, DEV, -24)], [SCANNED]),
    ends: { refused: 'ATTESTATION_INVALID' },
  },
  {
    id: 'former-record',
    ...row,
    says: 'a stage before has signed a record, with the same key: it is not passed off as one of this promotion',
    guard: 'former-stays-behind',
    world: { referrers: [SBOM, FORMER_RECORD], lost: [FORMER_RECORD] },
    ends: 'promoted',
  },
  {
    id: 'plan-source-moved',
    ...refusal,
    says: 'the tag of the source moves after the plan was approved',
    guard: 'plan-names-source',
    isPlanned: true,
    faults: changed(({ source }) => {
      source.seed(SOURCE.repository, OTHER);
      source.setTag(SOURCE.repository, SOURCE.tag, OTHER.root.digest);
    }),
    ends: { refused: 'PLAN_STALE' },
  },
  {
    id: 'plan-evidence-replaced',
    ...refusal,
    says: 'the signature that an approved plan rests on is taken away, and the same signer makes another one',
    guard: 'plan-names-evidence',
    isPlanned: true,
    world: demanding([SIGNED]),
    faults: changed(({ source }) => {
      source.keepManifests(SOURCE.repository, (digest) => digest !== SIGNED.root.digest);
      source.seed(SOURCE.repository, SIGNED_AGAIN);
    }),
    ends: { refused: 'PLAN_STALE' },
  },
  {
    id: 'plan-outlives-addition',
    ...row,
    says: 'another signature is added after the plan was approved: what was approved is there, and counts',
    guard: 'approved-comes-first',
    isPlanned: true,
    world: demanding([SIGNED]),
    faults: ({ source }) => {
      source.seed(SOURCE.repository, SIGNED_AGAIN);
      return [{ ...LIST, before: () => undefined }];
    },
    ends: 'promoted',
  },
];

export const CHANNEL = makeImage({ labels: { of: 'the release before' } });
const THEIRS = makeImage({ labels: { of: 'somebody else' } });
const MOVE = {
  former: CHANNEL,
  policy: { signature: { transparencyLog: false }, targets: { channels: [TARGET.tag] } },
  inputs: { 'existing-tag': 'move' },
} as const;
const channel = { area: 'Channels, which may move', world: MOVE } as const;
const TAG_PUT: Fault = { method: 'PUT', path: /^\/v2\/prod\/web\/manifests\/1$/, times: 1 };

const takenBy =
  (fault: Fault) =>
  ({ target }: World): readonly Fault[] => {
    target.seed(TARGET.repository, THEIRS);
    return [{ ...fault, before: () => target.setTag(TARGET.repository, TARGET.tag, THEIRS.root.digest) }];
  };

const theirsStands = ({ target }: World): readonly string[] =>
  target.digestOf(TARGET.repository, TARGET.tag) === THEIRS.root.digest ? [] : ["somebody else's move was undone"];

export const CHANNEL_ROWS: readonly FaultRow[] = [
  {
    id: 'channel-moved-meanwhile',
    ...channel,
    says: 'somebody else moves the channel while the image is copied: theirs stands',
    guard: 'channel-from-plan',
    faults: takenBy({ method: 'PATCH', path: /uploads/, times: 1 }),
    ends: { refused: 'TAG_MOVED' },
    rerunEnds: 'none',
    findWrong: theirsStands,
  },
  {
    id: 'channel-moved-since-plan',
    ...channel,
    says: 'somebody else moves the channel after the plan was approved: theirs stands',
    guard: 'plan-names-tags',
    isPlanned: true,
    faults: (world) => {
      world.target.seed(TARGET.repository, THEIRS, TARGET.tag);
      return [{ method: 'HEAD', path: /manifests\/1$/, before: () => undefined }];
    },
    ends: { refused: 'PLAN_STALE' },
    rerunEnds: 'none',
    findWrong: theirsStands,
  },
  {
    id: 'channel-not-stored',
    ...channel,
    says: 'the target says that it has moved the channel, and has not',
    guard: 'tag-is-stored',
    faults: [{ ...TAG_PUT, status: 201 }],
    ends: { failed: 'TAG_NOT_STORED' },
  },
];
