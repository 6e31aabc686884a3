import { DomainError, describeError } from '../base/error.ts';
import type { PromotionRecord } from '../chain/record.ts';
import type { Digest } from '../image/digest.ts';
import type { Reference, Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { Verifier } from '../signer/verifier.ts';
import type { AllEvidence } from '../steps/all-evidence.ts';
import { findIndexOf } from '../steps/find-index.ts';
import { explainNoPromotion, findPromotions } from '../steps/find-promotion.ts';
import { listTrust } from '../steps/promotion-trust.ts';
import type { ImageChain } from './chain.ts';
import { readFormerStages } from './former-stages.ts';
import { describeEvidence, describePromotion } from './promotion-details.ts';
import type { VerifyRequest } from './request.ts';
import type { RequestedImage } from './requested-image.ts';
import { listStageTrust } from './trust.ts';

/** What looking at an image needs. */
export interface LookContext {
  readonly request: VerifyRequest;
  readonly registry: RegistryClient;
  readonly verifier: Verifier;
  readonly now: Date;
  readonly evidenceOf: AllEvidence['evidenceOf'];
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
    const wanted = { repository, digest: about, tag, environment: request.environment };
    return { digest: about, ...(await findPromotions(evidence, wanted, lists)) };
  };
  let found = await find(digest);
  if (found.accepted.length === 0 && image.running !== undefined) {
    const parent = await findIndexOf(digest, reference, registry);
    if (parent !== undefined) found = await find(parent);
  }
  const runs = found.digest === digest ? {} : { runs: digest };
  const subject = { repository, digest: found.digest, ...runs };
  const [newest, ...older] = found.accepted;
  if (newest === undefined) {
    return { ...subject, result: 'refused', ...explainNoPromotion(found), hint: NOT_PROMOTED_HINT };
  }
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
