import type { Action, ActionNeeds, ActionReport } from '../base/action.ts';
import { renderCrash } from '../report/crash.ts';
import { listKeyVariables } from '../signer/key.ts';
import { PROMOTE_INPUTS, PROMOTE_OUTPUTS } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import { NO_OUTPUTS, toExitCode, toOutputs } from './outputs.ts';
import type { PromotePorts } from './ports.ts';
import { promote } from './promote.ts';
import { redactOutcome } from './redact.ts';
import { renderSummary } from './report.ts';
import { type PromoteRequest, readRequest } from './request.ts';

/** Who a promotion talks to: no login of one side reaches another. */
type PromoteRole = 'source' | 'target' | 'databases';

/** The main job, as a host runs it. */
export const PROMOTE: Action<PromoteRequest, PromotePorts, Outcome, PromoteRole> = {
  name: 'promote',
  about:
    'Takes a container image from staging to production: the same bytes, by digest, through gates, signed, with a chain of evidence anyone can check',
  inputs: PROMOTE_INPUTS,
  outputs: PROMOTE_OUTPUTS,
  noOutputs: NO_OUTPUTS,
  read: readRequest,
  describeNeeds,
  run: promote,
  redact: redactOutcome,
  toReport,
  renderCrash,
};

function describeNeeds(request: PromoteRequest): ActionNeeds<PromoteRole> {
  const { credentials, policy, key, sourceAnchor } = request;
  const signers = policy.signers.flatMap(({ signers }) => signers.flatMap((signer) => signer.key ?? []));
  return {
    clients: {
      source: { logins: credentials.source },
      target: { logins: credentials.target, writes: true },
      databases: { logins: new Map() },
    },
    insecureHosts: policy.registries.insecure,
    ca: request.ca,
    keyVariables: listKeyVariables(key),
    keyUris: [
      ...(key?.kind === 'kms' ? [key.uri] : []),
      ...(sourceAnchor?.kind === 'key' ? [sourceAnchor.key] : []),
      ...signers,
    ],
    workDirectory: request.workDirectory,
    timeoutMs: request.timeoutMs,
    summary: request.summary,
  };
}

function toReport(outcome: Outcome): ActionReport {
  return {
    result: outcome.result,
    exitCode: toExitCode(outcome),
    outputs: toOutputs(outcome),
    annotations: outcome.refusals.map(({ code, message, hint }) => ({ title: code, message, hint })),
    error: outcome.result === 'failed' ? outcome.error : undefined,
    renderSummary: () => renderSummary(outcome),
  };
}
