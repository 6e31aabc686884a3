import { createHash } from 'node:crypto';
import { stripControl } from '../base/text.ts';
import type { Digest } from '../image/digest.ts';
import type { Severity } from '../image/finding.ts';
import type { Repository } from '../image/reference.ts';
import { escapeMarkdown } from './escape.ts';
import type { SarifLevel, SarifLog, SarifResult, SarifRule } from './sarif-format.ts';

/** A vulnerability found in one package of one platform of an image. Texts are plain and of any origin. */
export interface SarifFinding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly package: string;
  readonly installedVersion: string;
  readonly fixedVersion?: string;
  readonly title?: string;
  readonly helpUri?: string;
  readonly image: Repository;
  readonly digest: Digest;
  readonly platform: string;
  readonly purl?: string;
}

/** GitHub refuses a run with more results, and shows the 5,000 most severe; https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit */
export const MAX_SARIF_RESULTS = 25_000;

const MAX_TEXT = 1000;
const LEVELS: Readonly<
  Record<Severity, { readonly rank: number; readonly level: SarifLevel; readonly score: string }>
> = {
  CRITICAL: { rank: 0, level: 'error', score: '9.5' },
  HIGH: { rank: 1, level: 'error', score: '8.0' },
  MEDIUM: { rank: 2, level: 'warning', score: '5.5' },
  LOW: { rank: 3, level: 'note', score: '2.0' },
  UNKNOWN: { rank: 4, level: 'note', score: '0.0' },
};

/** The findings as a SARIF log with one run, most severe first, cut to what GitHub takes. `category` keeps the alerts of one upload from closing those of another. */
export function buildSarif(input: {
  readonly toolVersion: string;
  readonly results: readonly SarifFinding[];
  readonly category?: string;
}): SarifLog {
  const kept = input.results
    .toSorted((a, b) => LEVELS[a.severity].rank - LEVELS[b.severity].rank)
    .slice(0, MAX_SARIF_RESULTS);
  const ruleIndex = new Map<string, number>();
  const rules: SarifRule[] = [];
  for (const finding of kept) {
    if (ruleIndex.has(finding.ruleId)) continue;
    ruleIndex.set(finding.ruleId, rules.length);
    rules.push(buildRule(finding));
  }
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'promote-image',
            informationUri: 'https://promote-image.github.io/',
            semanticVersion: input.toolVersion,
            rules,
          },
        },
        ...(input.category === undefined ? {} : { automationDetails: { id: `${input.category}/` } }),
        columnKind: 'utf16CodeUnits',
        results: kept.map((finding) => buildResult(finding, ruleIndex.get(finding.ruleId) ?? 0)),
        properties: { totalResults: input.results.length, omittedResults: input.results.length - kept.length },
      },
    ],
  };
}

/** A rule takes its severity from its first finding, which is its worst, since findings come sorted. */
function buildRule(finding: SarifFinding): SarifRule {
  const { level, score } = LEVELS[finding.severity];
  const title = cleanText(finding.title ?? '') || finding.ruleId;
  const fixed = finding.fixedVersion === undefined ? 'No fixed version is known.' : 'A fixed version exists.';
  return {
    id: finding.ruleId,
    shortDescription: { text: title },
    fullDescription: { text: title },
    help: {
      text: `${finding.ruleId} (${finding.severity}): ${title}. ${fixed}`,
      markdown: `**${escapeMarkdown(finding.ruleId)}** (${finding.severity}): ${escapeMarkdown(title)}. ${fixed}`,
    },
    ...(isWebAddress(finding.helpUri) ? { helpUri: new URL(finding.helpUri).href } : {}),
    defaultConfiguration: { level },
    properties: {
      'security-severity': score,
      precision: 'very-high',
      tags: ['security', 'vulnerability', finding.severity],
    },
  };
}

function buildResult(finding: SarifFinding, ruleIndex: number): SarifResult {
  const name = cleanText(`${finding.package} ${finding.installedVersion}`);
  const fix = finding.fixedVersion === undefined ? 'no fixed version is known' : `fixed in ${finding.fixedVersion}`;
  const where = `${finding.image}@${finding.digest} (${finding.platform})`;
  return {
    ruleId: finding.ruleId,
    ruleIndex,
    level: LEVELS[finding.severity].level,
    message: { text: cleanText(`${finding.severity} in ${name}, ${fix}: ${finding.title ?? finding.ruleId}`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: toRelativeUri(finding.image) },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
        },
        logicalLocations: [{ name: cleanText(finding.package), fullyQualifiedName: cleanText(finding.purl ?? name) }],
        message: { text: cleanText(where) },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: `${fingerprint(finding)}:1` },
    properties: {
      severity: finding.severity,
      digest: finding.digest,
      platform: cleanText(finding.platform),
      package: cleanText(finding.package),
      installedVersion: cleanText(finding.installedVersion),
      ...(finding.fixedVersion === undefined ? {} : { fixedVersion: cleanText(finding.fixedVersion) }),
      ...(finding.purl === undefined ? {} : { purl: cleanText(finding.purl) }),
    },
  };
}

/** The same finding in a later build of the image is the same alert, so the digest is no part of it. */
function fingerprint(finding: SarifFinding): string {
  const parts = [finding.ruleId, finding.image, finding.platform, finding.package, finding.installedVersion];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** `host:5000/app` would be read as a URI of the scheme `host`, so each segment is percent-encoded; https://www.rfc-editor.org/rfc/rfc3986#section-4.2 */
function toRelativeUri(repository: Repository): string {
  return repository.split('/').map(encodeURIComponent).join('/');
}

/** One line without what SARIF viewers would turn into a link (section 3.11.6). */
function cleanText(text: string): string {
  const line = stripControl(text, { newlines: 'space' }).replace(/\]\s*\(/g, '] (');
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT - 1).toWellFormed()}…`;
}

function isWebAddress(address: string | undefined): address is string {
  return address !== undefined && URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}
