import type { Action, ActionReport } from '../base/action.ts';
import { describeNeeds, type PromoteRole, toReport } from '../promote/action.ts';
import { PROMOTE_INPUTS, PROMOTE_OUTPUTS } from '../promote/inputs.ts';
import type { Outcome } from '../promote/outcome.ts';
import { NO_OUTPUTS } from '../promote/outputs.ts';
import type { PromotePorts } from '../promote/ports.ts';
import { promote } from '../promote/promote.ts';
import { redactOutcome } from '../promote/redact.ts';
import type { BatchOutcome } from './outcome.ts';
import { toBatchAnnotations, toBatchExitCode, toBatchOutputs } from './outputs.ts';
import { redactBatch } from './redact.ts';
import { type AnyRequest, isBatchRequest, readAnyRequest } from './request.ts';

/** How one image ended, or a batch of them. */
type AnyOutcome = Outcome | BatchOutcome;

/** The main job, as a host runs it: one image, or a batch. */
export const PROMOTE: Action<AnyRequest, PromotePorts, AnyOutcome, PromoteRole> = {
  name: 'promote',
  about:
    'Takes a container image from staging to production: the same bytes, by digest, through gates, signed, with a chain of evidence anyone can check',
  inputs: PROMOTE_INPUTS,
  outputs: PROMOTE_OUTPUTS,
  noOutputs: NO_OUTPUTS,
  read: readAnyRequest,
  describeNeeds: (request) => describeNeeds(isBatchRequest(request) ? request.shared : request),
  run: async (request, ports) => {
    if (!isBatchRequest(request)) return promote(request, ports);
    const { runBatch } = await import('./run-batch.ts');
    return runBatch(request, ports);
  },
  redact: (outcome, redact) => (isBatch(outcome) ? redactBatch(outcome, redact) : redactOutcome(outcome, redact)),
  toReport: (outcome) => (isBatch(outcome) ? toBatchReport(outcome) : toReport(outcome)),
  renderCrash: async (error) => (await import('../report/crash.ts')).renderCrash(error),
};

function isBatch(outcome: AnyOutcome): outcome is BatchOutcome {
  return 'items' in outcome;
}

/** What went wrong with an image is told of that image; `error` is what ended all of them. */
function toBatchReport(outcome: BatchOutcome): ActionReport {
  return {
    result: outcome.result,
    exitCode: toBatchExitCode(outcome),
    outputs: toBatchOutputs(outcome),
    annotations: toBatchAnnotations(outcome),
    error: outcome.error,
    renderSummary: async () => (await import('./report.ts')).renderBatchSummary(outcome),
  };
}
