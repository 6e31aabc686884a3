import type { PromotionRecord } from '../chain/record.ts';
import { makeSignature, type Statement } from '../chain/statement.ts';
import type { EvidenceDemand, EvidenceKinds } from '../chain/verify-target.ts';
import type { VsaPredicate } from '../chain/vsa.ts';
import type { Digest } from '../image/digest.ts';
import { formatReference, type Repository, type TagReference } from '../image/reference.ts';
import type { Signer } from '../steps/signer.ts';
import type { Approved } from './approved.ts';
import type { PromoteRequest } from './request.ts';

/** What is signed beside a digest. */
export type Annotations = Readonly<Record<string, string>>;

/** A signature, and the statement that it is. */
export interface WantedSignature {
  readonly annotations: Annotations;
  readonly statement: Statement;
}

/** All that one repository has to hold signed once the image is promoted to it. */
export interface WantedEvidence {
  readonly targets: readonly TagReference[];
  readonly root: Digest;
  /** One a target, so that `cosign verify -a target=…` finds it whatever else was promoted with it. */
  readonly signatures: readonly WantedSignature[];
  readonly record: Statement<PromotionRecord> | undefined;
  readonly vsa: Statement<VsaPredicate> | undefined;
  readonly vuln: Statement | undefined;
  /** How old, in milliseconds, evidence of each type may get before a policy refuses it; of the others, any age will do. */
  readonly maxAges: ReadonlyMap<string, number>;
  /** What has to have a signature in the older form that names each target: the image itself, and each platform of an index, since that is what enforcing runtimes look at. */
  readonly legacySubjects: readonly Digest[];
  /** What is signed beside the digest for one target, in either form. */
  readonly annotationsOf: (target: TagReference) => Annotations;
}

/** A payload of the older form that is to be signed: this tag means this digest. */
export interface WantedPayload {
  readonly subject: Digest;
  readonly target: TagReference;
  readonly annotations: Annotations;
}

/** Says what has to be signed in one repository. */
export async function listWanted(
  repository: Repository,
  targets: readonly TagReference[],
  approved: Approved,
  request: PromoteRequest,
  signer: Signer,
): Promise<WantedEvidence> {
  const { sign, attest, policy } = request;
  const { format } = policy.signature;
  const { root, images } = approved.graph;
  const subjects = [root.digest, ...images.map(({ content }) => content.digest)];
  const annotationsOf = (target: TagReference): Annotations => annotate(target, request);
  return {
    targets,
    root: root.digest,
    signatures: sign && format !== 'legacy' ? targets.map((target) => sayOf(root.digest, annotationsOf(target))) : [],
    record: attest ? await writeRecord(repository, root.digest, approved.makeRecord(targets, signer)) : undefined,
    vsa: attest ? approved.makeVsa(repository, signer) : undefined,
    vuln: attest ? approved.makeVuln?.(repository) : undefined,
    maxAges: policy.maxAges,
    legacySubjects: sign && format !== 'bundle' ? [...new Set(subjects)] : [],
    annotationsOf,
  };
}

async function writeRecord(
  repository: Repository,
  digest: Digest,
  record: PromotionRecord,
): Promise<Statement<PromotionRecord>> {
  const { makeRecord } = await import('../chain/record-schema.ts');
  return makeRecord(repository, digest, record);
}

function sayOf(digest: Digest, annotations: Annotations): WantedSignature {
  return { annotations, statement: makeSignature(digest, annotations) };
}

/** The statements that are signed as bundles, in the order in which they are attached. */
export function listStatements({ signatures, record, vsa, vuln }: WantedEvidence): readonly Statement[] {
  return [...signatures.map(({ statement }) => statement), record, vsa, vuln].filter((each) => each !== undefined);
}

/** What is signed beside the digest, for one target. */
export function annotate(
  target: TagReference,
  { annotations, environment }: Pick<PromoteRequest, 'annotations' | 'environment'>,
): Annotations {
  return {
    ...annotations,
    target: formatReference(target),
    ...(environment === undefined ? {} : { environment }),
  };
}

/** Which kinds of evidence are attached as bundles. */
export function kindsOf({ signatures, record, vsa, vuln }: WantedEvidence): EvidenceKinds {
  return {
    signature: signatures.length > 0,
    ...{ record: record !== undefined, vsa: vsa !== undefined, vuln: vuln !== undefined },
  };
}

/** What a stranger must find attached to the image itself, beside signatures in the older form. */
export function demandOf({ signatures, record, vsa, vuln }: WantedEvidence): EvidenceDemand {
  const environment = record?.predicate.environment;
  return {
    signatures: signatures.map(({ annotations }) => annotations),
    record: record !== undefined && { environment, targets: record.predicate.targets },
    vsa: vsa !== undefined && { environment },
    vuln: vuln !== undefined,
  };
}
