import { DomainError, describeError } from '../base/error.ts';
import { type EvidenceReader, openEvidence } from '../chain/evidence-reader.ts';
import { type PromotionRecord, RECORD_PREDICATE } from '../chain/record.ts';
import type { Digest } from '../image/digest.ts';
import type { Reference, Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { Verifier } from '../signer/verifier.ts';
import { acceptRecords } from './accepted-record.ts';
import type { ImageChain } from './chain.ts';
import { readFormerStages } from './former-stages.ts';
import { describeEvidence, describePromotion } from './promotion-details.ts';
import type { VerifyRequest } from './request.ts';
import type { RequestedImage } from './requested-image.ts';
import { listStageTrust, listTrust } from './trust.ts';
import { findTrustedAttestations } from './trusted-attestations.ts';

/** What looking at an image needs. */
export interface LookContext {
  readonly request: VerifyRequest;
  readonly registry: RegistryClient;
  readonly verifier: Verifier;
  readonly now: Date;
  /** The evidence of a repository, opened once. */
  readonly evidenceOf: (repository: Repository) => EvidenceReader;
}

/** Opens the evidence of each repository once; `close` ends all of it. */
export function openAllEvidence(
  registry: RegistryClient,
  verifier: Verifier,
): { readonly evidenceOf: LookContext['evidenceOf']; close(): Promise<void> } {
  const opened = new Map<Repository, EvidenceReader>();
  return {
    evidenceOf: (repository) => {
      const evidence = opened.get(repository) ?? openEvidence(registry, repository, verifier);
      opened.set(repository, evidence);
      return evidence;
    },
    close: async () => {
      await Promise.all([...opened.values()].map((evidence) => evidence.close()));
    },
  };
}

/** Answers for one image. What cannot be decided about it is its own result, and never that of the others. */
export async function lookAtImage(
  image: RequestedImage,
  context: LookContext,
  signal: AbortSignal,
): Promise<ImageChain> {
  const base = { image: image.name, places: [...image.places] };
  if (image.reference === undefined || image.unknown !== undefined) {
    const message = image.unknown ?? 'it is no image reference';
    return { ...base, result: 'failed', code: 'DIGEST_UNKNOWN', message, hint: UNKNOWN_HINT };
  }
  try {
    return { ...base, ...(await look(image, image.reference, context)) };
  } catch (error) {
    signal.throwIfAborted();
    const { code, hint } = error instanceof DomainError ? error : { code: 'FAILED', hint: undefined };
    const told = { ...base, result: 'failed' as const, code, message: describeError(error) };
    return hint === undefined ? told : { ...told, hint };
  }
}

const UNKNOWN_HINT = 'Pull the image from its registry instead of loading it into the node, or name it by digest.';
const NOT_PROMOTED_HINT = 'Promote it, or name with policy, key or certificate-identity who promoted it.';

async function look(
  image: RequestedImage,
  reference: Reference,
  context: LookContext,
): Promise<Omit<ImageChain, 'image' | 'places'>> {
  const { request, registry, now } = context;
  const { repository, tag } = reference;
  const named = reference.kind === 'digest' ? reference.digest : undefined;
  const digest = image.running ?? named ?? (await registry.resolve(reference)).digest;
  const lists = listTrust(request, repository, now);
  const evidence = context.evidenceOf(repository);
  const find = async (about: Digest) => {
    const found = await findTrustedAttestations(evidence, about, RECORD_PREDICATE, lists);
    const judged = acceptRecords(found.verified, { repository, digest: about, tag, environment: request.environment });
    return { digest: about, others: found.others, strangers: found.strangers, ...judged };
  };
  let found = await find(digest);
  if (found.accepted.length === 0 && image.running !== undefined) {
    const parent = await findIndexOf(digest, reference, registry);
    if (parent !== undefined) found = await find(parent);
  }
  const runs = found.digest === digest ? {} : { runs: digest };
  const subject = { repository, digest: found.digest, ...runs };
  const [newest, ...older] = found.accepted;
  if (newest === undefined) return { ...subject, ...refuse(found.refused, found.others, found.strangers > 0) };
  return {
    ...subject,
    result: 'verified',
    promotion: await describePromotion(newest, older.length, subject, registry),
    ...(await describeEvidence(evidence, subject, lists)),
    ...(await describeStages(newest.record, context)),
  };
}

async function describeStages(
  record: PromotionRecord,
  { request, verifier, now }: LookContext,
): Promise<Pick<ImageChain, 'stages' | 'stagesUntold'>> {
  const trust = (repository: Repository) => listStageTrust(request, repository, now);
  const { stages, untold } = await readFormerStages(record, { verifier, trust });
  return { stages: [...stages], ...(untold === 0 ? {} : { stagesUntold: untold }) };
}

function refuse(
  misfits: readonly string[],
  others: readonly string[],
  isSigned: boolean,
): Pick<ImageChain, 'result' | 'code' | 'message' | 'hint'> {
  if (misfits.length > 0) {
    return { result: 'refused', code: 'OTHER_PROMOTION', message: misfits.join(' '), hint: NOT_PROMOTED_HINT };
  }
  const message = [
    isSigned ? 'No promotion record by a trusted signer.' : 'No promotion record.',
    ...others.map((sentence) => (sentence.endsWith('.') ? sentence : `${sentence}.`)),
  ].join(' ');
  const code = isSigned ? 'UNTRUSTED_SIGNER' : 'NOT_PROMOTED';
  return { result: 'refused', code, message, hint: NOT_PROMOTED_HINT };
}

/** Some container runtimes tell the digest of the platform's manifest: the index that was promoted is the one the workload names, or the one behind its tag. */
async function findIndexOf(child: Digest, reference: Reference, registry: RegistryClient): Promise<Digest | undefined> {
  const { repository, tag } = reference;
  const candidates: (Digest | undefined)[] = [
    reference.kind === 'digest' ? reference.digest : undefined,
    tag === undefined ? undefined : (await registry.headManifest(repository, tag))?.digest,
  ];
  for (const candidate of new Set(candidates)) {
    if (candidate === undefined || candidate === child) continue;
    const { manifest } = await registry.getManifest(repository, candidate);
    if (manifest.kind === 'index' && manifest.children.some((entry) => entry.digest === child)) return candidate;
  }
  return undefined;
}
