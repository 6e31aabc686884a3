import { z } from 'zod';
import { markControl } from '../base/text.ts';
import type { Digest } from '../image/digest.ts';
import { type Finding, type ScannedPlatform, SEVERITIES, type Severity } from '../image/finding.ts';
import { ScannerError } from './error.ts';

/** The parts of Trivy's JSON report that a verdict needs; https://trivy.dev/latest/docs/configuration/reporting/#json */
const vulnerabilitySchema = z.object({
  VulnerabilityID: z.string(),
  PkgName: z.string(),
  InstalledVersion: z.string().default(''),
  FixedVersion: z.string().optional(),
  Severity: z.string().default('UNKNOWN'),
  Title: z.string().optional(),
  PkgIdentifier: z.object({ PURL: z.string().optional() }).optional(),
});

const resultSchema = z.object({
  Target: z.string().default(''),
  Class: z.string().default(''),
  Packages: z.array(z.unknown()).nullish(),
  Vulnerabilities: z.array(vulnerabilitySchema).nullish(),
  ExperimentalModifiedFindings: z
    .array(z.object({ Status: z.string(), Statement: z.string().optional(), Finding: vulnerabilitySchema }))
    .nullish(),
});

const reportSchema = z.object({
  SchemaVersion: z.literal(2),
  Metadata: z
    .object({
      OS: z.object({ Family: z.string(), Name: z.string().default(''), EOSL: z.boolean().optional() }).optional(),
    })
    .optional(),
  Results: z.array(resultSchema).nullish(),
});

type Report = z.infer<typeof reportSchema>;

/** Which image a report is about. */
export interface ScannedImage {
  readonly platform: string;
  readonly digest: Digest;
}

/** Reads one report. What Trivy passes over in silence (no package found, an operating system it cannot judge) makes the scan incomplete. */
export function readReport(json: unknown, warnings: readonly string[], image: ScannedImage): ScannedPlatform {
  const parsed = reportSchema.safeParse(json);
  if (!parsed.success) {
    throw new ScannerError(
      'REPORT_INVALID',
      `trivy's report does not have the form of its JSON: ${z.prettifyError(parsed.error)}`,
      {
        hint: 'Use the Trivy version that this release knows: leave the trivy input empty.',
      },
    );
  }
  const report = parsed.data;
  const findings = readFindings(report);
  const reason = explainGap(report, warnings);
  if (reason !== undefined) return { ...image, complete: false, reason: markControl(reason), findings };
  const os = report.Metadata?.OS;
  const endOfLife = os?.EOSL === true ? { endOfLife: `${os.Family} ${os.Name}` } : {};
  return { ...image, complete: true, findings, ...endOfLife };
}

/** True when a report names an operating system: without one, nobody has judged its packages. */
export function namesSystem(json: unknown): boolean {
  return reportSchema.safeParse(json).data?.Metadata?.OS !== undefined;
}

/** How many packages of an operating system a report has judged. */
export function countSystemPackages(json: unknown): number {
  const results = reportSchema.safeParse(json).data?.Results ?? [];
  return results.reduce((sum, r) => sum + (r.Class === 'os-pkgs' ? (r.Packages?.length ?? 0) : 0), 0);
}

function explainGap(report: Report, warnings: readonly string[]): string | undefined {
  const results = report.Results ?? [];
  const count = (wanted?: string): number =>
    results.reduce((sum, r) => sum + (wanted === undefined || r.Class === wanted ? (r.Packages?.length ?? 0) : 0), 0);
  const os = report.Metadata?.OS;
  if (os?.Family === 'none') {
    return 'there are packages of an operating system, but Trivy does not recognise which: they were not judged';
  }
  if (count() === 0) {
    return os === undefined
      ? 'no operating system and no package was recognised'
      : `${os.Family} ${os.Name} was recognised, but none of its packages: the package database is missing`;
  }
  if (os !== undefined && count('os-pkgs') === 0) {
    return `the packages of ${os.Family} ${os.Name} were not judged: the package database is missing, or Trivy does not support this system`;
  }
  return warnings.length === 0 ? undefined : `Trivy warns: ${warnings.join('; ')}`;
}

function readFindings(report: Report): Finding[] {
  const os = report.Metadata?.OS;
  return (report.Results ?? []).flatMap((result) => {
    const target = result.Class === 'os-pkgs' && os !== undefined ? `${os.Family} ${os.Name}` : result.Target;
    return [
      ...(result.Vulnerabilities ?? []).map((v) => toFinding(v, target)),
      ...(result.ExperimentalModifiedFindings ?? []).map((modified) => ({
        ...toFinding(modified.Finding, target),
        suppressedBy: modified.Statement ?? modified.Status,
      })),
    ];
  });
}

/** Names and titles come from images and databases: each is kept to one line that shows what it says. */
function toFinding(v: z.infer<typeof vulnerabilitySchema>, target: string): Finding {
  const purl = v.PkgIdentifier?.PURL;
  return {
    id: markControl(v.VulnerabilityID),
    package: markControl(v.PkgName),
    installedVersion: markControl(v.InstalledVersion),
    severity: toSeverity(v.Severity),
    target: markControl(target),
    ...(v.FixedVersion ? { fixedVersion: markControl(v.FixedVersion) } : {}),
    ...(v.Title ? { title: markControl(v.Title) } : {}),
    ...(purl ? { purl } : {}),
  };
}

/** A severity that Trivy does not know is UNKNOWN, never dropped. */
function toSeverity(text: string): Severity {
  return SEVERITIES.find((severity) => severity === text) ?? 'UNKNOWN';
}
