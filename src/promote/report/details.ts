import { formatReference } from '../../image/reference.ts';
import type { Gate } from '../../policy/gate.ts';
import { codeSpan, escapeMarkdown } from '../../report/escape.ts';
import { formatDuration } from '../../report/format.ts';
import { joinBlocks, renderHeading, renderList } from '../../report/markdown.ts';
import { renderTable } from '../../report/table.ts';
import { describeCarried } from '../carried.ts';
import type { Outcome } from '../outcome.ts';

/** A refusal is told in full above the gates. */
const MAX_EVIDENCE = 240;

/** The signs of the picture above. */
const SIGNS: Readonly<Record<Gate['verdict'], string>> = {
  passed: '✓&nbsp;passed',
  refused: '✗&nbsp;**refused**',
  reported: '!&nbsp;reported',
  off: '–&nbsp;off',
};

/** Each gate with its verdict and what that rests on; undefined when none was reached. */
export function renderGates(gates: readonly Gate[]): string | undefined {
  if (gates.length === 0) return undefined;
  const rows = gates.map(({ name, verdict, evidence }) => [
    escapeMarkdown(name),
    SIGNS[verdict],
    escapeMarkdown(shorten(evidence)),
  ]);
  const columns = [{ title: 'Gate' }, { title: 'Verdict' }, { title: 'What it rests on' }];
  return joinBlocks([renderHeading(3, 'Gates'), renderTable(columns, rows)]);
}

/** References and digests in full, as a list: on a phone it wraps, where a table would be cut. */
export function renderDetailList(outcome: Outcome): string {
  const { pinned, environment, plan, scan } = outcome;
  const items = [
    `Source ${codeSpan(formatReference(outcome.source))}`,
    pinned === undefined ? 'Digest: the source was not resolved' : `Digest ${codeSpan(pinned.digest)}`,
    ...outcome.targets.map(({ target, result, code }) => {
      const why = code === undefined ? '' : ` (${codeSpan(code)})`;
      return `Target ${codeSpan(formatReference(target))} ${result}${why}`;
    }),
    environment === undefined ? undefined : `Environment ${escapeMarkdown(environment)}`,
    scan === undefined
      ? undefined
      : `Vulnerability database ${codeSpan(scan.database.source)} ${codeSpan(scan.database.digest)}`,
    ...outcome.evidence.map(
      ({ predicateType, repository, digest }) =>
        `Attached ${codeSpan(predicateType)} to ${codeSpan(repository)} as ${codeSpan(digest)}`,
    ),
    ...outcome.referrers.map(
      (carried) => `Carried over to ${codeSpan(carried.repository)}: ${escapeMarkdown(describeCarried(carried))}`,
    ),
    plan === undefined ? undefined : `Plan ${codeSpan(plan.digest)}`,
    `Took ${formatDuration(outcome.seconds * 1000)}`,
  ];
  return joinBlocks([renderHeading(3, 'Details'), renderList(items.filter((item) => item !== undefined))]);
}

function shorten(text: string): string {
  const chars = Array.from(text);
  return chars.length <= MAX_EVIDENCE ? text : `${chars.slice(0, MAX_EVIDENCE - 1).join('')}…`;
}
