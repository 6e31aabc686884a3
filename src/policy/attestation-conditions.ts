import { type Digest, digestAlgorithm, digestHex } from '../image/digest.ts';
import type { Reference } from '../image/reference.ts';
import { matchesBuilder } from './builder-pattern.ts';
import type { AttestationRequirement } from './effective.ts';
import { readList, readText } from './json-field.ts';
import { PROMOTION_TYPE } from './predicate-types.ts';
import { readProvenance } from './provenance.ts';
import { quoteForeign } from './quote.ts';
import { findRecordFlaws } from './record-conditions.ts';

/** What in a statement does not meet the conditions of a requirement, its age aside, as phrases; none when all is met. Whatever cannot be read is not met. */
export function findConditionFlaws(
  requirement: AttestationRequirement,
  statement: unknown,
  { source, digest }: { readonly source: Reference; readonly digest: Digest },
): readonly string[] {
  const type = readText(statement, ['predicateType']);
  if (type !== requirement.type) return [`its type is ${tell(type)}`];
  if (!namesDigest(statement, digest)) return [`it is not about ${digest}`];
  return [
    ...findScannerFlaws(requirement, statement),
    ...findProvenanceFlaws(requirement, statement),
    ...(type === PROMOTION_TYPE
      ? findRecordFlaws(statement, { source, digest, environment: requirement.environment })
      : demandNothing('environment', requirement.environment)),
  ];
}

function namesDigest(statement: unknown, digest: Digest): boolean {
  return readList(statement, ['subject']).some(
    (subject) => readText(subject, ['digest', digestAlgorithm(digest)]) === digestHex(digest),
  );
}

function findScannerFlaws({ scanner }: AttestationRequirement, statement: unknown): readonly string[] {
  if (scanner === undefined) return [];
  const uri = readText(statement, ['predicate', 'scanner', 'uri']);
  const vendor = readText(statement, ['predicate', 'scanner', 'vendor']);
  const wanted = scanner.toLowerCase();
  // Whole parts of the address, without its version: trivy is not in pkg:github/acme/not-trivy@1.
  const parts = `/${(uri ?? '').toLowerCase().replace(/[@?#].*$/s, '')}/`;
  if (parts.includes(`/${wanted}/`) || vendor?.toLowerCase() === wanted) return [];
  return [`its scanner is ${tell(uri ?? vendor)}, not ${scanner}`];
}

function findProvenanceFlaws(requirement: AttestationRequirement, statement: unknown): readonly string[] {
  const { builder, repository, branch, level } = requirement;
  if ([builder, repository, branch, level].every((condition) => condition === undefined)) return [];
  const provenance = readProvenance(statement);
  if (provenance === undefined) return ['it is no SLSA provenance'];
  const flaws: string[] = [];
  if (builder !== undefined && !(provenance.builder !== undefined && matchesBuilder(builder, provenance.builder))) {
    flaws.push(`its builder is ${tell(provenance.builder)}, not ${builder}`);
  }
  if (repository !== undefined && provenance.repository !== repository) {
    flaws.push(`its source repository is ${tell(provenance.repository)}, not ${repository}`);
  }
  const ref = branch === undefined || branch.startsWith('refs/') ? branch : `refs/heads/${branch}`;
  if (ref !== undefined && provenance.ref !== ref) flaws.push(`it was built from ${tell(provenance.ref)}, not ${ref}`);
  return flaws;
}

/** The schema refuses a condition that the type cannot meet; should one come here all the same, it is not met. */
function demandNothing(name: string, condition: string | undefined): readonly string[] {
  return condition === undefined ? [] : [`it cannot say ${name} ${condition}`];
}

function tell(text: string | undefined): string {
  return text === undefined ? 'not said plainly' : quoteForeign(text);
}
