import type { Action, ActionNeeds, ActionReport } from '../base/action.ts';
import { renderCrash } from '../report/crash.ts';
import { PIN_INPUTS, PIN_OUTPUTS } from './inputs.ts';
import { type PinOutcome, redactPinOutcome } from './outcome.ts';
import { NO_PIN_OUTPUTS, toPinAnnotations, toPinExitCode, toPinOutputs } from './outputs.ts';
import { pin } from './pin.ts';
import type { PinPorts } from './ports.ts';
import { renderPinSummary } from './report.ts';
import { type PinRequest, readPinRequest } from './request.ts';

/** Who pinning talks to: it only reads there. */
type PinRole = 'registry' | 'databases';

/** Digests in workload files, as a host runs it. */
export const PIN: Action<PinRequest, PinPorts, PinOutcome, PinRole> = {
  name: 'pin',
  about:
    'Writes digests into workload files without touching another byte: pins tags, refreshes digests, sets a promoted image, and commits it or opens a pull request',
  inputs: PIN_INPUTS,
  outputs: PIN_OUTPUTS,
  noOutputs: NO_PIN_OUTPUTS,
  read: readPinRequest,
  describeNeeds,
  run: pin,
  redact: redactPinOutcome,
  toReport,
  renderCrash,
};

function describeNeeds(request: PinRequest): ActionNeeds<PinRole> {
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

function toReport(outcome: PinOutcome): ActionReport {
  return {
    result: outcome.result,
    exitCode: toPinExitCode(outcome),
    outputs: toPinOutputs(outcome),
    annotations: toPinAnnotations(outcome),
    error: outcome.error,
    renderSummary: () => renderPinSummary(outcome),
    ...(outcome.dryRun ? { document: outcome.diff } : {}),
  };
}
