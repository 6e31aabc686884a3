import type { ActionNeeds, ActionReport } from '../base/action.ts';
import { listKeyVariables } from '../signer/key.ts';
import type { Outcome } from './outcome.ts';
import { toExitCode, toOutputs } from './outputs.ts';
import type { PromoteRequest } from './request.ts';

/** Who a promotion talks to: no login of one side reaches another. */
export type PromoteRole = 'source' | 'target' | 'databases';

/** What of a request says what it needs of its host. */
export type NeedyRequest = Pick<
  PromoteRequest,
  'credentials' | 'policy' | 'key' | 'sourceAnchor' | 'ca' | 'workDirectory' | 'timeoutMs' | 'summary'
>;

/** What a promotion needs of its host, or all promotions of a batch. */
export function describeNeeds(request: NeedyRequest): ActionNeeds<PromoteRole> {
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

/** How one promotion ended, for whoever started it. */
export function toReport(outcome: Outcome): ActionReport {
  return {
    result: outcome.result,
    exitCode: toExitCode(outcome),
    outputs: toOutputs(outcome),
    annotations: outcome.refusals.map(({ code, message, hint }) => ({ title: code, message, hint })),
    error: outcome.result === 'failed' ? outcome.error : undefined,
    renderSummary: async () => (await import('./report.ts')).renderSummary(outcome),
  };
}
