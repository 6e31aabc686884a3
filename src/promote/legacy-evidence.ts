import { DomainError } from '../base/error.ts';
import { type LegacySignature, makeLegacyPayload, makeLegacySignature } from '../chain/legacy-signature.ts';
import type { Repository } from '../image/reference.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import { createTagFinder } from '../registry/find-tagged.ts';
import { legacyTag } from '../registry/legacy-tags.ts';
import type { Notary } from '../steps/notary.ts';
import type { Layout } from '../transfer/layout.ts';
import { countLegacy, sizeOfLegacy } from '../transfer/legacy-tags.ts';
import { pushLegacyTags } from '../transfer/push-legacy.ts';
import type { PromotePorts } from './ports.ts';
import type { WantedPayload } from './wanted-evidence.ts';

/** Signatures in cosign's older form that a registry did not take. */
export class EvidenceError extends DomainError<'EVIDENCE_NOT_STORED'> {}

/** Signatures in the older form are made without an entry in the log: what looks at them looks at the key alone. */
export function withoutLog(anchor: TrustAnchor): TrustAnchor {
  return { ...anchor, transparencyLog: false };
}

/** Signs payloads of the older form, all of one manifest under one `.sig`, and keeps them in the layout until they are attached. */
export async function signPayloads(
  payloads: readonly WantedPayload[],
  notary: Notary,
  layout: Layout,
): Promise<readonly LegacySignature[]> {
  const made: LegacySignature[] = [];
  for (const [subject, own] of Map.groupBy(payloads, (wanted) => wanted.subject)) {
    const signed = [];
    for (const { target, annotations } of own) {
      const payload = makeLegacyPayload(target, subject, annotations);
      signed.push({ payload, signature: await notary.signPayload(payload) });
    }
    const signature = makeLegacySignature(subject, signed);
    for (const { descriptor, bytes } of signature.blobs) await layout.writeBytes(descriptor.digest, bytes);
    made.push(signature);
  }
  return made;
}

/** Adds our signatures to the `.sig` tags of a repository, beside those that came along or were there. Throws EVIDENCE_NOT_STORED when the registry keeps one of them out. */
export async function attachLegacy(
  repository: Repository,
  signatures: readonly LegacySignature[],
  layout: Layout,
  { target: client }: Pick<PromotePorts, 'target'>,
): Promise<void> {
  if (signatures.length === 0) return;
  const findTagged = createTagFinder(client, repository);
  await pushLegacyTags(signatures, { client, repository, findTagged, layout, mountFrom: undefined });
  for (const signature of signatures) {
    if (!(await holdsLegacy(repository, signature, client))) throw notStored(repository, signature);
  }
}

/** True when a `.sig` tag of the repository holds all of ours. */
export async function holdsLegacy(
  repository: Repository,
  signature: LegacySignature,
  client: PromotePorts['target'],
): Promise<boolean> {
  const tag = legacyTag(repository, signature.subject, signature.form);
  if (tag === undefined) return false;
  return countLegacy(signature, await createTagFinder(client, repository)(tag)) === sizeOfLegacy(signature);
}

function notStored(repository: Repository, { subject }: LegacySignature): EvidenceError {
  const tag = legacyTag(repository, subject, 'sig');
  return tag === undefined
    ? new EvidenceError('EVIDENCE_NOT_STORED', `${subject} is no sha256 digest, for which there is no .sig tag`, {
        hint: 'Say signature: { format: bundle } in the policy, or build the image with sha256 digests.',
      })
    : new EvidenceError(
        'EVIDENCE_NOT_STORED',
        `our signature was not taken up in ${repository}:${tag}; the log says what the registry answered`,
        { hint: 'Exempt tags that end in .sig from immutability, or say signature: { format: bundle } in the policy.' },
      );
}
