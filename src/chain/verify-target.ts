import { z } from 'zod';
import { type Digest, digestAlgorithm, digestHex } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { type LoopbackView, openLoopbackView } from '../registry/loopback-view.ts';
import type { Cosign, VerifiedClaim } from '../signer/cosign.ts';
import { SignerError } from '../signer/error.ts';
import { type PromotionRecord, RECORD_PREDICATE, recordSchema } from './record.ts';
import { SIGNATURE_PREDICATE } from './statement.ts';

/** A digest in a repository, and the key that must have signed what is attached to it. */
export interface VerifiedSubject {
  readonly client: RegistryClient;
  readonly repository: Repository;
  readonly digest: Digest;
  readonly cosign: Cosign;
  readonly publicKey: string;
}

/** What stock cosign found to be signed by our key. */
export interface VerifiedEvidence {
  /** What each signature says beside the digest: one that was copied along may be by the same key and speak of another target. */
  readonly signatures: readonly VerifiedClaim['annotations'][];
  /** Records about this very repository and digest. */
  readonly records: readonly PromotionRecord[];
}

/** The second is what `cosign verify` calls a signature in the older form. */
const SIGNATURE_TYPES: readonly string[] = [SIGNATURE_PREDICATE, 'cosign container image signature'];

/** Lets stock cosign read the target from outside and says what of `wanted` it accepts; what is not there, or by another key, is not accepted. */
export async function readVerifiedEvidence(
  subject: VerifiedSubject,
  wanted: { readonly signature: boolean; readonly record: boolean },
): Promise<VerifiedEvidence> {
  const view = await openLoopbackView(subject.client, subject.repository);
  const reference = `${view.repository}@${subject.digest}`;
  try {
    return {
      signatures: wanted.signature ? await accept(() => verifySignatures(subject, reference), [], view) : [],
      records: wanted.record ? await accept(() => verifyRecords(subject, reference), [], view) : [],
    };
  } finally {
    await view.close();
  }
}

/** Like readVerifiedEvidence, but throws VERIFICATION_FAILED when anything wanted is missing: a record, or a signature that says this, for each of `signatures`. */
export async function requireVerifiedEvidence(
  subject: VerifiedSubject,
  wanted: { readonly signatures: readonly Readonly<Record<string, string>>[]; readonly record: boolean },
): Promise<void> {
  const view = await openLoopbackView(subject.client, subject.repository);
  const reference = `${view.repository}@${subject.digest}`;
  const name = `${subject.repository}@${subject.digest}`;
  try {
    const signatures = wanted.signatures.length === 0 ? [] : await verifySignatures(subject, reference);
    if (!wanted.signatures.every((annotations) => isSigned(annotations, signatures))) throw missing(name, 'signature');
    if (wanted.record && (await verifyRecords(subject, reference)).length === 0)
      throw missing(name, 'promotion record');
  } catch (error) {
    throw view.fault() ?? error;
  } finally {
    await view.close();
  }
}

/** True when one of these signatures says all of that. */
export function isSigned(
  annotations: Readonly<Record<string, string>>,
  signatures: VerifiedEvidence['signatures'],
): boolean {
  return signatures.some((signed) => Object.entries(annotations).every(([name, value]) => signed[name] === value));
}

/** cosign accepts any attestation by the key as a signature, so the type of each claim is looked at. */
async function verifySignatures(
  { cosign, publicKey, digest }: VerifiedSubject,
  reference: string,
): Promise<VerifiedClaim['annotations'][]> {
  const claims = await cosign.verifyImage(reference, publicKey);
  return claims
    .filter((claim) => claim.digest === digest && SIGNATURE_TYPES.includes(claim.type))
    .map(({ annotations }) => annotations);
}

/** cosign does not compare the subject's name either: a record that was copied along from another repository does not count. */
async function verifyRecords(subject: VerifiedSubject, reference: string): Promise<PromotionRecord[]> {
  const statements = await subject.cosign.verifyAttestation(reference, subject.publicKey, RECORD_PREDICATE);
  return statements.flatMap((statement) => {
    const parsed = recordStatementSchema.safeParse(statement);
    const isAboutSubject =
      parsed.success &&
      parsed.data.subject.some((s) => s.name === subject.repository && hasDigest(s.digest, subject.digest));
    return isAboutSubject ? [parsed.data.predicate] : [];
  });
}

function hasDigest(digests: Readonly<Record<string, string>>, digest: Digest): boolean {
  return digests[digestAlgorithm(digest)] === digestHex(digest);
}

const recordStatementSchema = z.object({
  predicateType: z.literal(RECORD_PREDICATE),
  subject: z.array(z.object({ name: z.string().optional(), digest: z.record(z.string(), z.string()) })),
  predicate: recordSchema,
});

/** A registry that did not answer is no proof that something is missing. */
async function accept<T>(verify: () => Promise<T>, otherwise: T, view: LoopbackView): Promise<T> {
  try {
    return await verify();
  } catch (error) {
    if (view.fault() !== undefined) throw view.fault();
    if (error instanceof SignerError && error.code === 'VERIFICATION_FAILED') return otherwise;
    throw error;
  }
}

function missing(name: string, what: string): SignerError {
  return new SignerError('VERIFICATION_FAILED', `cosign finds no valid ${what} at ${name} by the signing key`);
}
