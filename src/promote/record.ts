import type { PromotionRecord } from '../chain/record.ts';
import { formatReference, type TagReference } from '../image/reference.ts';
import type { Database } from '../scanner/database.ts';
import type { Scanner } from '../steps/scanner.ts';
import type { Signer } from '../steps/signer.ts';
import type { InstalledTool } from '../tool/install.ts';
import type { ScanResult } from './gates.ts';
import type { Journal } from './journal.ts';
import type { Decision } from './plan.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';
import type { SourceEvidence } from './source-evidence.ts';

/** All that a record speaks of, once every gate has passed. */
export interface RecordFacts {
  readonly request: PromoteRequest;
  readonly ports: PromotePorts;
  readonly journal: Journal;
  readonly targets: readonly TagReference[];
  readonly decision: Decision;
  readonly scan: ScanResult;
  readonly scanner: Scanner | undefined;
  readonly signer: Signer;
  readonly former: PromotionRecord['inputAttestations'];
  /** What is signed about the source, and was relied on. */
  readonly evidence: Pick<SourceEvidence, 'relied' | 'accepted' | 'revision' | 'level'>;
  /** The commit that the image says it was built from; what verified evidence says comes before it. */
  readonly revision: string | undefined;
  readonly finishedAt: Date;
}

/** The record of one repository: what was approved, for which tags, by whom, past which gates. */
export function composeRecord(facts: RecordFacts): PromotionRecord {
  const { request, ports, journal, decision, scan, scanner } = facts;
  const previous = listPrevious(facts);
  return {
    source: { reference: formatReference(request.source), digest: decision.plan.source.digest },
    targets: facts.targets.map(formatReference),
    ...(request.environment === undefined ? {} : { environment: request.environment }),
    ...describeRevision(facts),
    ...ports.run,
    gates: journal.gates.flatMap(({ name, verdict, evidence }) =>
      verdict === 'refused' ? [] : [{ name, verdict, evidence }],
    ),
    exceptions: describeExceptions(scan),
    ...(scanner === undefined ? {} : { scanner: describeScanner(scanner, facts) }),
    signer: describeTool(facts.signer.tool),
    ...(scan.verdict === undefined ? {} : { vulnerabilities: { ...scan.verdict.counts } }),
    policies: request.policySources.map(({ name, digest }) => ({ name, digest })),
    planDigest: decision.digest,
    sourceEvidence: facts.evidence.relied.map((relied) => ({ ...relied })),
    ...(previous.length === 0 ? {} : { previous }),
    inputAttestations: facts.former,
    startedAt: journal.startedAt.toISOString(),
    finishedAt: facts.finishedAt.toISOString(),
  };
}

function describeExceptions({ verdict }: ScanResult): PromotionRecord['exceptions'] {
  if (verdict === undefined) return [];
  return [
    ...verdict.usedExceptions.map(({ id, packages, reason, expires }) => ({
      id,
      ...(packages.length === 0 ? {} : { package: packages.join(', ') }),
      reason: reason ?? 'none given',
      expires: expires ?? 'never',
    })),
    ...verdict.allowedIncomplete.map(({ image, platform, reason, expires }) => ({
      id: 'SCAN_INCOMPLETE',
      image,
      platform,
      reason,
      expires,
    })),
  ];
}

function describeRevision({ evidence, revision }: RecordFacts): Pick<PromotionRecord, 'revision' | 'revisionEvidence'> {
  if (evidence.revision !== undefined) {
    return { revision: evidence.revision.commit, revisionEvidence: evidence.revision.from };
  }
  return revision === undefined ? {} : { revision, revisionEvidence: 'label' };
}

/** What the channels among these targets pointed at, which a move leaves behind. */
function listPrevious({ decision, targets }: RecordFacts): NonNullable<PromotionRecord['previous']> {
  const names = targets.map(formatReference);
  return decision.plan.targets.flatMap(({ reference, found, action }) =>
    found !== undefined && action === 'move' && names.includes(reference) ? [{ target: reference, digest: found }] : [],
  );
}

function describeScanner(scanner: Scanner, { journal, scan, request }: RecordFacts): PromotionRecord['scanner'] {
  const java = scanner.javaDatabase();
  return {
    tool: describeTool(scanner.tool),
    database: describeDatabase(scanner.database, scan.scannedAt),
    ...(java === undefined ? {} : { javaDatabase: describeDatabase(java, scan.scannedAt) }),
    platforms: (journal.scan?.platforms ?? []).map(({ platform, digest }) => ({ platform, digest })),
    from: request.policy.scan.from,
  };
}

function describeDatabase(
  { source, digest, updatedAt }: Database,
  at: Date,
): NonNullable<PromotionRecord['scanner']>['database'] {
  const ageSeconds = Math.max(0, Math.round((at.getTime() - updatedAt.getTime()) / 1000));
  return { source, digest, updatedAt: updatedAt.toISOString(), ageSeconds };
}

function describeTool({ name, version, sha256, trustedAsGiven }: InstalledTool): PromotionRecord['signer'] {
  return { name, version, sha256, trustedAsGiven };
}
