import { createHash } from 'node:crypto';
import { stripControl } from '../base/text.ts';
import { escapeMarkdown } from './escape.ts';
import { MAX_SARIF_RESULTS } from './sarif.ts';
import type { SarifLevel, SarifLog, SarifResult, SarifRule } from './sarif-format.ts';

/** A rule that files are held against. */
export interface PlacedRule {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  /** From 0.0 to 10.0. */
  readonly score: string;
}

/** A rule that is broken at a place of a file. Texts are plain and of any origin. */
export interface PlacedResult {
  readonly ruleId: string;
  readonly level: SarifLevel;
  /** From the root of the repository, with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly text: string;
  /** The way to it inside the file. */
  readonly where: string;
  /** What makes it the same in a later version of the file. */
  readonly identity: readonly string[];
}

const MAX_TEXT = 1000;

/** Findings in files as a SARIF log with one run, cut to what GitHub takes. `category` keeps the alerts of one upload from closing those of another. */
export function buildPlacedSarif(input: {
  readonly rules: readonly PlacedRule[];
  readonly results: readonly PlacedResult[];
  readonly category: string;
}): SarifLog {
  const { rules, results } = input;
  const kept = results.slice(0, MAX_SARIF_RESULTS);
  const index = new Map(rules.map(({ id }, i) => [id, i]));
  const seen = new Map<string, number>();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'promote-image',
            informationUri: 'https://promote-image.github.io/',
            rules: rules.map(buildRule),
          },
        },
        automationDetails: { id: `${input.category}/` },
        columnKind: 'utf16CodeUnits',
        results: kept.map((result) => buildResult(result, index.get(result.ruleId) ?? 0, seen)),
        properties: { totalResults: results.length, omittedResults: results.length - kept.length },
      },
    ],
  };
}

function buildRule({ id, title, help, score }: PlacedRule): SarifRule {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: `${title}.` },
    help: { text: help, markdown: escapeMarkdown(help) },
    defaultConfiguration: { level: 'error' },
    properties: { 'security-severity': score, precision: 'very-high', tags: ['security', 'supply-chain'] },
  };
}

function buildResult(result: PlacedResult, ruleIndex: number, seen: Map<string, number>): SarifResult {
  const { ruleId, level, file, line, column, where } = result;
  const print = createHash('sha256').update(JSON.stringify(result.identity)).digest('hex').slice(0, 32);
  const nth = (seen.get(print) ?? 0) + 1;
  seen.set(print, nth);
  return {
    ...{ ruleId, ruleIndex, level },
    message: { text: cleanText(result.text) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
          region: { startLine: line, startColumn: column, endLine: line, endColumn: column + 1 },
        },
        ...(where === ''
          ? {}
          : { logicalLocations: [{ name: cleanText(where), fullyQualifiedName: cleanText(where) }] }),
        message: { text: cleanText(where === '' ? file : where) },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: `${print}:${nth}` },
    properties: {},
  };
}

/** One line without what SARIF viewers would turn into a link (section 3.11.6). */
function cleanText(text: string): string {
  const line = stripControl(text, { newlines: 'space' }).replace(/\]\s*\(/g, '] (');
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT - 1).toWellFormed()}…`;
}
