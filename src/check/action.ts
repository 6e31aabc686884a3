import type { Action, ActionNeeds, ActionReport } from '../base/action.ts';
import { renderCrash } from '../report/crash.ts';
import { check } from './check.ts';
import { CHECK_INPUTS, CHECK_OUTPUTS } from './inputs.ts';
import { type CheckOutcome, redactCheckOutcome } from './outcome.ts';
import { NO_CHECK_OUTPUTS, toCheckAnnotations, toCheckExitCode, toCheckOutputs } from './outputs.ts';
import type { CheckPorts } from './ports.ts';
import { renderCheckSummary } from './report.ts';
import { type CheckRequest, readCheckRequest } from './request.ts';

/** Who a check talks to, where it does: it only reads. */
type CheckRole = 'registry' | 'databases';

/** The rules for images in workload files, as a host runs them. */
export const CHECK: Action<CheckRequest, CheckPorts, CheckOutcome, CheckRole> = {
  name: 'check',
  about:
    'Checks that workload files name only pinned, allowed and trusted images: Compose, Kubernetes, kustomize, Helm values, Dockerfiles, and what runs in a cluster',
  inputs: CHECK_INPUTS,
  outputs: CHECK_OUTPUTS,
  noOutputs: NO_CHECK_OUTPUTS,
  standardInput: 'files',
  read: readCheckRequest,
  describeNeeds,
  run: check,
  redact: redactCheckOutcome,
  toReport,
  renderCrash,
};

function describeNeeds(request: CheckRequest): ActionNeeds<CheckRole> {
  const { logins, policy, anchor, ca, workDirectory, timeoutMs, summary } = request;
  return {
    clients: { registry: { logins }, databases: { logins: new Map() } },
    insecureHosts: policy.registries.insecure,
    keyVariables: [],
    keyUris: [
      ...(anchor?.kind === 'key' ? [anchor.key] : []),
      ...policy.signers.flatMap(({ signers }) => signers.flatMap(({ key }) => key ?? [])),
    ],
    ...{ ca, workDirectory, timeoutMs, summary },
  };
}

function toReport(outcome: CheckOutcome): ActionReport {
  return {
    result: outcome.result,
    exitCode: toCheckExitCode(outcome),
    outputs: toCheckOutputs(outcome),
    annotations: toCheckAnnotations(outcome),
    error: outcome.error,
    renderSummary: () => renderCheckSummary(outcome),
  };
}
