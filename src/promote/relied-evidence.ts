import type { EvidenceForm } from '../chain/evidence-reader.ts';
import { LEGACY_SIGNATURE_TYPE } from '../chain/legacy-signature.ts';
import { SIGNATURE_PREDICATE } from '../chain/statement.ts';
import type { Digest } from '../image/digest.ts';
import type { PromoteRequest } from './request.ts';
import type { ReliedEvidence } from './source-evidence.ts';

/** What the reader says of anything that verified. */
interface Verified {
  readonly signer: string;
  readonly form: EvidenceForm;
  readonly manifest?: Digest;
}

/** A signature as it stands in plan and record. */
export function relyOnSignature({ form, signer, manifest }: Verified): ReliedEvidence {
  const type = form === 'bundle' ? SIGNATURE_PREDICATE : LEGACY_SIGNATURE_TYPE;
  return { kind: 'signature', type, signer, ...(manifest === undefined ? {} : { digest: manifest }) };
}

/** An attestation as it stands in plan and record. */
export function relyOnAttestation(type: string, { signer, manifest }: Omit<Verified, 'form'>): ReliedEvidence {
  return { kind: 'attestation', type, signer, ...(manifest === undefined ? {} : { digest: manifest }) };
}

/** True for what the approved plan rests on. Such evidence comes before any other that would do: what was attached since takes nothing from an approval. */
export function wasApproved({ plan }: PromoteRequest, { kind, type, signer, digest }: ReliedEvidence): boolean {
  const evidence = plan?.plan.evidence ?? [];
  return evidence.some(
    (approved) =>
      approved.kind === kind && approved.type === type && approved.signer === signer && approved.digest === digest,
  );
}
