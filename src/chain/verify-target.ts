import { runTogether } from '../base/concurrency.ts';
import type { Digest } from '../image/digest.ts';
import { formatReference, type Repository, type TagReference } from '../image/reference.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import type { RegistryClient } from '../registry/client.ts';
import { type LoopbackView, openLoopbackView } from '../registry/loopback-view.ts';
import type { VerifiedClaim } from '../signer/cosign.ts';
import { SignerError } from '../signer/error.ts';
import type { Verifier } from '../signer/verifier.ts';
import { LEGACY_SIGNATURE_TYPE } from './legacy-signature.ts';
import { type PromotionRecord, RECORD_PREDICATE } from './record.ts';
import { SIGNATURE_PREDICATE } from './statement.ts';
import type * as targetStatement from './target-statement.ts';
import { promotedLevel, VSA_PREDICATE, type VsaPredicate } from './vsa.ts';
import { VULN_PREDICATE } from './vuln.ts';

/** A digest in a repository, and who must have signed what is attached to it. */
export interface VerifiedSubject {
  readonly client: RegistryClient;
  readonly repository: Repository;
  readonly digest: Digest;
  readonly verifier: Pick<Verifier, 'verifyImage' | 'verifyAttestation'>;
  readonly anchor: TrustAnchor;
}

/** Which kinds of evidence are asked for; what is not costs nothing. `legacy` are signatures in the older form. */
export interface EvidenceKinds {
  readonly signature?: boolean;
  readonly record?: boolean;
  readonly vsa?: boolean;
  readonly vuln?: boolean;
  readonly legacy?: boolean;
}

/** What stock cosign found to be by this signer, and about this very repository and digest. */
export interface VerifiedEvidence {
  /** What each signature says beside the digest: one that was copied along may be by the same key and speak of another target. */
  readonly signatures: readonly VerifiedClaim['annotations'][];
  readonly records: readonly PromotionRecord[];
  readonly vsas: readonly VsaPredicate[];
  /** Predicates of scans. */
  readonly vulns: readonly object[];
  /** Signatures in the older form, whichever repository or tag they name. */
  readonly legacy: readonly VerifiedClaim[];
}

/** What a promotion must leave behind in one repository. */
export interface EvidenceDemand {
  /** A signature that says this, for each. */
  readonly signatures: readonly Readonly<Record<string, string>>[];
  /** A record; of this promotion, when it says which that is. */
  readonly record: boolean | PromotionScope;
  readonly vsa?: boolean | Pick<PromotionScope, 'environment'>;
  readonly vuln?: boolean;
  /** Tags that a signature in the older form must name. */
  readonly legacy?: readonly TagReference[];
}

/** What a record speaks for beside its repository. */
export interface PromotionScope {
  readonly environment: string | undefined;
  /** `registry/repo:tag` */
  readonly targets: readonly string[];
}

/** Lets stock cosign read the target from outside and says what of `wanted` it accepts; what is not there, or by another signer, is not accepted. */
export async function readVerifiedEvidence(subject: VerifiedSubject, wanted: EvidenceKinds): Promise<VerifiedEvidence> {
  return withView(subject, async (reference, view) => {
    const readers = createReaders(subject, reference);
    const read = async <T>(isWanted: boolean | undefined, find: () => Promise<readonly T[]>): Promise<readonly T[]> =>
      isWanted === true ? accept(find, view) : [];
    const [signatures, records, vsas, vulns, legacy] = await runTogether(subject.client.transport.signal, () => [
      read(wanted.signature, readers.signatures),
      read(wanted.record, readers.records),
      read(wanted.vsa, readers.vsas),
      read(wanted.vuln, readers.vulns),
      read(wanted.legacy, readers.legacy),
    ]);
    return { signatures, records, vsas, vulns, legacy };
  });
}

/** Like readVerifiedEvidence, but throws VERIFICATION_FAILED when anything wanted is missing. */
export async function requireVerifiedEvidence(subject: VerifiedSubject, wanted: EvidenceDemand): Promise<void> {
  const { signatures, record, vsa = false, vuln = false, legacy = [] } = wanted;
  const name = `${subject.repository}@${subject.digest}`;
  const demand = async (isWanted: boolean, what: string, isThere: () => Promise<boolean>): Promise<void> => {
    if (isWanted && !(await isThere())) throw missing(name, what);
  };
  await withView(subject, async (reference, view) => {
    const readers = createReaders(subject, reference);
    try {
      await runTogether(subject.client.transport.signal, () => [
        demand(signatures.length > 0, 'signature', async () => {
          const signed = await readers.signatures();
          return signatures.every((annotations) => isSigned(annotations, signed));
        }),
        demand(record !== false, 'promotion record', async () =>
          (await readers.records()).some((found) => record === true || (record && isRecordOf(found, record))),
        ),
        demand(vsa !== false, 'verification summary', async () =>
          (await readers.vsas()).some(
            ({ verifiedLevels }) => vsa === true || (vsa && verifiedLevels.includes(promotedLevel(vsa.environment))),
          ),
        ),
        demand(vuln, 'vulnerability scan', async () => (await readers.vulns()).length > 0),
        demand(legacy.length > 0, 'signature in the older form', async () => {
          const claims = await readers.legacy();
          return legacy.every((target) => namesTarget(claims, target));
        }),
      ]);
    } catch (error) {
      throw view.fault() ?? error;
    }
  });
}

/** True when one of these signatures says all of that. */
export function isSigned(
  annotations: Readonly<Record<string, string>>,
  signatures: VerifiedEvidence['signatures'],
): boolean {
  return signatures.some((signed) => Object.entries(annotations).every(([name, value]) => signed[name] === value));
}

/** True when a record approves all these targets, for this environment and no other. */
export function isRecordOf(record: PromotionRecord, { environment, targets }: PromotionScope): boolean {
  return record.environment === environment && targets.every((target) => record.targets.includes(target));
}

/** True when one of these signatures in the older form names this tag. */
export function namesTarget(claims: readonly VerifiedClaim[], target: TagReference): boolean {
  return claims.some(({ reference }) => reference === formatReference(target));
}

type Readers = { readonly [Kind in keyof VerifiedEvidence]: () => Promise<VerifiedEvidence[Kind]> };

/** cosign accepts any attestation as a signature and compares no name, so the type and the subject of each are looked at. */
function createReaders(subject: VerifiedSubject, reference: string): Readers {
  const { verifier, anchor, digest } = subject;
  const readAttested = async <T>(
    type: string,
    choose: (readers: typeof targetStatement) => (statement: unknown, about: VerifiedSubject) => T | undefined,
  ): Promise<T[]> => {
    const statements = await verifier.verifyAttestation(reference, anchor, type);
    const read = choose(await import('./target-statement.ts'));
    return statements.flatMap((statement) => read(statement, subject) ?? []);
  };
  const readClaims = async (form?: 'legacy'): Promise<readonly VerifiedClaim[]> => {
    const types = [SIGNATURE_PREDICATE, LEGACY_SIGNATURE_TYPE].slice(form === 'legacy' ? 1 : 0);
    const claims = await verifier.verifyImage(reference, anchor, form);
    return claims.filter((claim) => claim.digest === digest && types.includes(claim.type));
  };
  return {
    signatures: async () => (await readClaims()).map(({ annotations }) => annotations),
    legacy: () => readClaims('legacy'),
    records: () => readAttested(RECORD_PREDICATE, ({ readRecord }) => readRecord),
    vsas: () => readAttested(VSA_PREDICATE, ({ readVsa }) => readVsa),
    vulns: () => readAttested(VULN_PREDICATE, ({ readVuln }) => readVuln),
  };
}

async function withView<T>(
  { client, repository, digest }: VerifiedSubject,
  work: (reference: string, view: LoopbackView) => Promise<T>,
): Promise<T> {
  const view = await openLoopbackView(client, repository);
  try {
    return await work(`${view.repository}@${digest}`, view);
  } finally {
    await view.close();
  }
}

/** A registry that did not answer is no proof that something is missing. */
async function accept<T>(verify: () => Promise<readonly T[]>, view: LoopbackView): Promise<readonly T[]> {
  try {
    return await verify();
  } catch (error) {
    if (view.fault() !== undefined) throw view.fault();
    if (error instanceof SignerError && error.code === 'VERIFICATION_FAILED') return [];
    throw error;
  }
}

function missing(name: string, what: string): SignerError {
  return new SignerError('VERIFICATION_FAILED', `cosign finds no valid ${what} at ${name} by the signer`);
}
