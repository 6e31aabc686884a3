import { DomainError, describeError } from '../base/error.ts';
import { type ChainStep, chainDiagram } from '../report/chain-diagram.ts';
import { codeSpan, escapeMarkdown } from '../report/escape.ts';
import { formatCount } from '../report/format.ts';
import {
  joinBlocks,
  renderAlert,
  renderCodeBlock,
  renderDetails,
  renderHeading,
  renderLink,
} from '../report/markdown.ts';
import { limitRows, renderTable } from '../report/table.ts';
import { limitBytes, MAX_SUMMARY_BYTES } from '../report/truncate.ts';
import type { ImageChain, Promotion, RecordFacts } from './chain.ts';
import { renderFleet } from './fleet-report.ts';
import { formatCounts, formatTime } from './format.ts';
import type { VerifyOutcome } from './outcome.ts';
import { describeImage } from './text.ts';

const CUT = '_The rest was cut: a job summary holds 1 MiB. The `chain` output has every image._';
const FLEET_CUT = '_The rest was cut: a job summary holds 1 MiB. The log has every target._';
const MAX_ROWS = 200;
/** Pictures are slow to draw: the others are told in lines. */
const MAX_DIAGRAMS = 5;
const MAX_DETAILS = 100;
const SIGNS = { verified: '✓&nbsp;verified', refused: '✗&nbsp;**refused**', failed: '?&nbsp;**undecided**' } as const;

/** The job summary of verify: the verdict, a row for each image, the chain of the first as a picture, and all that is known of each; of a plan, a row for each target. Below 1 MiB, the runner's limit. */
export function renderVerifySummary(outcome: VerifyOutcome): string {
  const { images, fleet, error } = outcome;
  if (fleet !== undefined && error === undefined) {
    return limitBytes(`${renderFleet(fleet, outcome)}\n`, MAX_SUMMARY_BYTES, FLEET_CUT);
  }
  const drawn = images.filter(({ promotion }) => promotion !== undefined).slice(0, MAX_DIAGRAMS);
  const markdown = joinBlocks([
    renderHeading(2, renderHeadline(outcome)),
    renderTrouble(outcome),
    images.length === 0 ? undefined : renderImages(images),
    ...drawn.map(renderChain),
    ...images
      .slice(0, MAX_DETAILS)
      .map((image) => renderDetails(image.image, renderCodeBlock(describeImage(image).join('\n')))),
  ]);
  return limitBytes(`${markdown}\n`, MAX_SUMMARY_BYTES, CUT);
}

function renderHeadline({ result, images, environment }: VerifyOutcome): string {
  const place = environment === undefined ? '' : ` (${environment})`;
  const count = (wanted: ImageChain['result']): number => images.filter((image) => image.result === wanted).length;
  if (result === 'verified') return escapeMarkdown(`Verified: ${formatCount(images.length, 'image')}${place}`);
  if (images.length === 0) return 'Failed';
  const parts = [
    ...(count('refused') === 0 ? [] : [`${count('refused')} refused`]),
    ...(count('failed') === 0 ? [] : [`${count('failed')} could not be decided`]),
  ];
  return escapeMarkdown(`Not verified: ${parts.join(', ')} of ${formatCount(images.length, 'image')}${place}`);
}

function renderTrouble({ images, error }: VerifyOutcome): string | undefined {
  if (error !== undefined) {
    const hint =
      error instanceof DomainError && error.hint !== undefined ? `**Next:** ${escapeMarkdown(error.hint)}` : '';
    return renderAlert('WARNING', joinBlocks([escapeMarkdown(describeError(error)), hint]));
  }
  const bad = images.filter(({ result }) => result !== 'verified');
  if (bad.length === 0) return undefined;
  const lines = bad.slice(0, 20).map(({ image, code, message }) => {
    return `- ${codeSpan(image)} ${codeSpan(code ?? '')} ${escapeMarkdown(message ?? '')}`;
  });
  const rest = bad.length - lines.length;
  const hints = new Set(bad.flatMap(({ hint }) => hint ?? []));
  return renderAlert(
    bad.some(({ result }) => result === 'refused') ? 'CAUTION' : 'WARNING',
    joinBlocks([
      [...lines, ...(rest === 0 ? [] : [`- and ${formatCount(rest)} more`])].join('\n'),
      ...[...hints].slice(0, 5).map((hint) => `**Next:** ${escapeMarkdown(hint)}`),
    ]),
  );
}

function renderImages(images: readonly ImageChain[]): string {
  const columns = ['Image', 'Verdict', 'Promoted', 'By', 'Commit', 'Findings then', 'Tags now'].map((title) => ({
    title,
  }));
  const rows = images.map(({ image, result, promotion }) => [
    codeSpan(image),
    SIGNS[result],
    ...(promotion === undefined ? [] : renderPromotion(promotion)),
  ]);
  return renderTable(columns, limitRows(rows, MAX_ROWS));
}

function renderPromotion(promotion: Promotion): string[] {
  const { finishedAt, runUrl, actor, signer, revision, revisionEvidence, vulnerabilities, targets } = promotion;
  const time = escapeMarkdown(formatTime(finishedAt));
  return [
    runUrl === undefined ? time : renderLink(time, runUrl),
    escapeMarkdown(actor ?? signer),
    revision === undefined ? '' : `${codeSpan(revision.slice(0, 12))} (${escapeMarkdown(revisionEvidence ?? 'label')})`,
    escapeMarkdown(formatCounts(vulnerabilities) ?? 'not scanned'),
    targets.map(({ reference, state }) => `${codeSpan(tagOf(reference))} ${state}`).join(', '),
  ];
}

function tagOf(reference: string): string {
  return reference.slice(reference.lastIndexOf(':'));
}

function renderChain({ image, promotion, stages = [] }: ImageChain): string | undefined {
  if (promotion === undefined) return undefined;
  const former = stages.map((stage): ChainStep => {
    // A stage ends where the promotion after it took the image from.
    const next = [promotion, ...stages].find(({ source }) => isIn(source.reference, stage.repository));
    const verdict = stage.verified ? 'passed' : 'undecided';
    const to = next?.source.reference ?? stage.repository;
    return { from: stage.source.reference, to, lines: describeStep(stage), verdict };
  });
  const last: ChainStep = {
    from: promotion.source.reference,
    to: image,
    lines: describeStep(promotion),
    verdict: 'passed',
  };
  return joinBlocks([
    renderHeading(3, codeSpan(image)),
    renderCodeBlock(chainDiagram([...former.toReversed(), last]), 'mermaid'),
  ]);
}

function isIn(reference: string, repository: string): boolean {
  return reference.startsWith(`${repository}:`) || reference.startsWith(`${repository}@`);
}

function describeStep({ environment, finishedAt, actor, gates, vulnerabilities }: RecordFacts): string[] {
  const passed = gates.filter(({ verdict }) => verdict === 'passed').length;
  return [
    environment === undefined ? 'promoted' : `promoted to ${environment}`,
    [formatTime(finishedAt), ...(actor === undefined ? [] : [`by ${actor}`])].join(' '),
    `${passed} of ${formatCount(gates.length, 'gate')} passed`,
    ...(vulnerabilities === undefined ? [] : [`findings: ${formatCounts(vulnerabilities)}`]),
  ];
}
