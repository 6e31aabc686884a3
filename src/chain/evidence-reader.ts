import { runTogether } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import { describeIdentity, type TrustAnchor } from '../image/trust-anchor.ts';
import type { RegistryClient } from '../registry/client.ts';
import { RegistryError } from '../registry/error.ts';
import { createTagFinder } from '../registry/find-tagged.ts';
import type { SignerError } from '../signer/error.ts';
import type { Verifier } from '../signer/verifier.ts';
import { type AttachedBundles, readAttachedBundles, readListedBundles } from './attached.ts';
import type { AttachedBundle } from './attached-bundle.ts';
import { findSubject } from './attached-statement.ts';
import { describeFlaw } from './attachment-flaw.ts';
import { createBundleJudge } from './bundle-verdicts.ts';
import { describeOtherTypes, describeRejected, describeUnreadable, listOthers } from './evidence-others.ts';
import { createLegacyReader } from './legacy-reader.ts';
import { LEGACY_SIGNATURE_TYPE } from './legacy-signature.ts';
import { SIGNATURE_PREDICATE } from './statement.ts';
import { createTaskLimit, type TaskLimit } from './task-limit.ts';

/** How something was signed: in a bundle, or in a layer of cosign's older tags. */
export type EvidenceForm = 'bundle' | 'legacy';

/** What all verified evidence says of its signer. */
interface Found {
  /** Under which it verified. */
  readonly anchor: TrustAnchor;
  /** The signer as a message names it. */
  readonly signer: string;
  readonly form: EvidenceForm;
  /** The referrer that holds it; a legacy tag has none. */
  readonly manifest?: Digest;
}

/** A signature that verified, and what was signed beside the digest. */
export interface FoundSignature extends Found {
  readonly annotations: Readonly<Record<string, unknown>>;
  /** What a legacy signature says it is for, `registry/repo` or `registry/repo:tag`: one that was copied along names another. */
  readonly reference?: string;
}

/** An attestation that verified. */
export interface FoundAttestation extends Found {
  readonly statement: unknown;
  /** Absent in the legacy form. */
  readonly bundle?: Uint8Array;
}

/** What counts, and in `others` a sentence for each thing that was found and does not. */
export interface FoundSignatures {
  readonly verified: readonly FoundSignature[];
  readonly others: readonly string[];
  /** How many there are of what was asked for that do not count; what is of another type, or cannot be read, is not among them. */
  readonly strangers: number;
}

/** As FoundSignatures. */
export interface FoundAttestations {
  readonly verified: readonly FoundAttestation[];
  readonly others: readonly string[];
  readonly strangers: number;
}

/** Verified evidence about the digests of one repository. A registry or tool that cannot be asked throws; whatever anybody attached takes nothing from the rest. */
export interface EvidenceReader {
  /** Signatures of a digest by any of these anchors, in every form. No attestation counts as one. */
  findSignatures(digest: Digest, anchors: readonly TrustAnchor[]): Promise<FoundSignatures>;
  /** Attestations of one predicate type about a digest by any of these anchors, in every form. */
  findAttestations(digest: Digest, predicateType: string, anchors: readonly TrustAnchor[]): Promise<FoundAttestations>;
  /** Ends what is still open. */
  close(): Promise<void>;
}

/** cosign processes at a time. */
export const CONCURRENT_VERIFICATIONS = 4;

/** How evidence is read where there is much of it. */
export interface EvidenceOptions {
  /** Bounds the processes of several readers together. */
  readonly limit?: TaskLimit;
  /** Attestations of this predicate type are looked for where the registry lists them as such; everywhere else only when nothing there verifies. */
  readonly first?: string;
}

/** Reads each digest's attachments once, when they are first asked for, and verifies only what is of the type that is asked for. */
export function openEvidence(
  client: RegistryClient,
  repository: Repository,
  verifier: Verifier,
  { limit = createTaskLimit(CONCURRENT_VERIFICATIONS), first }: EvidenceOptions = {},
): EvidenceReader {
  const findTagged = createTagFinder(client, repository);
  const judge = createBundleJudge(verifier, limit);
  const legacy = createLegacyReader(client, repository, findTagged, limit);
  const readOnce = rememberEach((digest) => readAttachedBundles(client, repository, digest, findTagged));
  const readFirst = rememberEach((digest) => readFew(client, repository, digest, first));

  const findBundles = async <T>(
    digest: Digest,
    type: string,
    anchors: readonly TrustAnchor[],
    describe: (bundle: AttachedBundle) => T,
    read = readOnce,
  ): Promise<Part<Found & T>> => {
    const { bundles, unreadable } = await read(digest);
    const wanted = bundles.filter(({ predicateType }) => predicateType === type);
    const results = await judge(digest, wanted, anchors);
    return {
      verified: results.flatMap(({ bundle, outcome }) =>
        'anchor' in outcome ? [{ ...describeFound(bundle, outcome.anchor), ...describe(bundle) }] : [],
      ),
      others: [
        ...results.flatMap(describeRejected),
        ...(results.some(({ outcome }) => 'anchor' in outcome) ? [] : describeOtherTypes(bundles, type)),
        ...unreadable.map(describeUnreadable),
      ],
      strangers: results.filter(({ outcome }) => !('anchor' in outcome)).length,
      undecided: results.flatMap(({ outcome }) => ('undecided' in outcome ? [outcome.undecided] : []))[0],
    };
  };

  return {
    async findSignatures(digest, anchors) {
      const [inBundles, older] = await runTogether(client.transport.signal, () => [
        findBundles(digest, SIGNATURE_PREDICATE, anchors, ({ statement }) => ({
          annotations: findSubject(statement, digest)?.annotations ?? {},
        })),
        legacy.find(digest, 'sig', anchors, async (reference, anchor) => {
          const claims = await verifier.verifyLegacySignatures(reference, anchor);
          return claims.filter((claim) => claim.digest === digest && claim.type === LEGACY_SIGNATURE_TYPE);
        }),
      ]);
      const claims = older.verified.map(({ anchor, found }) => ({
        ...describeLegacy(anchor),
        annotations: found.annotations,
        reference: found.reference,
      }));
      // Nothing but signatures belongs under this tag.
      const strangers = older.verified.length === 0 && older.others.length > 0 ? 1 : 0;
      return join(inBundles, { ...older, verified: claims, strangers });
    },

    async findAttestations(digest, predicateType, anchors) {
      const describe = ({ statement, bundle }: AttachedBundle) => ({ statement, bundle });
      if (predicateType === first) {
        const found = await findBundles(digest, predicateType, anchors, describe, readFirst);
        if (found.verified.length > 0) return join(found, NOTHING);
      }
      const [inBundles, older] = await runTogether(client.transport.signal, () => [
        findBundles(digest, predicateType, anchors, describe),
        legacy.find(digest, 'att', anchors, async (reference, anchor) => {
          const statements = await verifier.verifyLegacyAttestations(reference, predicateType, anchor);
          const { attachedStatementSchema } = await import('./attached-statement-schema.ts');
          return statements.filter((statement) => {
            const { data } = attachedStatementSchema.safeParse(statement);
            return data?.predicateType === predicateType && findSubject(data, digest) !== undefined;
          });
        }),
      ]);
      const statements = older.verified.map(({ anchor, found }) => ({ ...describeLegacy(anchor), statement: found }));
      const strangers = older.unverifiedTypes?.filter((type) => type === predicateType).length ?? 0;
      return join(inBundles, { ...older, verified: statements, strangers });
    },

    close: () => legacy.close(),
  };
}

function rememberEach(
  read: (digest: Digest) => Promise<AttachedBundles>,
): (digest: Digest) => Promise<AttachedBundles> {
  const known = new Map<Digest, Promise<AttachedBundles>>();
  return (digest) => {
    const found = known.get(digest) ?? read(digest);
    known.set(digest, found);
    return found;
  };
}

/** A list that cannot be read, or that is denied because it is not there, holds nothing here: whoever reads all of it looks further. */
async function readFew(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
  predicateType = '',
): Promise<AttachedBundles> {
  try {
    return await readListedBundles(client, repository, digest, predicateType);
  } catch (error) {
    const isDenied = error instanceof RegistryError && error.code === 'DENIED';
    if (describeFlaw(error) === undefined && !isDenied) throw error;
    return { bundles: [], unreadable: [] };
  }
}

function describeFound({ identity, manifest }: AttachedBundle, anchor: TrustAnchor): Found {
  return { anchor, signer: anchor.kind === 'key' ? anchor.name : describeIdentity(identity), form: 'bundle', manifest };
}

/** cosign does not say by which certificate a legacy layer verified, only that it fits. */
function describeLegacy(anchor: TrustAnchor): Found {
  return { anchor, signer: anchor.name, form: 'legacy' };
}

interface Part<T> {
  readonly verified: readonly T[];
  readonly others: readonly string[];
  readonly strangers: number;
  readonly undecided?: SignerError | undefined;
}

const NOTHING: Part<never> = { verified: [], others: [], strangers: 0 };

/** What cosign could not decide is told beside what it could; alone, it is no verdict. */
function join<T>(inBundles: Part<T>, older: Part<T>): Omit<Part<T>, 'undecided'> {
  const verified = [...inBundles.verified, ...older.verified];
  const undecided = inBundles.undecided ?? older.undecided;
  if (verified.length === 0 && undecided !== undefined) throw undecided;
  const strangers = inBundles.strangers + older.strangers;
  return { verified, others: listOthers([...inBundles.others, ...older.others]), strangers };
}
