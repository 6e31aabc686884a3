import type { Digest } from '../image/digest.ts';
import type { ImageVerdict } from '../policy/image-reference-rule.ts';
import { isListed } from '../policy/listed-anchor.ts';
import { listForeign } from '../policy/quote.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { AllEvidence } from '../steps/all-evidence.ts';
import { findIndexOf } from '../steps/find-index.ts';
import { explainNoPromotion, findPromotions } from '../steps/find-promotion.ts';
import { listSignatureTrust, listTrust } from '../steps/promotion-trust.ts';
import type { ImageDemands } from './demands.ts';
import type { CheckedImage } from './judge.ts';

/** What judging signatures and records needs. */
export interface EvidenceContext {
  readonly request: ImageDemands;
  readonly now: Date;
  readonly registry: RegistryClient;
  readonly evidenceOf: AllEvidence['evidenceOf'];
}

/** Holds what is attached to a digest against whom the request trusts; undefined where it has what it must have. */
export async function judgeEvidence(
  image: CheckedImage,
  digest: Digest,
  context: EvidenceContext,
): Promise<ImageVerdict | undefined> {
  const { verify } = context.request.policy.images;
  const judge = verify === 'promoted' ? judgePromotion : judgeSignature;
  const verdict = await judge(image, digest, context);
  if (verdict === undefined || image.running !== digest) return verdict;
  // What a node runs may be one platform of what was promoted.
  const index = await findIndexOf(digest, image.reference, context.registry);
  return index === undefined ? verdict : judge(image, index, context);
}

async function judgeSignature(
  { reference }: CheckedImage,
  digest: Digest,
  { request, now, evidenceOf }: EvidenceContext,
): Promise<ImageVerdict | undefined> {
  const { repository } = reference;
  const hint = 'Sign the image, or promote it, as one of those who are trusted here.';
  for (const trust of listSignatureTrust(request, repository, now)) {
    const { verified, others } = await evidenceOf(repository).findSignatures(digest, trust.anchors);
    if (verified.some(({ anchor }) => isListed(trust, anchor))) continue;
    const wanted =
      trust.anchors.length === 0
        ? `Nobody whom ${trust.policy} names may vouch for it now.`
        : `Nobody whom ${trust.policy} names has signed it: ${trust.anchors.map((anchor) => anchor.name).join(', ')}.`;
    const found = others.length === 0 ? [] : [`Found instead: ${listForeign(others)}.`];
    return { rule: 'unsigned', message: [wanted, ...trust.lapsed, ...found].join(' '), hint };
  }
  return undefined;
}

async function judgePromotion(
  { reference }: CheckedImage,
  digest: Digest,
  { request, now, evidenceOf }: EvidenceContext,
): Promise<ImageVerdict | undefined> {
  const { repository, tag } = reference;
  const wanted = { repository, digest, tag, environment: request.environment };
  const found = await findPromotions(evidenceOf(repository), wanted, listTrust(request, repository, now));
  if (found.accepted.length > 0) return undefined;
  const hint = 'Promote the image, and pin what the promotion says.';
  return { rule: 'not-promoted', message: explainNoPromotion(found).message, hint };
}
