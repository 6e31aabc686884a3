import { mapConcurrently } from '../base/concurrency.ts';
import type { PromotionRecord } from '../chain/record.ts';
import type { Statement } from '../chain/statement.ts';
import { isRecordOf, isSigned, readVerifiedEvidence, type VerifiedEvidence } from '../chain/verify-target.ts';
import type { VsaPredicate } from '../chain/vsa.ts';
import type { Digest } from '../image/digest.ts';
import { formatReference, type Repository } from '../image/reference.ts';
import type { TrustAnchor } from '../image/trust-anchor.ts';
import { isFresh } from '../policy/least-age.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { Verifier } from '../signer/verifier.ts';
import { withoutLog } from './legacy-evidence.ts';
import { kindsOf, listStatements, type WantedEvidence, type WantedPayload } from './wanted-evidence.ts';

/** Where evidence is looked for, and who must have signed it. */
export interface EvidencePlace {
  readonly client: RegistryClient;
  readonly repository: Repository;
  readonly verifier: Verifier;
  readonly anchor: TrustAnchor;
}

/** What of the wanted evidence is not there yet. */
export interface MissingEvidence {
  readonly statements: readonly Statement[];
  readonly payloads: readonly WantedPayload[];
}

const CONCURRENT_LOOKS = 2;

/** Everything, for a repository that did not hold the image before. */
export function listAll(wanted: WantedEvidence): MissingEvidence {
  return { statements: listStatements(wanted), payloads: listPayloads(wanted) };
}

/** Asks the target what an earlier run left there, so that a rerun adds only what is missing; only what verifies under our own anchor is heard. */
export async function findMissing(
  wanted: WantedEvidence,
  place: EvidencePlace,
  isTagged: boolean,
): Promise<MissingEvidence> {
  const present = await readVerifiedEvidence({ ...place, digest: wanted.root }, kindsOf(wanted));
  const older = { ...place, anchor: withoutLog(place.anchor) };
  const legacy = await mapConcurrently(wanted.legacySubjects, CONCURRENT_LOOKS, async (digest) => {
    const only = { signature: false, record: false, legacy: true };
    return [digest, (await readVerifiedEvidence({ ...older, digest }, only)).legacy] as const;
  });
  return decideMissing(wanted, present, new Map(legacy), isTagged);
}

/**
 * What is there counts when it says the very same, environment, targets, levels, tag, and is young enough that no policy
 * will refuse it for a while: a stage is run again to renew what it left. An earlier run whose tag was
 * never written may have had other gates to pass, so until the tag is there a record counts only with the same plan.
 */
export function decideMissing(
  wanted: WantedEvidence,
  present: VerifiedEvidence,
  legacy: ReadonlyMap<Digest, VerifiedEvidence['legacy']>,
  isTagged: boolean,
): MissingEvidence {
  const { signatures, record, vsa, vuln, maxAges } = wanted;
  const takeFresh = <T>(statement: Statement, all: readonly T[]): readonly T[] => {
    const { predicateType: type, predicate } = statement;
    return all.filter((found) => isFresh({ type, found, wanted: predicate }, maxAges));
  };
  const found = new Set<Statement | undefined>([
    ...signatures.filter(({ annotations }) => isSigned(annotations, present.signatures)).map((each) => each.statement),
    ...(record !== undefined && hasRecord(record.predicate, takeFresh(record, present.records), isTagged)
      ? [record]
      : []),
    ...(vsa !== undefined && hasVsa(vsa, takeFresh(vsa, present.vsas)) ? [vsa] : []),
    ...(vuln !== undefined && takeFresh(vuln, present.vulns).length > 0 ? [vuln] : []),
  ]);
  return {
    statements: listStatements(wanted).filter((statement) => !found.has(statement)),
    payloads: listPayloads(wanted).filter(({ subject, target, annotations }) => {
      const name = formatReference(target);
      const own = (legacy.get(subject) ?? []).filter(({ reference }) => reference === name);
      return !isSigned(
        annotations,
        own.map((claim) => claim.annotations),
      );
    }),
  };
}

function listPayloads({ legacySubjects, targets, annotationsOf }: WantedEvidence): WantedPayload[] {
  return legacySubjects.flatMap((subject) =>
    targets.map((target) => ({ subject, target, annotations: annotationsOf(target) })),
  );
}

/** A record of another move of the same channel does not tell of this one: not from what, nor, where a channel moves back and forth, in which run and by whom. */
function hasRecord(wanted: PromotionRecord, found: readonly PromotionRecord[], isTagged: boolean): boolean {
  const { environment, targets, planDigest, previous = [], runId, repository } = wanted;
  const isOfThisRun = (record: PromotionRecord): boolean =>
    runId !== undefined && record.runId === runId && record.repository === repository;
  return found.some(
    (record) =>
      isRecordOf(record, { environment, targets }) &&
      (isTagged || record.planDigest === planDigest) &&
      (previous.length === 0 || isOfThisRun(record)) &&
      previous.every(({ target, digest }) =>
        (record.previous ?? []).some((left) => left.target === target && left.digest === digest),
      ),
  );
}

function hasVsa({ predicate }: Statement<VsaPredicate>, found: VerifiedEvidence['vsas']): boolean {
  return found.some((vsa) => predicate.verifiedLevels.every((level) => vsa.verifiedLevels.includes(level)));
}
