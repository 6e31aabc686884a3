import type { PromotionRecord } from '../chain/record.ts';
import { toDigestSet } from '../chain/statement.ts';
import { formatReference, type TagReference } from '../image/reference.ts';
import type { Database } from '../scanner/database.ts';
import type { InstalledTool } from '../tool/install.ts';
import type { Layout } from '../transfer/layout.ts';
import type { FormerRecord } from './former-records.ts';
import type { ScanResult } from './gates.ts';
import type { Journal } from './journal.ts';
import type { Decision } from './plan.ts';
import type { PromotePorts } from './ports.ts';
import type { PromoteRequest } from './request.ts';
import type { Scanner } from './scanner.ts';
import type { Signer } from './signer.ts';

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
  readonly revision: string | undefined;
  readonly finishedAt: Date;
}

/** The record of one repository: what was approved, for which tags, by whom, past which gates. */
export function composeRecord(facts: RecordFacts): PromotionRecord {
  const { request, ports, journal, decision, scan, scanner, revision } = facts;
  return {
    source: { reference: formatReference(request.source), digest: decision.plan.source.digest },
    targets: facts.targets.map(formatReference),
    ...(request.environment === undefined ? {} : { environment: request.environment }),
    ...(revision === undefined ? {} : { revision, revisionEvidence: 'label' }),
    ...ports.run,
    gates: journal.gates.flatMap(({ name, verdict, evidence }) =>
      verdict === 'refused' ? [] : [{ name, verdict, evidence }],
    ),
    exceptions: describeExceptions(scan),
    ...(scanner === undefined ? {} : { scanner: describeScanner(scanner, journal, scan.scannedAt) }),
    signer: describeTool(facts.signer.tool),
    ...(scan.verdict === undefined ? {} : { vulnerabilities: { ...scan.verdict.counts } }),
    policies: request.policySources.map(({ name, digest }) => ({ name, digest })),
    planDigest: decision.digest,
    inputAttestations: facts.former,
    startedAt: journal.startedAt.toISOString(),
    finishedAt: facts.finishedAt.toISOString(),
  };
}

/** Former records as in-toto ResourceDescriptors that carry what was signed, so that the new record holds the whole way. One that is attached in two forms is taken once. */
export async function embedFormerRecords(
  former: readonly FormerRecord[],
  repository: string,
  layout: Layout,
): Promise<PromotionRecord['inputAttestations']> {
  const read = await Promise.all(
    former.map(async ({ manifest, signed }) => ({ manifest, signed, bytes: await layout.read(signed.digest) })),
  );
  const unique = new Map(read.toReversed().map((record) => [payloadOf(record.bytes) ?? record.signed.digest, record]));
  return [...unique.values()].toReversed().map(({ manifest, signed, bytes }) => ({
    uri: `oci://${repository}@${manifest}`,
    digest: toDigestSet(signed.digest),
    mediaType: signed.mediaType,
    content: Buffer.from(bytes).toString('base64'),
  }));
}

/** The statement inside a bundle, or inside the bare envelope of a `.att` tag. */
function payloadOf(bytes: Uint8Array): string | undefined {
  try {
    const json = JSON.parse(new TextDecoder().decode(bytes)) as {
      readonly payload?: unknown;
      readonly dsseEnvelope?: { readonly payload?: unknown };
    } | null;
    const payload = json?.dsseEnvelope?.payload ?? json?.payload;
    return typeof payload === 'string' ? payload : undefined;
  } catch {
    return undefined;
  }
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

function describeScanner(scanner: Scanner, journal: Journal, at: Date): NonNullable<PromotionRecord['scanner']> {
  const java = scanner.javaDatabase();
  return {
    tool: describeTool(scanner.tool),
    database: describeDatabase(scanner.database, at),
    ...(java === undefined ? {} : { javaDatabase: describeDatabase(java, at) }),
    platforms: (journal.scan?.platforms ?? []).map(({ platform, digest }) => ({ platform, digest })),
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
