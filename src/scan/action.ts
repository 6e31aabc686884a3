import type { Action, ActionNeeds, ActionReport } from '../base/action.ts';
import { renderCrash } from '../report/crash.ts';
import { listKeyVariables } from '../signer/key.ts';
import { SCAN_INPUTS, SCAN_OUTPUTS } from './inputs.ts';
import { redactScanOutcome, type ScanOutcome } from './outcome.ts';
import { NO_SCAN_OUTPUTS, toScanAnnotations, toScanExitCode, toScanOutputs } from './outputs.ts';
import type { ScanPorts } from './ports.ts';
import { renderScanSummary } from './report.ts';
import { readScanRequest, type ScanRequest } from './request.ts';
import { scan } from './scan.ts';

/** Who a scan talks to: no login for the images reaches the mirrors of the databases. */
type ScanRole = 'registry' | 'databases';

/** The scan of images where they are, and its evidence, as a host runs it. */
export const SCAN: Action<ScanRequest, ScanPorts, ScanOutcome, ScanRole> = {
  name: 'scan',
  about:
    'Scans container images where they are, by digest, and attaches each scan that passed as a signed attestation that a promotion can require',
  inputs: SCAN_INPUTS,
  outputs: SCAN_OUTPUTS,
  noOutputs: NO_SCAN_OUTPUTS,
  read: readScanRequest,
  describeNeeds,
  run: scan,
  redact: redactScanOutcome,
  toReport,
  renderCrash,
};

function describeNeeds(request: ScanRequest): ActionNeeds<ScanRole> {
  const { logins, policy, ca, key, workDirectory, timeoutMs, summary } = request;
  return {
    clients: { registry: { logins }, databases: { logins: new Map() } },
    insecureHosts: policy.registries.insecure,
    keyVariables: listKeyVariables(key),
    keyUris: key?.kind === 'kms' ? [key.uri] : [],
    ...{ ca, workDirectory, timeoutMs, summary },
  };
}

function toReport(outcome: ScanOutcome): ActionReport {
  return {
    result: outcome.result,
    exitCode: toScanExitCode(outcome),
    outputs: toScanOutputs(outcome),
    annotations: toScanAnnotations(outcome),
    error: outcome.error,
    renderSummary: () => renderScanSummary(outcome),
  };
}
