import { formatReference } from '../image/reference.ts';
import { joinBlocks } from '../report/markdown.ts';
import { type PathArrival, pathDiagram } from '../report/mermaid.ts';
import { limitBytes, MAX_SUMMARY_BYTES } from '../report/truncate.ts';
import { renderScan } from '../steps/render-scan.ts';
import type { Outcome } from './outcome.ts';
import { renderDetailList, renderGates } from './report/details.ts';
import { renderEvidence } from './report/evidence.ts';
import { renderOrigin } from './report/origin.ts';
import { renderHeadline, renderNotes, renderRemarks, renderVerdict } from './report/verdict.ts';
import { renderVerification } from './verification.ts';

const CUT = '_The rest was cut: a job summary holds 1 MiB. The `scan-report` output has every finding._';

const ARRIVALS: Readonly<Record<Outcome['result'], PathArrival>> = {
  promoted: 'written',
  unchanged: 'unchanged',
  planned: 'planned',
  refused: 'blocked',
  failed: 'blocked',
};

/** The job summary of a promotion: the verdict and what to do next, the way it took, what every gate rests on, and how to check it. Below 1 MiB, the runner's limit. */
export function renderSummary(outcome: Outcome): string {
  const markdown = joinBlocks([
    renderHeadline(outcome),
    renderVerdict(outcome),
    renderOrigin(outcome),
    renderNotes(outcome),
    renderRemarks(outcome),
    renderPath(outcome),
    renderGates(outcome.gates),
    renderScan(outcome),
    renderEvidence(outcome),
    renderVerification(outcome),
    renderDetailList(outcome),
  ]);
  return limitBytes(`${markdown}\n`, MAX_SUMMARY_BYTES, CUT);
}

function renderPath(outcome: Outcome): string {
  const verdicts = { passed: 'passed', refused: 'refused', reported: 'reported', off: 'skipped' } as const;
  const gates = outcome.gates.map(({ name, verdict }) => ({ name, verdict: verdicts[verdict] }));
  const isUndecided = outcome.result === 'failed' && !outcome.targetTouched;
  const diagram = pathDiagram({
    source: formatReference(outcome.source),
    gates: isUndecided ? [...gates, { name: 'Not decided', verdict: 'undecided' }] : gates,
    targets: outcome.targets.map(({ target }) => formatReference(target)),
    arrival: ARRIVALS[outcome.result],
  });
  return ['```mermaid', diagram, '```'].join('\n');
}
