import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeBundleReferrer } from '../chain/bundle-referrer.ts';
import { makeRecord, type PromotionRecord, RECORD_PREDICATE } from '../chain/record.ts';
import { makeSignature, SIGNATURE_PREDICATE, type Statement } from '../chain/statement.ts';
import { isSigned, readVerifiedEvidence, type VerifiedEvidence } from '../chain/verify-target.ts';
import { type Digest, digestHex, digestOf } from '../image/digest.ts';
import { parseManifest } from '../image/manifest.ts';
import { OCI_MANIFEST } from '../image/media-type.ts';
import { formatReference, type Repository, type TagReference } from '../image/reference.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import type { Layout } from '../transfer/layout.ts';
import type { Referrer } from '../transfer/listed-referrer.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';
import type { Signer } from './signer.ts';

/** A signed statement about the root, in the form in which it is attached, and kept in the layout until it is. */
export interface SignedEvidence {
  readonly predicateType: string;
  readonly referrer: Referrer;
  /** Where the statement was kept for the user; only records are. */
  readonly recordPath: string | undefined;
}

/** What is to be signed for one target repository. */
export interface EvidenceRequest {
  readonly repository: Repository;
  readonly targets: readonly TagReference[];
  readonly root: ManifestContent;
  readonly record: PromotionRecord;
  readonly layout: Layout;
  readonly resultDirectory: string;
  /** True when all targets were there already: only evidence that is missing is added then. */
  readonly isUnchanged: boolean;
}

/** Lets cosign sign the signature and the record of one repository. Nothing is written to it yet. */
export async function signEvidence(
  wanted: EvidenceRequest,
  request: PromoteRequest,
  signer: Signer,
  ports: PromotePorts,
): Promise<SignedEvidence[]> {
  const { repository, root, record } = wanted;
  const present = wanted.isUnchanged ? await readPresent(wanted, request, signer, ports) : NOTHING;
  const signed: SignedEvidence[] = [];
  for (const annotations of request.sign ? listSignatures(wanted.targets, request) : []) {
    if (isSigned(annotations, present.signatures)) continue;
    const statement = makeSignature(root.digest, annotations);
    signed.push(await toEvidence(statement, SIGNATURE_PREDICATE, undefined, wanted, signer, ports));
  }
  if (request.attest && !present.record) {
    const statement = makeRecord(repository, root.digest, record);
    const path = join(wanted.resultDirectory, recordName(repository, root.digest));
    await writeFile(path, `${JSON.stringify(statement, null, 2)}\n`);
    signed.push(await toEvidence(statement, RECORD_PREDICATE, path, wanted, signer, ports));
  }
  return signed;
}

/** Short enough for any file system, and another one for each repository: `a/b` and `a_b` read the same. */
function recordName(repository: Repository, digest: Digest): string {
  const readable = repository.replace(/[^a-z0-9.-]+/g, '_').slice(-100);
  const [ofRepository, ofImage] = [digestOf(repository), digest].map((d) => digestHex(d).slice(0, 12));
  return `record-${readable}-${ofRepository}-${ofImage}.json`;
}

const NOTHING: Pick<VerifiedEvidence, 'signatures'> & { readonly record: boolean } = { signatures: [], record: false };

/** What our key has signed there before; a record counts when it is for these very targets and this environment. */
async function readPresent(
  { repository, root, targets }: EvidenceRequest,
  request: PromoteRequest,
  signer: Signer,
  ports: PromotePorts,
): Promise<typeof NOTHING> {
  const subject = { client: ports.target, repository, digest: root.digest, ...signer };
  const wanted = { signature: request.sign, record: request.attest };
  const { signatures, records } = await readVerifiedEvidence(subject, wanted);
  const names = targets.map(formatReference);
  const hasRecord = records.some(
    (record) => record.environment === request.environment && names.every((name) => record.targets.includes(name)),
  );
  return { signatures, record: hasRecord };
}

/** What is signed beside the digest: one signature a target, so that `cosign verify -a target=…` finds it whatever else was promoted with it. */
export function listSignatures(targets: readonly TagReference[], request: PromoteRequest): Record<string, string>[] {
  return targets.map((target) => ({
    ...request.annotations,
    target: formatReference(target),
    ...(request.environment === undefined ? {} : { environment: request.environment }),
  }));
}

async function toEvidence(
  statement: Statement,
  predicateType: string,
  recordPath: string | undefined,
  { root, layout }: EvidenceRequest,
  { cosign }: Signer,
  { clock, log }: PromotePorts,
): Promise<SignedEvidence> {
  const bundle = await cosign.signStatement(statement);
  log.info(`Signed a statement of ${predicateType}`);
  const subject = { mediaType: root.mediaType, digest: root.digest, size: root.bytes.length };
  const { manifest, descriptor, blobs } = makeBundleReferrer(subject, bundle, predicateType, clock());
  for (const blob of blobs) await layout.writeBytes(blob.descriptor.digest, blob.bytes);
  const content = {
    digest: descriptor.digest,
    mediaType: OCI_MANIFEST,
    bytes: manifest,
    manifest: parseManifest(manifest, OCI_MANIFEST),
  };
  return { predicateType, recordPath, referrer: { subject: root.digest, descriptor, content } };
}
