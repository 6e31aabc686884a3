import type { Digest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import { makeStatement, type Statement, toDigestSet } from './statement.ts';

/** The predicate type of a vulnerability scan; https://github.com/sigstore/cosign/blob/main/specs/COSIGN_VULN_ATTESTATION_SPEC.md */
export const VULN_PREDICATE = 'https://cosign.sigstore.dev/attestation/vuln/v1';

/** What is known of a scan that found nothing to refuse. */
export interface VulnFacts {
  readonly repository: Repository;
  readonly digest: Digest;
  /** Of Trivy. */
  readonly scannerVersion: string;
  /** `source` is the mirror it came from, `registry/repo:tag`. */
  readonly database: { readonly source: string; readonly digest: Digest; readonly updatedAt: Date };
  /** Trivy's own JSON for each platform; undefined where there is none. */
  readonly reports: readonly { readonly platform: string; readonly report: unknown }[];
  readonly run: {
    readonly runUrl?: string | undefined;
    readonly runId?: string | undefined;
    readonly workflow?: string | undefined;
  };
  /** How the scan was set up, such as `severity=CRITICAL` or `from=sbom`. */
  readonly parameters: readonly string[];
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/** The predicate as the specification lays it out. */
export interface VulnPredicate {
  readonly invocation: {
    readonly parameters: readonly string[];
    readonly uri: string;
    readonly event_id: string;
    readonly 'builder.id': string;
  };
  readonly scanner: {
    readonly uri: string;
    readonly version: string;
    readonly db: { readonly uri: string; readonly version: string };
    readonly result: object;
  };
  readonly metadata: { readonly scanStartedOn: string; readonly scanFinishedOn: string };
}

/** The statement of a scan as cosign's `vuln` type has it, with what Trivy's own conversion leaves empty: times, database, run. */
export function makeVuln(facts: VulnFacts): Statement<VulnPredicate> {
  const { repository, digest, database, run, scannerVersion: version } = facts;
  return makeStatement({ name: repository, digest: toDigestSet(digest) }, VULN_PREDICATE, {
    invocation: {
      parameters: [...facts.parameters],
      uri: run.runUrl ?? '',
      event_id: run.runId ?? '',
      'builder.id': run.workflow ?? '',
    },
    scanner: {
      uri: `pkg:github/aquasecurity/trivy@${version}`,
      version,
      db: { uri: toDatabaseUri(database), version: database.updatedAt.toISOString() },
      result: mergeReports(`${repository}@${digest}`, facts.reports),
    },
    metadata: { scanStartedOn: facts.startedAt.toISOString(), scanFinishedOn: facts.finishedAt.toISOString() },
  });
}

function toDatabaseUri({ source, digest }: VulnFacts['database']): string {
  const colon = source.indexOf(':', source.lastIndexOf('/') + 1);
  return `oci://${colon < 0 ? source : source.slice(0, colon)}@${digest}`;
}

/** One report of all platforms, in the form of Trivy's: readers of this type count the findings in `Results`. Package lists, descriptions and links are left out: they are most of its bytes, and no findings. */
function mergeReports(name: string, reports: VulnFacts['reports']): object {
  const readable = reports.filter((each): each is { platform: string; report: object } => isObject(each.report));
  const [first] = readable;
  const { ArtifactType, Metadata } = (first?.report ?? {}) as Record<string, unknown>;
  return {
    SchemaVersion: 2,
    ArtifactName: name,
    ArtifactType: typeof ArtifactType === 'string' ? ArtifactType : 'container_image',
    ...(readable.length === 1 && isObject(Metadata) ? { Metadata } : {}),
    Results: readable.flatMap(({ platform, report }) =>
      listObjects((report as Record<string, unknown>).Results).map((result) =>
        shortenResult(result, reports.length > 1 ? `${platform} ` : ''),
      ),
    ),
  };
}

function shortenResult({ Packages: _, ...result }: Record<string, unknown>, prefix: string): object {
  const { Target, Vulnerabilities, ExperimentalModifiedFindings: modified } = result;
  return {
    ...result,
    Target: `${prefix}${typeof Target === 'string' ? Target : ''}`,
    ...(Array.isArray(Vulnerabilities) ? { Vulnerabilities: listObjects(Vulnerabilities).map(shortenFinding) } : {}),
    ...(Array.isArray(modified)
      ? {
          ExperimentalModifiedFindings: listObjects(modified).map((each) =>
            isObject(each.Finding) ? { ...each, Finding: shortenFinding(each.Finding) } : each,
          ),
        }
      : {}),
  };
}

function shortenFinding({ Description: _, References: __, ...finding }: Record<string, unknown>): object {
  return finding;
}

function listObjects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
