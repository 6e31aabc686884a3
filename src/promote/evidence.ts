import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently } from '../base/concurrency.ts';
import type { LegacySignature } from '../chain/legacy-signature.ts';
import type { Statement } from '../chain/statement.ts';
import { type Digest, digestHex, digestOf } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import type { ManifestContent } from '../registry/manifest.ts';
import { formatCount } from '../report/format.ts';
import { keepBundle } from '../steps/keep-bundle.ts';
import type { Notary } from '../steps/notary.ts';
import type { Signer } from '../steps/signer.ts';
import type { Layout } from '../transfer/layout.ts';
import type { Referrer } from '../transfer/listed-referrer.ts';
import { signPayloads } from './legacy-evidence.ts';
import type { PromotePorts } from './ports.ts';
import { findMissing, listAll, type MissingEvidence } from './present-evidence.ts';
import type { WantedEvidence } from './wanted-evidence.ts';

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
  readonly root: ManifestContent;
  readonly wanted: WantedEvidence;
  readonly layout: Layout;
  readonly resultDirectory: string;
  /** `tagged`: all targets were there already; `image`: only the digest was; only what is missing is added to either. */
  readonly present: 'nothing' | 'image' | 'tagged';
}

/** What was signed for one repository. What is there already is not among it. */
export interface SignedSet {
  readonly evidence: readonly SignedEvidence[];
  readonly legacy: readonly LegacySignature[];
  /** Whom a stranger has to trust to verify it. */
  readonly anchor: TrustAnchor | undefined;
}

/** Each is a cosign process, and without a key a certificate. */
const CONCURRENT_SIGNATURES = 4;

/** Lets cosign sign what one repository does not hold yet: signatures, record, verification summary, scan, all at once. Nothing is written to it yet. The notary remembers: what was signed before is not signed again. */
export async function signEvidence(
  request: EvidenceRequest,
  signer: Signer,
  notary: Notary,
  ports: PromotePorts,
): Promise<SignedSet> {
  const { statements, payloads } = await chooseMissing(request, signer, notary, ports);
  const evidence = await mapConcurrently(statements, CONCURRENT_SIGNATURES, (statement) =>
    toEvidence(statement, request, notary, ports),
  );
  const legacy = await signPayloads(payloads, notary, request.layout);
  if (payloads.length > 0) ports.log.info(`Signed ${formatCount(payloads.length, 'payload')} for .sig tags`);
  return { evidence, legacy, anchor: notary.anchor };
}

/** A signer that does not know under which name it signs signs first, and looks afterwards what is there by that name. */
async function chooseMissing(
  { repository, wanted, present }: EvidenceRequest,
  { verifier }: Signer,
  notary: Notary,
  { target: client, log }: PromotePorts,
): Promise<MissingEvidence> {
  const everything = listAll(wanted);
  const [first] = everything.statements;
  if (present === 'nothing') return everything;
  if (notary.anchor === undefined && first !== undefined) await notary.sign(first);
  const { anchor } = notary;
  if (anchor === undefined) return everything;
  const missing = await findMissing(wanted, { client, repository, verifier, anchor }, present === 'tagged');
  const kept = everything.statements.filter((statement) => !missing.statements.includes(statement));
  for (const { predicateType } of kept) log.info(`There already: ${predicateType}`);
  return missing;
}

/** Short enough for any file system, and another one for each repository: `a/b` and `a_b` read the same. */
function recordName(repository: Repository, digest: Digest): string {
  const readable = repository.replace(/[^a-z0-9.-]+/g, '_').slice(-100);
  const [ofRepository, ofImage] = [digestOf(repository), digest].map((d) => digestHex(d).slice(0, 12));
  return `record-${readable}-${ofRepository}-${ofImage}.json`;
}

async function toEvidence(
  statement: Statement,
  { repository, root, wanted, layout, resultDirectory }: EvidenceRequest,
  notary: Notary,
  { clock, log }: PromotePorts,
): Promise<SignedEvidence> {
  const { predicateType } = statement;
  const isRecord = statement === wanted.record;
  const recordPath = isRecord ? join(resultDirectory, recordName(repository, root.digest)) : undefined;
  if (recordPath !== undefined) await writeFile(recordPath, `${JSON.stringify(statement, null, 2)}\n`);
  const bundle = await notary.sign(statement);
  log.info(`Signed a statement of ${predicateType}`);
  const referrer = await keepBundle(root, bundle, predicateType, clock(), layout);
  return { predicateType, recordPath, referrer };
}
