import { IMAGE_RULES } from '../policy/image-rules.ts';
import { buildPlacedSarif, type PlacedResult, type PlacedRule } from '../report/placed-sarif.ts';
import type { CheckFinding, CheckRule } from './finding.ts';
import type { CheckOutcome } from './outcome.ts';

const CATEGORY = 'promote-image/check';

/** What each rule is about, and how bad it is to break it, from 0.0 to 10.0 as GitHub sorts alerts. */
const RULES: Readonly<Record<CheckRule, readonly [title: string, score: string]>> = {
  'not-promoted': ['The image has no record of a promotion by anybody who is trusted', '8.5'],
  unsigned: ['The image is not signed by anybody who is trusted', '8.5'],
  'digest-not-found': ['The registry does not have this image', '7.0'],
  vulnerable: ['The image has vulnerabilities that the policy refuses', '9.0'],
  'registry-not-allowed': ['The image comes from a registry that is not allowed', '8.0'],
  'no-digest': ['The image is not pinned to a digest', '7.0'],
  'no-tag': ['The image has neither a tag nor a digest', '7.0'],
  'floating-tag': ['The tag of the image moves', '5.0'],
  'implicit-registry': ['The image names no registry', '6.0'],
  'invalid-reference': ['What stands here is no image reference', '5.0'],
  'unresolved-variable': ['A variable decides which image runs', '6.0'],
  'unreadable-file': ['The file cannot be read, so that nothing is known of its images', '7.0'],
};

/** The findings as SARIF 2.1.0 text: all rules, a result for each finding at its line. What a policy excepts is left out, as code scanning would raise an alert for it. What runs in a cluster has no line, and stands at the first. */
export function renderCheckSarif({ findings }: Pick<CheckOutcome, 'findings'>): string {
  const rules = [...IMAGE_RULES, 'unreadable-file' as const].map((id): PlacedRule => {
    const [title, score] = RULES[id];
    return { id, title, score, help: `Rule ${id} of promote-image check: ${title.toLowerCase()}.` };
  });
  return JSON.stringify(buildPlacedSarif({ rules, results: findings.map(toResult), category: CATEGORY }), null, 1);
}

function toResult({ file, line, column, where, image, rule, message, hint, level }: CheckFinding): PlacedResult {
  return {
    ...{ ruleId: rule, level },
    // A new tag or digest of the image is the same alert, and so is another line of the file.
    identity: [rule, file, where, nameOf(image)],
    ...{ file: file === '-' ? 'standard-input' : file, line: line ?? 1, column: column ?? 1 },
    text: `${image === '' ? '' : `${image}: `}${message} ${hint}`,
    where,
  };
}

/** What is written, without its tag and digest. */
function nameOf(image: string): string {
  const [name = ''] = image.split('@', 1);
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}
