import type { Digest } from './digest.ts';

/** How bad a finding is, in Trivy's words; UNKNOWN when nobody rated it yet. */
export type Severity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'UNKNOWN';

/** Every severity, worst first; UNKNOWN stands outside the order and comes last. */
export const SEVERITIES: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'UNKNOWN'];

/** One vulnerability in one installed package. Its text comes from images and databases: escape it where it is shown. */
export interface Finding {
  /** `CVE-…`, `GHSA-…` or what else the database calls it. */
  readonly id: string;
  readonly package: string;
  readonly installedVersion: string;
  /** Absent when there is no fix yet. */
  readonly fixedVersion?: string;
  readonly severity: Severity;
  readonly title?: string;
  /** https://github.com/package-url/purl-spec */
  readonly purl?: string;
  /** Where in the image: `debian 12`, `app/app.jar`. */
  readonly target: string;
  /** The VEX statement that says this package is not affected; such a finding is reported and never gates. */
  readonly suppressedBy?: string;
}

/** A platform that the scanner could judge in full. */
export interface CompleteScan {
  readonly complete: true;
  /** `os/architecture[/variant][:os.version]` */
  readonly platform: string;
  readonly digest: Digest;
  /** The operating system, when it is past its end of life: nobody publishes findings for it any more. */
  readonly endOfLife?: string;
  readonly findings: readonly Finding[];
}

/** A platform that the scanner could not judge in full. What it did find still counts. */
export interface IncompleteScan {
  readonly complete: false;
  /** `os/architecture[/variant][:os.version]` */
  readonly platform: string;
  readonly digest: Digest;
  /** Why, such as "no operating system and no package was recognised". */
  readonly reason: string;
  readonly findings: readonly Finding[];
}

/** What is known of one platform of an image after its scan; silence of the scanner is an IncompleteScan. */
export type ScannedPlatform = CompleteScan | IncompleteScan;
