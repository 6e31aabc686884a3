import type { Action, ActionNeeds, ActionReport } from '../base/action.ts';
import { renderCrash } from '../report/crash.ts';
import { VERIFY_INPUTS, VERIFY_OUTPUTS } from './inputs.ts';
import { redactVerifyOutcome, type VerifyOutcome } from './outcome.ts';
import { NO_VERIFY_OUTPUTS, toVerifyAnnotations, toVerifyExitCode, toVerifyOutputs } from './outputs.ts';
import type { VerifyPorts } from './ports.ts';
import { renderVerifySummary } from './report.ts';
import { readVerifyRequest, type VerifyRequest } from './request.ts';
import { verify } from './verify.ts';

/** Who verify talks to: it only reads. */
type VerifyRole = 'registry';

/** What an image is and who promoted it, as a host runs it. */
export const VERIFY: Action<VerifyRequest, VerifyPorts, VerifyOutcome, VerifyRole> = {
  name: 'verify',
  about:
    'Answers what an image is, who promoted it, from which commit and past which gates, from the registry and a trust anchor alone',
  inputs: VERIFY_INPUTS,
  outputs: VERIFY_OUTPUTS,
  noOutputs: NO_VERIFY_OUTPUTS,
  standardInput: 'images',
  read: readVerifyRequest,
  describeNeeds,
  run: verify,
  redact: redactVerifyOutcome,
  toReport,
  renderCrash,
};

function describeNeeds({ policy, anchor, logins, ca, timeoutMs, summary }: VerifyRequest): ActionNeeds<VerifyRole> {
  return {
    clients: { registry: { logins } },
    insecureHosts: policy.registries.insecure,
    ca,
    keyVariables: [],
    keyUris: [
      ...(anchor?.kind === 'key' ? [anchor.key] : []),
      ...policy.signers.flatMap(({ signers }) => signers.flatMap(({ key }) => key ?? [])),
    ],
    workDirectory: '',
    ...{ timeoutMs, summary },
  };
}

function toReport(outcome: VerifyOutcome): ActionReport {
  return {
    result: outcome.result,
    exitCode: toVerifyExitCode(outcome),
    outputs: toVerifyOutputs(outcome),
    annotations: toVerifyAnnotations(outcome),
    error: outcome.error,
    renderSummary: () => renderVerifySummary(outcome),
  };
}
