import { buildArtifact } from '../../../lab/image/artifact.ts';
import type { Fault } from '../../../lab/registry/faults.ts';
import type { FaultRow } from '../row.ts';
import { INDEX, TARGET, type World } from '../world.ts';

const AREA = 'Our own evidence at the target';
const SIG = `${INDEX.root.digest.replace(':', '-')}.sig`;
const PAYLOAD = 'application/vnd.dev.cosign.simplesigning.v1+json';
const BOTH = { policy: { signature: { transparencyLog: false, format: 'both' } } } as const;
/** The first look for what was collected; that before it is for what an earlier run left. */
const LAST_LOOK: Fault = { method: 'HEAD', path: /manifests\/sha256:/, skip: 1, times: 1 };

/** Another signature in the older form, which is nothing of ours. */
const THEIRS = buildArtifact({
  ...{ configType: 'application/vnd.oci.image.config.v1+json', layerType: PAYLOAD, layer: '{"critical":{}}' },
  layerAnnotations: { 'dev.cosignproject.cosign/signature': 'dGhlaXJz' },
});
const THEIR_LAYER = [...THEIRS.contents].find(([, { mediaType }]) => mediaType === PAYLOAD)?.[0] ?? '';

/** What is wrong with the `.sig` of the index: it must hold ours, and theirs where they came first or later. */
const holds =
  (...wanted: readonly ('ours' | 'theirs')[]) =>
  ({ target }: World): readonly string[] => {
    const digest = target.digestOf(TARGET.repository, SIG);
    const bytes = digest === undefined ? undefined : target.read(TARGET.repository, digest);
    const { layers = [] } = JSON.parse(bytes?.toString() ?? '{}') as { layers?: { digest: string }[] };
    const found = layers.map((layer) => (layer.digest === THEIR_LAYER ? 'theirs' : 'ours')).toSorted();
    return found.join() === wanted.join() ? [] : [`${SIG} holds ${found.join(' and ') || 'nothing'}`];
  };

const overwrite = ({ target }: World): void => {
  target.seed(TARGET.repository, THEIRS);
  target.setTag(TARGET.repository, SIG, THEIRS.root.digest);
};

export const OLDER_FORM_ROWS: readonly FaultRow[] = [
  {
    id: 'older-collected',
    area: AREA,
    says: 'the target loses our signature in the older form before the tag is written: it is pushed again',
    guard: 'older-is-held',
    world: BOTH,
    faults: ({ target }) => [{ ...LAST_LOOK, before: () => void target.deleteTag(TARGET.repository, SIG) }],
    ends: 'promoted',
    findWrong: holds('ours'),
  },
  {
    id: 'older-overwritten',
    area: AREA,
    says: 'another writer puts theirs in place of our signature in the older form: both stand in the end',
    guard: 'older-are-joined',
    world: BOTH,
    faults: (world) => [{ ...LAST_LOOK, before: () => overwrite(world) }],
    ends: 'promoted',
    findWrong: holds('ours', 'theirs'),
  },
  {
    id: 'older-not-taken',
    area: AREA,
    says: 'the target has a signature in the older form, and will not let it change: nothing is tagged',
    guard: 'older-is-stored',
    world: BOTH,
    faults: (world) => {
      overwrite(world);
      return [{ method: 'PUT', path: new RegExp(`manifests/${SIG}`), status: 409 }];
    },
    ends: { failed: 'EVIDENCE_NOT_STORED' },
  },
  {
    id: 'summary-lost',
    area: AREA,
    says: 'the target loses our verification summary after it was verified: it is pushed again',
    guard: 'refill',
    faults: loseLast,
    ends: 'promoted',
  },
  {
    id: 'scan-lost',
    area: AREA,
    says: 'the target loses our attestation of the scan after it was verified: it is pushed again',
    guard: 'refill',
    world: { scans: true },
    faults: loseLast,
    ends: 'promoted',
  },
  {
    id: 'index-lost',
    area: AREA,
    says: 'the target loses the index of a promotion that stopped, and keeps what refers to it: the next run signs nothing twice',
    guard: 'orphans-count',
    faults: ({ target }) => [
      {
        ...{ method: 'PUT', path: /^\/v2\/prod\/web\/manifests\/1$/, status: 403 },
        before: () => target.keepManifests(TARGET.repository, (digest) => digest !== INDEX.root.digest),
      },
    ],
    ends: { failed: 'DENIED' },
  },
];

/** Forgets the manifest that was written last. */
function loseLast({ target }: World): readonly Fault[] {
  const forget = (): void => {
    const last = target.log.find('PUT', /manifests\/sha256:/).at(-1)?.path ?? '';
    target.keepManifests(TARGET.repository, (digest) => !last.endsWith(digest));
  };
  return [{ ...LAST_LOOK, before: forget }];
}
